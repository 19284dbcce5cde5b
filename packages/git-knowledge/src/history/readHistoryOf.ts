import { GitKnowledgeError } from '../GitKnowledgeError';
import { Clone } from '../git/repository';
import { HistoryAnswer } from '../schemas';
import { History } from './History';
import { reachableFrom } from './orderOf';
import {
  CommitReading,
  CommitsRead,
  EXACT,
  OnProgress,
  readCommits,
} from './readCommits';
import { SavedState, loadState, saveState } from './savedState';

/** What was read, and why it could not be saved. */
export interface HistoryRead extends CommitsRead {
  readonly history: History;
  readonly stateProblems: HistoryAnswer['problems'];
}

/**
 * Reads the history up to the head of a clone. With a saved state only commits that it
 * lacks are read, and it is brought up to date; where the head it ends at is gone, or
 * does not lead to this one, history was rewritten and is read anew.
 *
 * @param options.early - what was begun before the clone was looked at
 */
export async function readHistoryOf(
  repository: string,
  clone: Clone,
  asked: CommitReading,
  options: {
    early?: ReturnType<typeof readAnew>;
    state?: string;
    signal?: AbortSignal;
    onProgress?: OnProgress;
  },
): Promise<HistoryRead> {
  const early = await options.early;
  // A branch may have moved meanwhile.
  if (early && isRead(early.history, clone.head)) {
    return { ...early, stateProblems: [] };
  }
  // Comparing needs contents.
  const reading = clone.partial ? { ...asked, renames: EXACT } : asked;
  const { state } = options;
  const key = keyOf(reading);
  // What lies beyond the cut of a shallow clone may come later.
  const useState = state !== undefined && !clone.shallow;
  const saved = useState ? await loadState(state) : undefined;
  const known =
    saved?.reading === key && !isCut(saved.history) ? saved : undefined;
  if (known && isRead(known.history, clone.head)) {
    return { ...known, stateProblems: [] };
  }
  const read =
    (known && (await readOn(repository, known, clone, reading, options))) ??
    (await readAnew(repository, clone.head, reading, options));
  const stateProblems: HistoryAnswer['problems'] = [];
  if (useState) {
    await saveState(state, { ...read, reading: key, head: clone.head }).catch(
      (error: Error) => {
        stateProblems.push({
          code: 'state',
          message: `What was read could not be saved, so that the next reading takes as long: name a file in a folder that can be written (${error.message}).`,
        });
      },
    );
  }
  return { ...read, stateProblems };
}

/** Reads the history up to a commit, or to what is called so. */
export async function readAnew(
  repository: string,
  head: string,
  reading: CommitReading,
  options: { signal?: AbortSignal; onProgress?: OnProgress },
) {
  const history = new History();
  const read = await readCommits(history, reading, {
    ...options,
    repository,
    head,
  });
  return { ...read, history };
}

/** Undefined where the clone does not go on from what is known. */
async function readOn(
  repository: string,
  known: SavedState,
  clone: Clone,
  reading: CommitReading,
  options: { signal?: AbortSignal; onProgress?: OnProgress },
) {
  const { history } = known;
  let read: CommitsRead;
  try {
    read = await readCommits(history, reading, {
      ...options,
      repository,
      head: clone.head,
      known: known.head,
    });
  } catch (error) {
    if (error instanceof GitKnowledgeError && error.code === 'failed') {
      return undefined;
    }
    throw error;
  }
  const head = history.find(clone.head);
  const before = history.find(known.head);
  return head !== undefined &&
    before !== undefined &&
    reachableFrom(history, head).includes(before)
    ? {
        history,
        large: known.large + read.large,
        uncompared: known.uncompared + read.uncompared,
      }
    : undefined;
}

function isRead(history: History, hash: string): boolean {
  const commit = history.find(hash);
  return commit !== undefined && history.isRead(commit);
}

/** Whether some commits were left out, being over the limit. */
function isCut(history: History): boolean {
  return history.commitNumbers > history.size;
}

function keyOf({ renames, messages, limits }: CommitReading): string {
  const { filesPerCommit, pathLength } = limits;
  return JSON.stringify([
    renames,
    messages.placeholder,
    filesPerCommit,
    pathLength,
  ]);
}

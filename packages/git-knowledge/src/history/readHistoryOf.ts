import { RULES } from '../files/countedFiles';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { Clone } from '../git/repository';
import type { FileKinds } from '../readFileKinds';
import { HistoryAnswer } from '../schemas';
import { HeadFiles } from './HeadFiles';
import { History } from './History';
import { CommitOrder, orderOf } from './orderOf';
import {
  CommitReading,
  CommitsRead,
  EXACT,
  OnProgress,
  readCommits,
} from './readCommits';
import { listFiles, readHeadChanges } from './readHeadFiles';
import { SavedState, saveState } from './savedState';

/** What commits say up to a head, and what could not be read of it. */
export interface HistoryRead extends CommitsRead, CommitOrder {
  readonly history: History;
  /** The files at the head, and what they are. */
  readonly files: HeadFiles;
  readonly kinds: FileKinds;
}

type Problems = HistoryAnswer['problems'];

/**
 * A state is written again as soon as it lacks this part of the commits: to read fewer
 * of them once more takes less than to write all others.
 */
const LACKING = 1 / 500;

interface BeginOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

interface ReadingOptions extends BeginOptions {
  /** Is asked as soon as the files are known, while git reads commits. */
  readonly kindsOf: (files: HeadFiles) => Promise<FileKinds>;
}

/** A history that is being read. */
export interface BegunReading {
  readonly history: History;
  readonly commits: Promise<CommitsRead>;
}

/** Begins to read the history up to a commit, or to what is called so. */
export function beginReading(
  repository: string,
  head: string,
  reading: CommitReading,
  options: BeginOptions,
): BegunReading {
  const history = new History();
  const commits = readCommits(history, reading, {
    ...options,
    repository,
    head,
  });
  // Whoever does not come to await it knows why already.
  commits.catch(() => {});
  return { history, commits };
}

/**
 * Reads the history up to the head of a clone. With a saved state only commits that it
 * lacks are read, and it is brought up to date; where the head it ends at is gone, or
 * does not lead to this one, history was rewritten and is read anew.
 *
 * @param options.early - what was begun before the clone was looked at
 * @param options.saved - what the file of the state held
 * @returns also what will have kept it from being saved
 */
export async function readHistoryOf(
  repository: string,
  clone: Clone,
  asked: CommitReading,
  options: ReadingOptions & {
    early?: BegunReading;
    state?: string;
    saved?: Promise<SavedState | undefined>;
  },
): Promise<{ read: HistoryRead; saving: Promise<Problems> }> {
  const { early, state } = options;
  const saving = Promise.resolve<Problems>([]);
  if (early) {
    const read = await complete(repository, clone, early, options);
    // A branch may have moved meanwhile.
    if (isRead(early.history, clone.head)) {
      return { read, saving };
    }
  }
  // Comparing needs contents.
  const reading = clone.partial ? { ...asked, renames: EXACT } : asked;
  const key = keyOf(reading);
  // What lies beyond the cut of a shallow clone may come later.
  const useState = state !== undefined && !clone.shallow;
  const saved = useState ? await options.saved : undefined;
  const known =
    saved?.reading === key && !isCut(saved.history) ? saved : undefined;
  if (known && isRead(known.history, clone.head)) {
    const read = await readBack(repository, known, clone, options);
    return { read, saving };
  }
  const size = known?.history.size ?? 0;
  const { kinds, ...read } =
    (known && (await readOn(repository, known, clone, reading, options))) ??
    (await complete(
      repository,
      clone,
      beginReading(repository, clone.head, reading, options),
      options,
    ));
  const { history } = read;
  const isWorthIt =
    history !== known?.history || history.size - size >= size * LACKING;
  return {
    read: { ...read, kinds },
    saving:
      useState && isWorthIt
        ? save(state, { ...read, reading: key, head: clone.head })
        : saving,
  };
}

/** Waits for what was begun, and lists the files meanwhile. */
async function complete(
  repository: string,
  clone: Clone,
  { history, commits }: BegunReading,
  { kindsOf, signal }: ReadingOptions,
): Promise<HistoryRead> {
  const listed = async () => {
    const files = await listFiles(repository, clone.head, history, signal);
    return { files, kinds: await kindsOf(files) };
  };
  const [read, files] = await Promise.all([commits, listed()]);
  const head = history.find(clone.head) ?? 0;
  return { ...read, ...files, history, head, order: orderOf(history, head) };
}

/** Goes from what is known to a commit that is a part of it. */
async function readBack(
  repository: string,
  known: SavedState,
  clone: Clone,
  options: ReadingOptions,
): Promise<HistoryRead> {
  const { history } = known;
  const head = history.find(clone.head) ?? 0;
  return {
    ...known,
    ...(await filesAfter(repository, known, clone, options)),
    head,
    order: orderOf(history, head, orderIn(known)),
  };
}

/** Undefined where the clone does not go on from what is known. */
async function readOn(
  repository: string,
  known: SavedState,
  clone: Clone,
  reading: CommitReading,
  options: ReadingOptions,
): Promise<HistoryRead | undefined> {
  const { history } = known;
  let parts: [CommitsRead, Awaited<ReturnType<typeof filesAfter>>];
  try {
    parts = await Promise.all([
      readCommits(history, reading, {
        ...options,
        repository,
        head: clone.head,
        known: known.head,
      }),
      filesAfter(repository, known, clone, options),
    ]);
  } catch (error) {
    if (error instanceof GitKnowledgeError && error.code === 'failed') {
      return undefined;
    }
    throw error;
  }
  const [{ large, uncompared }, files] = parts;
  const before = orderIn(known);
  const head = history.find(clone.head) ?? 0;
  const order = orderOf(history, head, before);
  return order.includes(before.head)
    ? {
        ...files,
        history,
        head,
        order,
        large: known.large + large,
        uncompared: known.uncompared + uncompared,
      }
    : undefined;
}

function orderIn({ history, head, order }: SavedState): CommitOrder {
  return { head: history.find(head) ?? 0, order };
}

/** The files of a clone's head, in time proportional to what is different there. */
async function filesAfter(
  repository: string,
  { head, files: before, history }: SavedState,
  clone: Clone,
  { kindsOf, signal }: ReadingOptions,
): Promise<Pick<HistoryRead, 'files' | 'kinds'>> {
  const commits = { from: head, to: clone.head };
  const files =
    head === clone.head
      ? before
      : before.after(
          await readHeadChanges(repository, commits, history, signal),
        );
  return { files, kinds: await kindsOf(files) };
}

async function save(file: string, state: SavedState): Promise<Problems> {
  try {
    await saveState(file, state);
    return [];
  } catch (error) {
    return [
      {
        code: 'state',
        message: `What was read could not be saved, so that the next reading takes as long: name a file in a folder that can be written (${
          (error as Error).message
        }).`,
      },
    ];
  }
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
    RULES,
  ]);
}

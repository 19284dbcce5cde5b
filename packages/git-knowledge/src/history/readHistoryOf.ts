import { RULES } from '../files/countedFiles';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { streamGits } from '../git/git';
import { Clone } from '../git/repository';
import type { FileKinds } from '../readFileKinds';
import { HistoryAnswer } from '../schemas';
import { HeadFiles } from './HeadFiles';
import { History } from './History';
import { CommitOrder, orderOf } from './orderOf';
import {
  CommitReading,
  CommitsRead,
  OnProgress,
  commitsCommand,
  readCommits,
} from './readCommits';
import {
  filesCommand,
  headChangesCommand,
  listFiles,
  readHeadChanges,
} from './readHeadFiles';
import { SavedState, loadState, readSavedHead, saveState } from './savedState';

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
const NOTHING_NEW: CommitsRead = { large: 0, uncompared: 0 };

interface ReadingOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Is asked as soon as the files are known, while git reads commits. */
  readonly kindsOf: (files: HeadFiles) => Promise<FileKinds>;
}

/** What is to be read of a clone. */
interface Source {
  readonly repository: string;
  readonly clone: Clone;
  readonly reading: CommitReading;
}

/** What git prints of it, once it is started. */
interface Printed {
  readonly commits: AsyncIterable<Buffer>;
  /** Its files, or how they are different from those of a commit that is known. */
  readonly files: AsyncIterable<Buffer>;
  readonly stop: () => void;
}

/**
 * Reads the history up to the head of a clone. With a saved state only commits that it
 * lacks are read, and it is brought up to date; where the head it ends at is gone, or
 * does not lead to this one, history was rewritten and is read anew.
 *
 * @param options.state - the file that keeps it
 * @returns also what will have kept it from being saved
 */
export async function readHistoryOf(
  source: Source,
  options: ReadingOptions & { state?: string },
): Promise<{ read: HistoryRead; saving: Promise<Problems> }> {
  const { clone } = source;
  // What lies beyond the cut of a shallow clone may come later.
  const state = clone.shallow ? undefined : options.state;
  if (state === undefined) {
    const read = await readWhole(source, print(source, options), options);
    return { read, saving: Promise.resolve([]) };
  }
  const reading = keyOf(source.reading);
  const { known, printed } = await beginUpon(state, reading, source, options);
  const size = known?.history.size ?? 0;
  const read =
    (known && (await readOn(known, source, printed, options))) ??
    (await readAnew(source, printed, options));
  const { history, order, files, large, uncompared } = read;
  const isWorthIt =
    history !== known?.history || history.size - size >= size * LACKING;
  const { head } = clone;
  return {
    read,
    saving: isWorthIt
      ? save(state, { reading, head, history, order, files, large, uncompared })
      : Promise.resolve([]),
  };
}

/** Lets git begin, and loads what is known meanwhile. */
async function beginUpon(
  state: string,
  reading: string,
  source: Source,
  options: ReadingOptions,
): Promise<{ known?: SavedState; printed?: Printed }> {
  const loading = loadState(state);
  loading.catch(() => {});
  const head = await readSavedHead(state);
  const printed =
    head === source.clone.head ? undefined : print(source, options, head);
  const saved = await loading;
  const isUsable =
    saved?.reading === reading && saved.head === head && !isCut(saved.history);
  return { known: isUsable ? saved : undefined, printed };
}

/**
 * Starts git.
 *
 * @param known - the commit that is left out, with all before it
 */
function print(
  { repository, clone, reading }: Source,
  { signal }: ReadingOptions,
  known?: string,
): Printed {
  const { head } = clone;
  const stop = new AbortController();
  const [commits, files] = streamGits(
    repository,
    [
      commitsCommand({ head, known }, reading),
      known === undefined
        ? filesCommand(head)
        : headChangesCommand(known, head),
    ],
    { signal: AbortSignal.any([signal, stop.signal]) },
  );
  return { commits, files, stop: () => stop.abort() };
}

async function readWhole(
  { repository, clone, reading }: Source,
  printed: Printed,
  { kindsOf, ...options }: ReadingOptions,
): Promise<HistoryRead> {
  const history = new History();
  const place = { repository, commit: clone.head };
  const listed = async () => {
    const files = await listFiles(printed.files, place, history);
    return { files, kinds: await kindsOf(files) };
  };
  const [read, files] = await Promise.all([
    readCommits(history, reading, {
      ...options,
      repository,
      head: clone.head,
      output: printed.commits,
    }),
    listed(),
  ]);
  const head = history.find(clone.head) ?? 0;
  return { ...read, ...files, history, head, order: orderOf(history, head) };
}

/** The same where what git was started for is of no use. */
async function readAnew(
  source: Source,
  printed: Printed | undefined,
  options: ReadingOptions,
): Promise<HistoryRead> {
  printed?.stop();
  return readWhole(source, print(source, options), options);
}

/**
 * Goes on from what is known, or back to a commit that is a part of it. Undefined where
 * the clone does neither.
 *
 * @param printed - nothing where the clone is at what is known
 */
async function readOn(
  known: SavedState,
  { repository, clone, reading }: Source,
  printed: Printed | undefined,
  options: ReadingOptions,
): Promise<HistoryRead | undefined> {
  const { history } = known;
  const before = { head: history.find(known.head) ?? 0, order: known.order };
  const wasRead = isRead(history, clone.head);
  let parts: [CommitsRead, Awaited<ReturnType<typeof filesAfter>>];
  try {
    parts = await Promise.all([
      printed
        ? readCommits(history, reading, {
            ...options,
            repository,
            head: clone.head,
            known: known.head,
            output: printed.commits,
          })
        : NOTHING_NEW,
      filesAfter(known, { repository, commit: clone.head }, printed, options),
    ]);
  } catch (error) {
    if (error instanceof GitKnowledgeError && error.code === 'failed') {
      return undefined;
    }
    throw error;
  }
  const [{ large, uncompared }, files] = parts;
  const head = history.find(clone.head) ?? 0;
  const order = orderOf(history, head, before);
  return wasRead || order.includes(before.head)
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

/** The files of a clone's head, in time proportional to what is different there. */
async function filesAfter(
  { files: before, history }: SavedState,
  place: { repository: string; commit: string },
  printed: Printed | undefined,
  { kindsOf }: ReadingOptions,
): Promise<Pick<HistoryRead, 'files' | 'kinds'>> {
  const files = printed
    ? before.after(await readHeadChanges(printed.files, place, history))
    : before;
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

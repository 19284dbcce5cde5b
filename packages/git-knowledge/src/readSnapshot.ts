import { statSync } from 'node:fs';
import { join } from 'node:path';
import { FileKind } from './files/countedFiles';
import { readMailmap } from './git/mailmap';
import {
  Clone,
  RepositoryHead,
  instantIn,
  openClone,
  readShallowBoundary,
  toInstant,
} from './git/repository';
import { Commits } from './history/Commits';
import { HeadFiles } from './history/HeadFiles';
import { Contact, History } from './history/History';
import {
  CommitReading,
  CommitsRead,
  EXACT,
  OnProgress,
} from './history/readCommits';
import { readHistoryOf } from './history/readHistoryOf';
import { MAILMAP, MAX_BYTES, readFileKinds } from './readFileKinds';
import { HistoryAnswer } from './schemas';

/** A repository as it was at a commit, with its history, before anything is concluded. */
export interface Snapshot {
  readonly repository: string;
  readonly head: RepositoryHead;
  /** Seconds since 1970: the instant of the reading. */
  readonly now: number;
  readonly commits: Commits;
  /** The commits at which a shallow clone was cut. */
  readonly boundary: ReadonlySet<number>;
  /** All files. */
  readonly files: HeadFiles;
  /** The places of those that count. */
  readonly sources: Int32Array;
  readonly kindOf: (path: string) => FileKind;
  /** What could not be seen. */
  readonly problems: HistoryAnswer['problems'];
  /** As soon as the state is saved, or `problems` tells why it is not. */
  readonly saved: Promise<void>;
}

/** What may be asked of a snapshot. */
export interface SnapshotOptions {
  readonly at?: string;
  /** In milliseconds; a reading `at` a date or a commit is as of then. */
  readonly now: number;
  /** Globs of files that count, whatever the rules say. */
  readonly include?: readonly string[];
  /** Globs of files that do not count; these win. */
  readonly exclude?: readonly string[];
  /** A file that keeps what was read, so that only newer commits are read next time. */
  readonly state?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/**
 * Reads what git has to tell of a repository, in one pass over its history.
 *
 * @throws GitKnowledgeError
 */
export async function readSnapshot(
  repository: string,
  reading: CommitReading,
  options: SnapshotOptions,
): Promise<Snapshot> {
  const { at } = options;
  // Where one part fails, the others need not go on.
  const stop = new AbortController();
  const signal = options.signal
    ? AbortSignal.any([options.signal, stop.signal])
    : stop.signal;
  try {
    const clone = await openClone(repository, at ?? 'HEAD', signal);
    // The parts do not wait for each other.
    const [{ read, saving }, cut] = await Promise.all([
      readHistoryOf(
        { repository, clone, reading: readingOf(clone, reading) },
        {
          ...options,
          signal,
          kindsOf: files =>
            readFileKinds(repository, clone, files, { ...options, signal }),
        },
      ),
      clone.shallow ? readShallowBoundary(repository, signal) : [],
    ]);
    const { history, head, order, files } = read;
    const { texts, sources, kindOf } = read.kinds;
    const headAt = toInstant(history.committerTimeOf(head));
    const now = instantOf(at, headAt, options.now) / 1000;
    const mailmap = findMailmap(repository, {
      blob: files.contentOf(MAILMAP),
      texts,
      workTree: at === undefined,
    });
    const commits = new Commits(history, {
      order,
      now,
      contacts: await readContacts(repository, clone, history, {
        ...mailmap,
        signal,
      }),
    });
    const problems = [
      ...problemsOf(clone, read, reading.limits),
      ...mailmap.problems,
    ];
    return {
      repository,
      head: {
        head: clone.head,
        headAt,
        shallow: clone.shallow,
        partial: clone.partial,
      },
      now,
      commits,
      boundary: new Set([...cut].map(hash => history.find(hash) ?? -1)),
      files,
      sources,
      kindOf,
      problems,
      saved: saving.then(more => {
        problems.push(...more);
      }),
    };
  } finally {
    stop.abort();
  }
}

/** The past is told as it was: who has left since then had not left. */
function instantOf(
  at: string | undefined,
  headAt: string,
  now: number,
): number {
  return at === undefined
    ? now
    : Math.min(now, instantIn(at) ?? Date.parse(headAt));
}

/** Comparing needs contents. */
function readingOf(clone: Clone, reading: CommitReading): CommitReading {
  return clone.partial ? { ...reading, renames: EXACT } : reading;
}

/** People as `.mailmap` writes them, where there is one. */
async function readContacts(
  repository: string,
  { head, folder }: Clone,
  history: History,
  options: { committed: boolean; workTree: boolean; signal: AbortSignal },
): Promise<Contact[]> {
  const { committed, workTree, signal } = options;
  const contacts = Array.from({ length: history.contactNumbers }, (_, number) =>
    history.contactOf(number),
  );
  return committed || workTree
    ? readMailmap(repository, contacts, {
        head,
        folder,
        committed,
        workTree,
        signal,
      })
    : contacts;
}

/** Where there is a `.mailmap` that git can be let to load. */
function findMailmap(
  repository: string,
  at: {
    blob?: string;
    texts: ReadonlyMap<string, string>;
    workTree: boolean;
  },
): {
  committed: boolean;
  workTree: boolean;
  problems: HistoryAnswer['problems'];
} {
  const committed = at.blob !== undefined && at.texts.has(at.blob);
  const written = at.workTree
    ? statSync(join(repository, MAILMAP), { throwIfNoEntry: false })
    : undefined;
  const isLarge = written !== undefined && written.size > MAX_BYTES;
  return {
    committed,
    workTree: written !== undefined && !isLarge,
    problems:
      isLarge || (at.blob !== undefined && !committed)
        ? [
            {
              code: 'mailmap',
              message: `.mailmap is missing or larger than ${MAX_BYTES} bytes and was not read, so that people may have several names: shorten it.`,
            },
          ]
        : [],
  };
}

function problemsOf(
  clone: Clone,
  { history, large, uncompared }: CommitsRead & { history: History },
  limits: CommitReading['limits'],
): HistoryAnswer['problems'] {
  const problems: HistoryAnswer['problems'] = [];
  if (clone.shallow) {
    problems.push({
      code: 'shallow',
      message:
        'The clone is shallow, so older authors cannot be seen: run git fetch --unshallow.',
    });
  }
  if (clone.partial) {
    problems.push({
      code: 'partial',
      message:
        'The clone lacks file contents, so only exact renames were followed and documents were not compared: clone without --filter.',
    });
  }
  if (history.size >= limits.commits && history.commitNumbers > history.size) {
    problems.push({
      code: 'commit-limit',
      message: `Only the newest ${limits.commits} commits were read.`,
    });
  }
  if (uncompared > 0) {
    problems.push({
      code: 'partial',
      message: `${uncompared} commits could not be searched for similar renames, because contents are missing or damaged: run git fsck, or clone anew.`,
    });
  }
  if (large > 0) {
    problems.push({
      code: 'large-commit',
      message: `${large} commits change over ${limits.filesPerCommit} files, or paths over ${limits.pathLength} characters; what is beyond that was not counted.`,
    });
  }
  return problems;
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { FileKind, kindOfFile, readOverrides } from './files/countedFiles';
import { matcherOf } from './files/globs';
import { readMailmap } from './git/mailmap';
import {
  Clone,
  RepositoryHead,
  instantIn,
  listFiles,
  openClone,
  readFiles,
  readShallowBoundary,
  toInstant,
} from './git/repository';
import { Commits } from './history/Commits';
import { Contact, History } from './history/History';
import {
  CommitReading,
  CommitsRead,
  EXACT,
  OnProgress,
} from './history/readCommits';
import { readAnew, readHistoryOf } from './history/readHistoryOf';
import { HistoryAnswer } from './schemas';

/** Of a `.mailmap` or `.gitattributes`. */
const MAX_BYTES = 1024 * 1024;
const MAILMAP = '.mailmap';
const GITATTRIBUTES = /(?:^|\/)\.gitattributes$/;

/** A repository as it was at a commit, with its history, before anything is concluded. */
export interface Snapshot {
  readonly repository: string;
  readonly head: RepositoryHead;
  /** Seconds since 1970: the instant of the reading. */
  readonly now: number;
  readonly commits: Commits;
  /** The commits at which a shallow clone was cut. */
  readonly boundary: ReadonlySet<number>;
  /** All files, with the names of their contents. */
  readonly files: ReadonlyMap<string, string>;
  /** Those that count. */
  readonly sources: readonly string[];
  readonly kindOf: (path: string) => FileKind;
  /** What could not be seen. */
  readonly problems: HistoryAnswer['problems'];
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
    const early = beginReading(repository, reading, { ...options, signal });
    const clone = await openClone(repository, at ?? 'HEAD', signal);
    // The parts do not wait for each other.
    const [read, { files, texts, sources, kindOf }, cut] = await Promise.all([
      readHistoryOf(repository, clone, reading, { ...options, signal, early }),
      readFileKinds(repository, clone, { ...options, signal }),
      clone.shallow ? readShallowBoundary(repository, signal) : [],
    ]);
    const { history } = read;
    const head = history.find(clone.head) ?? 0;
    const headAt = toInstant(history.committerTimeOf(head));
    const now = instantOf(at, headAt, options.now) / 1000;
    const mailmap = findMailmap(repository, {
      blob: files.get(MAILMAP),
      texts,
      workTree: at === undefined,
    });
    const commits = new Commits(history, {
      head,
      now,
      contacts: await readContacts(repository, clone, history, {
        ...mailmap,
        signal,
      }),
    });
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
      problems: [
        ...problemsOf(clone, read, reading.limits),
        ...mailmap.problems,
        ...read.stateProblems,
      ],
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

/**
 * Begins to read the history, where nothing needs to be known of the clone for it: on a
 * short one it would be felt if that waited.
 */
function beginReading(
  repository: string,
  reading: CommitReading,
  { at, state, ...options }: SnapshotOptions & { signal: AbortSignal },
) {
  if (
    state !== undefined ||
    reading.renames !== EXACT ||
    (at !== undefined && instantIn(at) !== undefined)
  ) {
    return undefined;
  }
  const early = readAnew(repository, at ?? 'HEAD', reading, options);
  // Where there is nothing to be read, looking at the clone tells why.
  early.catch(() => {});
  return early;
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

/**
 * The files at the head, texts that say something of them by the names of their
 * contents, and what each file is; found out while git reads the history.
 */
async function readFileKinds(
  repository: string,
  clone: Clone,
  options: SnapshotOptions & { signal: AbortSignal },
) {
  const { include = [], exclude = [], signal } = options;
  const isIncluded = matcherOf(include);
  const isExcluded = matcherOf(exclude);
  const files = await listFiles(repository, clone.head, signal);
  const attributes = [...files.keys()].filter(path => GITATTRIBUTES.test(path));
  const texts = await readFiles(
    repository,
    // Where contents may be missing, only people are worth a try.
    [MAILMAP, ...(clone.partial ? [] : attributes)].flatMap(
      path => files.get(path) ?? [],
    ),
    { signal, maxBytes: MAX_BYTES },
  );
  const overrides = readOverrides(
    new Map(
      attributes.map(path => [
        path.replace(GITATTRIBUTES, ''),
        texts.get(files.get(path) ?? '') ?? '',
      ]),
    ),
  );
  const kindOf = (path: string): FileKind => {
    if (isExcluded(path)) {
      return 'left-out';
    }
    return isIncluded(path) ? 'source' : kindOfFile(path, overrides);
  };
  const sources = [...files.keys()].filter(path => kindOf(path) === 'source');
  return { files, texts, sources, kindOf };
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

import { GitKnowledgeError } from '../GitKnowledgeError';
import { streamGit } from '../git/git';
import { FIELD, LogHandler, LogParser, logFormat } from '../git/LogParser';
import { ChangeStatus, History } from './History';
import { MessageReading } from './messages';

/** Files of one commit beyond which nobody waits for the rest. */
const MAX_FILES = 5_000_000;

/** Is told of a reading while it goes on. */
export type OnProgress = (done: { commits: number }) => void;

/** How commits are read, so that what was read so is comparable. */
export interface CommitReading {
  /**
   * Least similarity of a renamed file, in percent; at 100 git looks at no content, and
   * below it the contents of all commits that both add and delete files are compared.
   */
  readonly renames: number;
  readonly messages: MessageReading;
  readonly limits: {
    readonly commits: number;
    readonly filesPerCommit: number;
    readonly pathLength: number;
  };
}

/** What was read, and what could not be. */
export interface CommitsRead {
  /** Commits that change more than the limits allow. */
  readonly large: number;
  /** Commits whose files could not be compared, contents missing. */
  readonly uncompared: number;
}

const DIFF = [
  '-z',
  '--raw',
  '--no-abbrev',
  '-l0',
  '--root',
  '--no-ext-diff',
  '--no-textconv',
];
const SPACE = 32;

/** The similarity of renamed files whose content stays the same. */
export const EXACT = 100;
/** Commits that lack contents, beyond which no others are tried. */
const MAX_UNCOMPARED = 100;

/** Writes what the parser finds into the columns of a history. */
class CommitReader implements LogHandler {
  readonly parser = new LogParser(this);
  /** Commits of which something was left out. */
  large = 0;
  /** Those that were read, in turn; for what else is to be found out about them. */
  readonly commits: number[] = [];
  readonly #history: History;
  readonly #reading: CommitReading;
  #commit = -1;
  #files = 0;
  #isLarge = false;

  constructor(history: History, reading: CommitReading) {
    this.#history = history;
    this.#reading = reading;
  }

  commit(bytes: Buffer, bounds: readonly number[]): void {
    const history = this.#history;
    this.#files = 0;
    this.#isLarge = false;
    this.#commit = history.commitNumber(
      bytes,
      bounds[FIELD.hash],
      bounds[FIELD.hash + 1],
    );
    this.commits.push(this.#commit);
    if (history.isRead(this.#commit)) {
      history.clearChanges(this.#commit);
      return;
    }
    // Both begin where the name begins and end where the address ends, NUL between.
    const author = history.contactNumber(
      bytes,
      bounds[FIELD.name],
      bounds[FIELD.email + 1],
    );
    history.addCommit(this.#commit, {
      author,
      authorTime: timeIn(
        bytes,
        bounds[FIELD.authorTime],
        bounds[FIELD.authorTime + 1],
      ),
      committerTime: timeIn(
        bytes,
        bounds[FIELD.committerTime],
        bounds[FIELD.committerTime + 1],
      ),
    });
    this.#addParents(bytes, bounds[FIELD.parents], bounds[FIELD.parents + 1]);
    if (bounds[FIELD.message] < bounds[FIELD.message + 1]) {
      const text = bytes.toString(
        'utf8',
        bounds[FIELD.message],
        bounds[FIELD.message + 1],
      );
      for (const { role, name, email } of this.#reading.messages.read(text)) {
        history.addRole(
          role,
          history.contactNumber(Buffer.from(`${name}\0${email}`)),
        );
      }
    }
  }

  change(
    bytes: Buffer,
    status: ChangeStatus,
    start: number,
    end: number,
    from: number,
  ): void {
    const { filesPerCommit, pathLength } = this.#reading.limits;
    this.#files += 1;
    if (
      this.#files > filesPerCommit ||
      end - start > pathLength ||
      (from >= 0 && start - 1 - from > pathLength)
    ) {
      this.#leaveOut();
      return;
    }
    const history = this.#history;
    history.addChange(
      this.#commit,
      status,
      history.pathNumber(bytes, start, end),
      from < 0 ? undefined : history.pathNumber(bytes, from, start - 1),
    );
  }

  #leaveOut(): void {
    this.large += this.#isLarge ? 0 : 1;
    this.#isLarge = true;
    if (this.#files > MAX_FILES) {
      throw new GitKnowledgeError(
        'too-large',
        `Commit ${this.#history.hashOf(
          this.#commit,
        )} changes over ${MAX_FILES} files: read the history of something else.`,
      );
    }
  }

  #addParents(bytes: Buffer, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const space = bytes.indexOf(SPACE, at);
      const next = space < 0 || space > end ? end : space;
      this.#history.addParent(this.#history.commitNumber(bytes, at, next));
      at = next + 1;
    }
  }
}

/**
 * Reads commits into a history as git prints them: the newest first, without waiting
 * for the end of its walk. Merges have no changes.
 *
 * @param options.revisions - commits, and with `^` before them those not to go beyond
 */
export async function readCommits(
  history: History,
  reading: CommitReading,
  options: {
    repository: string;
    revisions: readonly string[];
    signal?: AbortSignal;
    onProgress?: OnProgress;
  },
): Promise<CommitsRead> {
  const reader = new CommitReader(history, reading);
  const log = streamGit(
    options.repository,
    [
      'log',
      ...DIFF,
      '-M100%',
      `--max-count=${reading.limits.commits}`,
      `--format=${logFormat(reading.messages.placeholder)}`,
      '--end-of-options',
      ...options.revisions,
      '--',
    ],
    options,
  );
  for await (const chunk of log) {
    reader.parser.push(chunk);
    options.onProgress?.({ commits: history.size });
  }
  reader.parser.finish();
  const uncompared =
    reading.renames === EXACT
      ? 0
      : await readSimilarRenames(history, reading, reader.commits, options);
  return { large: reader.large, uncompared };
}

/**
 * Reads again what commits change that both add and delete files, now with renames of
 * similar content. git ends at the first content that is missing, so it is started
 * again behind that commit.
 *
 * @returns how many commits could not be compared
 */
async function readSimilarRenames(
  history: History,
  reading: CommitReading,
  commits: readonly number[],
  options: { repository: string; signal?: AbortSignal },
): Promise<number> {
  let left = commits.filter(commit => mayRename(history, commit));
  let uncompared = 0;
  while (left.length > 0 && uncompared <= MAX_UNCOMPARED) {
    const reader = new CommitReader(history, reading);
    const trees = streamGit(
      options.repository,
      [
        'diff-tree',
        '--stdin',
        '-r',
        ...DIFF,
        `-M${reading.renames}%`,
        `--format=${logFormat('')}`,
      ],
      {
        ...options,
        input: left.map(commit => `${history.hashOf(commit)}\n`).join(''),
      },
    );
    try {
      for await (const chunk of trees) {
        reader.parser.push(chunk);
      }
      reader.parser.finish();
      return uncompared;
    } catch (error) {
      if (!(error instanceof GitKnowledgeError) || error.code !== 'failed') {
        throw error;
      }
      reader.parser.finish();
      // The last one that came may not be whole.
      uncompared += 1;
      left = left.slice(Math.max(1, reader.commits.length + 1));
    }
  }
  return uncompared + left.length;
}

function mayRename(history: History, commit: number): boolean {
  let added = false;
  let deleted = false;
  history.forEachChange(commit, status => {
    added ||= status === 'A';
    deleted ||= status === 'D';
  });
  return added && deleted;
}

/** NaN where there is none. */
function timeIn(bytes: Buffer, start: number, end: number): number {
  return start === end ? NaN : Number(bytes.toString('latin1', start, end));
}

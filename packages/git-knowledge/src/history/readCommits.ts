import { availableParallelism } from 'node:os';
import { diffTrees } from '../git/diffTrees';
import { streamGit } from '../git/git';
import { Order, Revisions, logCommand } from '../git/logCommand';
import {
  ChangeStatus,
  CommitLimits,
  FIELD,
  LogHandler,
  LogParser,
  timeIn,
} from '../git/LogParser';
import { Changes, CommitFacts, History } from './History';
import { MessageReading } from './messages';

/**
 * Is told of a reading while it goes on.
 * @public
 */
export type OnProgress = (done: { commits: number }) => void;

/** How commits are read, so that what was read so is comparable. */
export interface CommitReading {
  /**
   * Least similarity of a renamed file, in percent; at 100 git looks at no content, and
   * below it the contents of all commits that both add and delete files are compared.
   */
  readonly renames: number;
  readonly messages: MessageReading;
  readonly limits: CommitLimits & { readonly commits: number };
}

/** What was read, and what could not be. */
export interface CommitsRead {
  /** Commits that change more than the limits allow. */
  readonly large: number;
  /** Commits whose files could not be compared, contents missing. */
  readonly uncompared: number;
}

const SPACE = 32;
const NOBODY: CommitFacts['roles'] = [];

/** Commits beyond which it pays to start another git. */
const LONG = 2000;
/** The similarity of renamed files whose content stays the same. */
export const EXACT = 100;

/** Adds what the parser finds to a history, each commit as soon as it is whole. */
class CommitReader implements LogHandler {
  readonly parser: LogParser;
  /** Commits of which something was left out. */
  large = 0;
  /** Those that were added, in turn. */
  readonly added: number[] = [];
  /** Whether a commit came up that was there already. */
  hasMet = false;
  readonly #history: History;
  readonly #reading: CommitReading;
  readonly #changes = new Changes();
  #commit = -1;
  #facts: CommitFacts | undefined;
  #isLarge = false;

  constructor(history: History, reading: CommitReading) {
    this.#history = history;
    this.#reading = reading;
    this.parser = new LogParser(this, reading.limits);
  }

  commit(bytes: Buffer, bounds: readonly number[]): void {
    this.finish();
    const history = this.#history;
    const time = (field: number) =>
      timeIn(bytes, bounds[field], bounds[field + 1]);
    this.#commit = history.commitNumber(
      bytes,
      bounds[FIELD.hash],
      bounds[FIELD.hash + 1],
    );
    this.hasMet ||= history.isRead(this.#commit);
    this.#facts = {
      // Both begin where the name begins and end where the address ends, NUL between.
      author: history.contactNumber(
        bytes,
        bounds[FIELD.name],
        bounds[FIELD.email + 1],
      ),
      authorTime: time(FIELD.authorTime),
      committerTime: time(FIELD.committerTime),
      parents: this.#parentsIn(
        bytes,
        bounds[FIELD.parents],
        bounds[FIELD.parents + 1],
      ),
      roles: this.#rolesIn(
        bytes,
        bounds[FIELD.message],
        bounds[FIELD.message + 1],
      ),
      changes: this.#changes,
    };
  }

  change(
    bytes: Buffer,
    status: ChangeStatus,
    start: number,
    end: number,
    from: number,
  ): void {
    const history = this.#history;
    this.#changes.add(
      status,
      history.pathNumber(bytes, start, end),
      from < 0 ? from : history.pathNumber(bytes, from, start - 1),
    );
  }

  leaveOut(): void {
    this.#isLarge = true;
  }

  /** Adds the commit that came last, unless it is there already. */
  finish(): void {
    if (this.#facts && !this.#history.isRead(this.#commit)) {
      this.#history.addCommit(this.#commit, this.#facts);
      this.added.push(this.#commit);
      this.large += this.#isLarge ? 1 : 0;
    }
    this.#facts = undefined;
    this.#clear();
  }

  /** Replaces what a commit changes by what git prints of it. */
  replaceChanges(commit: number, output: Buffer): void {
    const parser = new LogParser(this, this.#reading.limits);
    parser.push(output);
    parser.finish();
    this.#history.setChanges(commit, this.#changes);
    this.#clear();
  }

  #clear(): void {
    this.#changes.clear();
    this.#isLarge = false;
  }

  #parentsIn(bytes: Buffer, start: number, end: number): number[] {
    const parents: number[] = [];
    let at = start;
    while (at < end) {
      const space = bytes.indexOf(SPACE, at);
      const next = space < 0 || space > end ? end : space;
      parents.push(this.#history.commitNumber(bytes, at, next));
      at = next + 1;
    }
    return parents;
  }

  #rolesIn(bytes: Buffer, start: number, end: number): CommitFacts['roles'] {
    return start === end
      ? NOBODY
      : this.#reading.messages
          .read(bytes.toString('utf8', start, end))
          .map(({ role, name, email }) => ({
            role,
            contact: this.#history.contactNumber(
              Buffer.from(`${name}\0${email}`),
            ),
          }));
  }
}

/** What lets git print commits for {@link readCommits}. */
export function commitsCommand(
  revisions: Revisions,
  { messages, limits }: CommitReading,
  order: Order = 'newest-first',
): string[] {
  return logCommand(revisions, {
    placeholder: messages.placeholder,
    commits: limits.commits,
    order,
  });
}

/**
 * Reads commits into a history as git prints them, without waiting for the end of its
 * walk. Merges have no changes.
 *
 * Of a longer history a second process reads the same list from its oldest commit, until
 * the two meet: each has then compared about half of the trees, which is what takes git
 * the most time.
 *
 * @param source.output - what {@link commitsCommand} lets git print
 */
export async function readCommits(
  history: History,
  reading: CommitReading,
  source: Revisions & {
    repository: string;
    output: AsyncIterable<Buffer>;
    signal?: AbortSignal;
    onProgress?: OnProgress;
  },
): Promise<CommitsRead> {
  const stop = new AbortController();
  const signal = source.signal
    ? AbortSignal.any([source.signal, stop.signal])
    : stop.signal;
  const mayShare = source.known === undefined && availableParallelism() > 1;
  const [newest, oldest] = [0, 1].map(() => new CommitReader(history, reading));
  let fromOldest: Promise<boolean> | undefined;
  let fail = (_: unknown) => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  /** Whether it came to the end of the list, without meeting the other. */
  const read = async (reader: CommitReader, chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      reader.parser.push(chunk);
      source.onProgress?.({ commits: history.size });
      if (fromOldest && reader.hasMet) {
        return false;
      }
      if (mayShare && !fromOldest && history.size >= LONG) {
        const command = commitsCommand(source, reading, 'oldest-first');
        const printed = streamGit(source.repository, command, { signal });
        fromOldest = read(oldest, printed);
        fromOldest.catch(fail);
      }
    }
    reader.parser.finish();
    reader.finish();
    return true;
  };
  try {
    const isWhole = await Promise.race([read(newest, source.output), failed]);
    if (!isWhole) {
      // Its last commit may not be whole.
      await fromOldest;
    }
  } finally {
    stop.abort();
  }
  source.onProgress?.({ commits: history.size });
  return {
    large: newest.large + oldest.large,
    uncompared:
      reading.renames === EXACT
        ? 0
        : await readSimilarRenames(
            history,
            reading,
            [...newest.added, ...oldest.added],
            source,
          ),
  };
}

/**
 * Reads again what commits change that both add and delete files, now with renames of
 * similar content.
 *
 * @returns how many commits could not be compared
 */
async function readSimilarRenames(
  history: History,
  reading: CommitReading,
  commits: readonly number[],
  { repository, signal }: { repository: string; signal?: AbortSignal },
): Promise<number> {
  const moving = commits.filter(commit => mayRename(history, commit));
  const reader = new CommitReader(history, reading);
  let uncompared = 0;
  const compared = diffTrees(
    repository,
    moving.map(commit => history.hashOf(commit)),
    ['--raw', '--no-abbrev', '--no-commit-id', '-l0', `-M${reading.renames}%`],
    { signal },
  );
  for await (const { index, output } of compared) {
    if (output) {
      reader.replaceChanges(moving[index], output);
    } else {
      uncompared += 1;
    }
  }
  return uncompared;
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

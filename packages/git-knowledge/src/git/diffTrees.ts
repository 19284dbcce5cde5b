import { randomUUID } from 'node:crypto';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { streamGit } from './git';

const SAFE = ['--no-ext-diff', '--no-textconv'];

/** Commits that lack contents, beyond which no others are tried. */
const MAX_UNREADABLE = 100;
/** Half a million files; who changes more in one commit means harm. */
const MAX_COMMIT_BYTES = 64 * 1024 * 1024;

/** What git prints of a commit; nothing where it could not, contents missing. */
export interface TreeDiff {
  /** The place of the commit in the list. */
  readonly index: number;
  readonly output?: Buffer;
}

/**
 * Compares commits with their parents by one `git diff-tree`, in turn; merges have no
 * differences. git ends at the first content or tree that is missing or damaged, so it
 * is started again behind that commit, up to a hundred times.
 *
 * @param commits - hashes
 * @param args - options of `git diff-tree`
 */
export async function* diffTrees(
  repository: string,
  commits: readonly string[],
  args: readonly string[],
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<TreeDiff> {
  let next = 0;
  let unreadable = 0;
  while (next < commits.length && unreadable <= MAX_UNREADABLE) {
    // git prints lines that are no commits as they are, which tells how far it came.
    // A history cannot know this one, and so cannot imitate it.
    const mark = `${randomUUID()}\n`;
    const output = streamGit(
      repository,
      ['diff-tree', '--stdin', '-r', '-z', '--root', ...SAFE, ...args],
      {
        ...options,
        input: commits
          .slice(next)
          .map(hash => `${mark}${hash}\n`)
          .join(''),
      },
    );
    try {
      for await (const part of splitAt(output, Buffer.from(mark))) {
        yield { index: next, output: part };
        next += 1;
      }
      // Nothing more can follow.
      next = commits.length;
    } catch (error) {
      if (!(error instanceof GitKnowledgeError) || error.code !== 'failed') {
        throw error;
      }
      yield { index: next };
      next += 1;
      unreadable += 1;
    }
  }
  for (; next < commits.length; next += 1) {
    yield { index: next };
  }
}

/**
 * What stands behind each mark; undefined for what is too much. What stands behind the
 * last one comes only when the stream ends well.
 */
async function* splitAt(
  chunks: AsyncIterable<Buffer>,
  mark: Buffer,
): AsyncGenerator<Buffer | undefined> {
  let marks = 0;
  let parts: Buffer[] = [];
  let size = 0;
  let rest: Buffer = Buffer.alloc(0);
  const add = (part: Buffer) => {
    size += part.length;
    if (size > MAX_COMMIT_BYTES) {
      parts = [];
    } else if (part.length > 0) {
      parts.push(part);
    }
  };
  const take = () => {
    const taken = size > MAX_COMMIT_BYTES ? undefined : Buffer.concat(parts);
    parts = [];
    size = 0;
    return taken;
  };
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (
      let at = bytes.indexOf(mark);
      at >= 0;
      at = bytes.indexOf(mark, start)
    ) {
      add(bytes.subarray(start, at));
      start = at + mark.length;
      const part = take();
      marks += 1;
      if (marks > 1) {
        yield part;
      }
    }
    // A mark may be cut.
    const end = Math.max(start, bytes.length - mark.length + 1);
    add(bytes.subarray(start, end));
    rest = bytes.subarray(end);
  }
  add(rest);
  if (marks > 0) {
    yield take();
  }
}

/** How a commit changed a file. */
export interface FileChange {
  readonly path: string;
  /** The old path of a renamed file. */
  readonly from?: string;
  /** The name of the content before; undefined for a new file. */
  readonly before?: string;
  /** The name of the content after; undefined for a file that is gone. */
  readonly after?: string;
  /** It is, or was, a commit of another repository. */
  readonly isSubmodule: boolean;
}

/** The changes of a commit. */
export interface CommitChanges {
  /** The place of the commit in the list. */
  readonly index: number;
  /** Nothing where they cannot be read. */
  readonly changes?: readonly FileChange[];
  /** Whether contents are missing, so that similar files could not be compared. */
  readonly isIncomplete: boolean;
}

const RAW = ['--raw', '--no-abbrev', '--no-commit-id'];

/**
 * How commits changed which files, with renames of similar files as git finds them.
 * Where contents are missing that this needs, those commits come last, with the removed
 * and the new file.
 *
 * @param commits - hashes
 */
export async function* readFileChanges(
  repository: string,
  commits: readonly string[],
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<CommitChanges> {
  const uncompared: number[] = [];
  const similar = diffTrees(repository, commits, [...RAW, '-M'], options);
  for await (const { index, output } of similar) {
    if (output) {
      yield { index, changes: parseRaw(output), isIncomplete: false };
    } else {
      uncompared.push(index);
    }
  }
  const plain = diffTrees(
    repository,
    uncompared.map(index => commits[index]),
    [...RAW, '--no-renames'],
    options,
  );
  for await (const { index, output } of plain) {
    yield {
      index: uncompared[index],
      changes: output && parseRaw(output),
      isIncomplete: true,
    };
  }
}

const SUBMODULE = '160000';
const NOTHING = /^0+$/;

/** Parses `git diff-tree --raw -z --no-abbrev`. */
function parseRaw(output: Buffer): FileChange[] {
  const changes: FileChange[] = [];
  let at = 0;
  const next = (): string => {
    const end = output.indexOf(0, at);
    const field = output.toString('utf8', at, end < 0 ? output.length : end);
    at = end < 0 ? output.length : end + 1;
    return field;
  };
  while (at < output.length) {
    // ":<mode before> <mode after> <content before> <content after> <status>"
    const [modeBefore, modeAfter, before, after, status = ''] = next()
      .slice(1)
      .split(' ');
    const first = next();
    const isMoved = status.startsWith('R') || status.startsWith('C');
    changes.push({
      path: isMoved ? next() : first,
      from: status.startsWith('R') ? first : undefined,
      before: NOTHING.test(before) ? undefined : before,
      after: NOTHING.test(after) ? undefined : after,
      isSubmodule: modeBefore === SUBMODULE || modeAfter === SUBMODULE,
    });
  }
  return changes;
}

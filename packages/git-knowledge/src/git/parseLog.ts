/** One change of one file in a commit, from `git log --raw -z`. */
export interface FileChange {
  /** A: added, M: modified, T: type changed, D: deleted, R: renamed. */
  readonly status: 'A' | 'M' | 'T' | 'D' | 'R';
  readonly path: string;
  /** Where a renamed file was before. */
  readonly from?: string;
}

/** Somebody as a commit names them. */
export interface Contact {
  readonly name: string;
  readonly email: string;
}

/** One commit with what it changed. */
export interface LoggedCommit extends Contact {
  readonly hash: string;
  /** Those of its `Co-authored-by:` lines, as written, without mailmap. */
  readonly coAuthors: readonly Contact[];
  /** Seconds since 1970 as the commit claims them; NaN where it claims nonsense. */
  readonly authorTime: number;
  readonly committerTime: number;
  readonly changes: readonly FileChange[];
  /** How many changes were left out, being over the limit. */
  readonly omitted: number;
}

/** What {@link parseLog} reads: six fields, each ended by NUL. */
export const LOG_FORMAT =
  '%H%x00%aN%x00%aE%x00%at%x00%ct%x00%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x0a)';

const HEADER_FIELDS = 6;
/** A commit that names more has a mistake in it, or means harm. */
const MAX_CO_AUTHORS = 20;
/** Longer names and addresses are nobody's. */
const MAX_CONTACT_LENGTH = 500;
const CONTACT = /^([^<>]*)<([^<>\s]+)>$/;
const META = /^:\d{6} \d{6} [0-9a-f]+ [0-9a-f]+ ([AMTDRC])\d*$/;

/**
 * Parses `git log -z --raw --format=<LOG_FORMAT>` from chunks cut anywhere. Keeps one
 * commit in memory.
 *
 * @param limits.changes - changes kept of one commit
 * @param limits.pathLength - longer paths are left out
 */
export async function* parseLog(
  chunks: AsyncIterable<Buffer>,
  limits: { changes: number; pathLength: number },
): AsyncGenerator<LoggedCommit> {
  let header: string[] = [];
  let changes: FileChange[] = [];
  let omitted = 0;
  let pending:
    | { status: FileChange['status']; paths: string[]; needed: number }
    | undefined;

  const finish = (): LoggedCommit => {
    const [hash, name, email, authorTime, committerTime, trailers] = header;
    return {
      hash,
      name,
      email,
      authorTime: authorTime === '' ? NaN : Number(authorTime),
      committerTime: committerTime === '' ? NaN : Number(committerTime),
      coAuthors: readContacts(trailers),
      changes,
      omitted,
    };
  };

  for await (const token of splitNul(chunks)) {
    if (pending) {
      pending.paths.push(token);
      if (pending.paths.length === pending.needed) {
        const { status, paths } = pending;
        pending = undefined;
        if (paths.some(path => path.length > limits.pathLength)) {
          omitted += 1;
        } else if (changes.length >= limits.changes) {
          omitted += 1;
        } else {
          changes.push(
            paths.length === 2
              ? { status, from: paths[0], path: paths[1] }
              : { status, path: paths[0] },
          );
        }
      }
    } else if (header.length > 0 && header.length < HEADER_FIELDS) {
      header.push(token);
    } else {
      const text = token.replace(/^\n/, '');
      const meta = META.exec(text);
      if (meta) {
        const status =
          meta[1] === 'C' ? 'A' : (meta[1] as FileChange['status']);
        pending = {
          status,
          paths: [],
          needed: meta[1] === 'R' || meta[1] === 'C' ? 2 : 1,
        };
      } else if (text !== '') {
        if (header.length === HEADER_FIELDS) {
          yield finish();
        }
        header = [text];
        changes = [];
        omitted = 0;
      }
    }
  }
  if (header.length === HEADER_FIELDS) {
    yield finish();
  }
}

function readContacts(trailers: string): Contact[] {
  return trailers
    .split('\n', MAX_CO_AUTHORS)
    .filter(line => line.length <= MAX_CONTACT_LENGTH)
    .flatMap(line => {
      const [, name, email] = CONTACT.exec(line.trim()) ?? [];
      return email ? [{ name: name.trim(), email }] : [];
    });
}

/** Splits a stream of bytes at NUL, into text. */
export async function* splitNul(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (
      let end = chunk.indexOf(0, start);
      end >= 0;
      end = chunk.indexOf(0, start)
    ) {
      const part = chunk.subarray(start, end);
      yield (rest.length > 0 ? Buffer.concat([...rest, part]) : part).toString(
        'utf8',
      );
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start));
    }
  }
  if (rest.length > 0) {
    yield Buffer.concat(rest).toString('utf8');
  }
}

import { GitKnowledgeError } from '../GitKnowledgeError';
import { runGit, streamGit } from './git';

/** Contents before and after a change, by their names; undefined for no file. */
export interface ContentPair {
  readonly before?: string;
  readonly after?: string;
}

/** A content, or why there is none: it is missing or damaged, or larger than allowed. */
export type Content = Buffer | 'missing' | 'too-large';

/** Pairs that are asked for at once: what git is asked and says takes room. */
const BATCH = 8192;
/** Damaged contents, beyond which no others are tried. */
const MAX_DAMAGED = 100;
/** What `git cat-file --batch-check` prints of one; less than this. */
const MAX_LINE_BYTES = 120;
const NEWLINE = 10;
const EMPTY = Buffer.alloc(0);
const MISSING = -1;
const TOO_LARGE = -2;

/**
 * Reads the contents of many pairs, in turn, by few `git cat-file`. Where a pair begins
 * with what the pair before ended with, as the versions of a file do from its newest to
 * its oldest, it is read once. No file is an empty content.
 *
 * @param options.maxBytes - of one content
 */
export async function* readPairs(
  repository: string,
  pairs: readonly ContentPair[],
  options: { maxBytes: number; signal?: AbortSignal },
): AsyncGenerator<{ before: Content; after: Content }> {
  for (let first = 0; first < pairs.length; first += BATCH) {
    yield* readBatch(repository, pairs.slice(first, first + BATCH), options);
  }
}

async function* readBatch(
  repository: string,
  pairs: readonly ContentPair[],
  options: { maxBytes: number; signal?: AbortSignal },
): AsyncGenerator<{ before: Content; after: Content }> {
  const names: Array<string | undefined> = [];
  /** For each pair the place of its older content; the newer one stands before it. */
  const places = pairs.map(({ before, after }) => {
    if (names.length === 0 || names[names.length - 1] !== after) {
      names.push(after);
    }
    return names.push(before) - 1;
  });
  let place = 0;
  let pair = 0;
  let after: Content = EMPTY;
  for await (const before of readContents(repository, names, options)) {
    // Two pairs never share their older content.
    if (place === places[pair]) {
      yield { before, after };
      pair += 1;
    }
    after = before;
    place += 1;
  }
}

async function* readContents(
  repository: string,
  names: ReadonlyArray<string | undefined>,
  options: { maxBytes: number; signal?: AbortSignal },
): AsyncGenerator<Content> {
  const { maxBytes, signal } = options;
  const asked = names.filter(name => name !== undefined);
  const sizes = await readSizes(repository, asked, maxBytes, signal);
  const contents = catFiles(
    repository,
    asked.filter((_, index) => sizes[index] >= 0),
    signal,
  );
  try {
    let index = 0;
    for (const name of names) {
      if (name === undefined) {
        yield EMPTY;
      } else {
        const size = sizes[index];
        index += 1;
        if (size === MISSING) {
          yield 'missing';
        } else if (size === TOO_LARGE) {
          yield 'too-large';
        } else {
          const { value = 'missing' } = await contents.next();
          yield value;
        }
      }
    }
  } finally {
    await contents.return(undefined);
  }
}

/** Contents may be of any size, so that git is asked for it first. */
async function readSizes(
  repository: string,
  names: readonly string[],
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const sizes = new Int32Array(names.length).fill(MISSING);
  if (names.length === 0) {
    return sizes;
  }
  const output = await runGit(repository, ['cat-file', '--batch-check'], {
    signal,
    input: names.map(name => `${name}\n`).join(''),
    maxBytes: names.length * MAX_LINE_BYTES,
  });
  output
    .toString('latin1')
    .split('\n')
    .slice(0, names.length)
    .forEach((line, index) => {
      const [, type, size] = line.split(' ');
      if (type === 'blob') {
        sizes[index] = Number(size) <= maxBytes ? Number(size) : TOO_LARGE;
      }
    });
  return sizes;
}

/** git ends at a content that is damaged, and is started again behind it. */
async function* catFiles(
  repository: string,
  names: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Content> {
  let next = 0;
  let damaged = 0;
  while (next < names.length && damaged <= MAX_DAMAGED) {
    const output = streamGit(repository, ['cat-file', '--batch', '--buffer'], {
      signal,
      input: names
        .slice(next)
        .map(name => `${name}\n`)
        .join(''),
    });
    try {
      for await (const content of parseBatch(output)) {
        yield content;
        next += 1;
      }
      return;
    } catch (error) {
      if (!(error instanceof GitKnowledgeError) || error.code !== 'failed') {
        throw error;
      }
      yield 'missing';
      next += 1;
      damaged += 1;
    }
  }
}

/** "<name> blob <size>", a line break, the content, a line break. */
async function* parseBatch(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Content> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  /** Bytes of the content that comes, with its line break; -1 at a header. */
  let wanted = -1;
  for await (const chunk of chunks) {
    pending.push(chunk);
    pendingBytes += chunk.length;
    if (pendingBytes < wanted) {
      continue;
    }
    const bytes = Buffer.concat(pending);
    let at = 0;
    for (;;) {
      if (wanted < 0) {
        const end = bytes.indexOf(NEWLINE, at);
        if (end < 0) {
          break;
        }
        const [, type, size] = bytes.toString('latin1', at, end).split(' ');
        at = end + 1;
        if (type !== 'blob') {
          yield 'missing';
          continue;
        }
        wanted = Number(size) + 1;
      }
      if (bytes.length - at < wanted) {
        break;
      }
      yield bytes.subarray(at, at + wanted - 1);
      at += wanted;
      wanted = -1;
    }
    pending = [bytes.subarray(at)];
    pendingBytes = bytes.length - at;
  }
}

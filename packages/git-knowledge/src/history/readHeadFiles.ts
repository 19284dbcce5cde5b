import { GitKnowledgeError } from '../GitKnowledgeError';
import { Int32Column } from './columns';
import { HeadChange, HeadFiles, kindCode } from './HeadFiles';
import { readHex } from './hex';
import { History } from './History';

const MAX_FILES = 2_000_000;
/** What git prints of them; paths can be of any length. */
const MAX_LIST_BYTES = 512 * 1024 * 1024;
/** One of more would be put together again and again. */
const MAX_PATH_LENGTH = 16 * 1024 * 1024;
/** Of the name of a content; SHA-256 is the longest. */
const MAX_HASH_BYTES = 32;
const SPACE = 32;
const TAB = 9;
/** What the modes of files begin with; others are links and submodules. */
const FILE_MODE = '100';
const MODE_LENGTH = 6;

/** Whose files are read. */
interface Place {
  readonly repository: string;
  readonly commit: string;
}

/** What lets git print the files of a commit for {@link listFiles}. */
export function filesCommand(commit: string): string[] {
  return ['ls-tree', '-r', '-z', '--full-tree', commit];
}

/**
 * All files of a commit.
 *
 * @param output - what {@link filesCommand} lets git print
 * @param history - gets the numbers of their paths
 * @throws GitKnowledgeError
 */
export async function listFiles(
  output: AsyncIterable<Buffer>,
  place: Place,
  history: History,
): Promise<HeadFiles> {
  const paths = new Int32Column();
  const contents: Buffer[] = [];
  // Only trees that no git writes list a path twice.
  const listed = new Set<number>();
  const entries = entriesIn(output, MAX_FILES, place);
  for await (const { bytes, ends } of entries) {
    const hashes = Buffer.allocUnsafe(ends.length * MAX_HASH_BYTES);
    let filled = 0;
    let start = 0;
    for (const end of ends) {
      // "100644 blob <content>", a tab, the path.
      if (isFile(bytes, start)) {
        const tab = bytes.indexOf(TAB, start);
        const path = history.pathNumber(bytes, tab + 1, end);
        if (!listed.has(path)) {
          listed.add(path);
          paths.push(path);
          const hash = start + '100644 blob '.length;
          filled += readHex(bytes, { start: hash, end: tab }, hashes, filled);
        }
      }
      start = end + 1;
    }
    contents.push(hashes.subarray(0, filled));
  }
  const names = history.pathsOf(paths.filled());
  return new HeadFiles(history, {
    paths: paths.filled(),
    contents: Buffer.concat(contents),
    kinds: Uint8Array.from(names, kindCode),
  });
}

/** What lets git print how two commits differ for {@link readHeadChanges}. */
export function headChangesCommand(from: string, to: string): string[] {
  return [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    from,
    to,
  ];
}

/**
 * How the files of a commit are different from those of another one; in time
 * proportional to that.
 *
 * @param output - what {@link headChangesCommand} lets git print
 * @param place - the later one
 * @param history - gets the numbers of new paths
 * @throws GitKnowledgeError
 */
export async function readHeadChanges(
  output: AsyncIterable<Buffer>,
  place: Place,
  history: History,
): Promise<HeadChange[]> {
  const changes: HeadChange[] = [];
  let content: Buffer | undefined;
  let isPath = false;
  // Each file that is different has two, and all of either commit may be.
  const entries = entriesIn(output, MAX_FILES * 4, place);
  for await (const { bytes, ends } of entries) {
    let start = 0;
    for (const end of ends) {
      if (isPath) {
        changes.push({ path: history.pathNumber(bytes, start, end), content });
      } else {
        // ":<mode before> <mode after> <content before> <content after> <status>"
        const status = bytes.lastIndexOf(SPACE, end - 1);
        const hash = bytes.lastIndexOf(SPACE, status - 1) + 1;
        content = isFile(bytes, start + 1 + MODE_LENGTH + 1)
          ? Buffer.from(bytes.toString('latin1', hash, status), 'hex')
          : undefined;
      }
      isPath = !isPath;
      start = end + 1;
    }
  }
  return changes;
}

function isFile(bytes: Buffer, mode: number): boolean {
  return bytes.toString('latin1', mode, mode + FILE_MODE.length) === FILE_MODE;
}

/** What NUL ends, as git prints it: bytes, and where each entry in them ends. */
async function* entriesIn(
  output: AsyncIterable<Buffer>,
  most: number,
  { repository, commit }: Place,
): AsyncGenerator<{ bytes: Buffer; ends: number[] }> {
  let rest: Buffer = Buffer.alloc(0);
  let bytesRead = 0;
  let entries = 0;
  for await (const chunk of output) {
    bytesRead += chunk.length;
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const ends: number[] = [];
    // No NUL can be in what was left.
    for (
      let end = bytes.indexOf(0, rest.length);
      end >= 0;
      end = bytes.indexOf(0, end + 1)
    ) {
      ends.push(end);
    }
    entries += ends.length;
    const last = ends[ends.length - 1];
    rest = last === undefined ? bytes : bytes.subarray(last + 1);
    if (
      entries > most ||
      bytesRead > MAX_LIST_BYTES ||
      rest.length > MAX_PATH_LENGTH
    ) {
      throw new GitKnowledgeError(
        'too-large',
        `${repository} has over ${MAX_FILES} files at ${commit}, or paths that fill ${MAX_LIST_BYTES} bytes: read another commit.`,
      );
    }
    yield { bytes, ends };
  }
}

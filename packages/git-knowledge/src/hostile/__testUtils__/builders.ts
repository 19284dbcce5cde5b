import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { git } from '../../__testUtils__/repositories';
import { GitKnowledgeError } from '../../GitKnowledgeError';
import { HistoryAnswer } from '../../schemas';

/** Of a raw commit. */
export const PEOPLE =
  'author Eve <eve@example.com> 1700000000 +0000\ncommitter Eve <eve@example.com> 1700000000 +0000\n';

/** Writes an object as it is, whatever git thinks of it, and returns its name. */
export function writeObject(
  repository: string,
  type: 'blob' | 'tree' | 'commit' | 'tag',
  content: Buffer | string,
): string {
  return git(
    repository,
    ['hash-object', '-t', type, '-w', '--stdin', '--literally'],
    content,
  ).trim();
}

/** One entry of a tree. */
export interface TreeEntry {
  readonly mode: '100644' | '40000' | '120000' | '160000';
  readonly name: string | Buffer;
  readonly hash: string;
}

/** A tree with entries that git itself would never write. */
export function writeTree(
  repository: string,
  entries: readonly TreeEntry[],
): string {
  const content = Buffer.concat(
    entries.flatMap(({ mode, name, hash }) => [
      Buffer.from(`${mode} `),
      Buffer.from(name as string),
      Buffer.from([0]),
      Buffer.from(hash, 'hex'),
    ]),
  );
  return writeObject(repository, 'tree', content);
}

/** Commits a tree on `main`, on top of what is there, and returns the commit. */
export function commitTree(repository: string, tree: string): string {
  const head = spawnSync('git', ['rev-parse', '--verify', '--quiet', 'main'], {
    cwd: repository,
    encoding: 'utf8',
  }).stdout.trim();
  const hash = writeObject(
    repository,
    'commit',
    `tree ${tree}\n${head && `parent ${head}\n`}${PEOPLE}\nA commit\n`,
  );
  git(repository, ['update-ref', 'refs/heads/main', hash]);
  return hash;
}

/**
 * A tree with `width` to the power of `depth` files, of `depth` objects and a blob: the
 * same tree again and again (after Kate Murphy, "Exploding git repositories").
 */
export function writeBomb(
  repository: string,
  { width, depth }: { width: number; depth: number },
): string {
  let hash = writeObject(repository, 'blob', 'boom\n');
  for (let level = 0; level < depth; level += 1) {
    const mode = level === 0 ? '100644' : '40000';
    const inner = hash;
    hash = writeTree(
      repository,
      Array.from({ length: width }, (_, index) => ({
        mode,
        name: `f${index}`,
        hash: inner,
      })),
    );
  }
  return hash;
}

/** A tree in a tree in a tree, as one pack: as many commands would take minutes. */
export function writeDeepTree(repository: string, depth: number): string {
  let hash = writeObject(repository, 'blob', 'deep\n');
  const parts = [Buffer.from('PACK'), uint32(2), uint32(depth)];
  for (let level = 0; level < depth; level += 1) {
    const content = Buffer.concat([
      Buffer.from(level === 0 ? '100644 f\0' : '40000 d\0'),
      Buffer.from(hash, 'hex'),
    ]);
    hash = createHash('sha1')
      .update(`tree ${content.length}\0`)
      .update(content)
      .digest('hex');
    // Its type and its size, then its content.
    const tree = 2;
    parts.push(
      Buffer.from([
        0x80 | (tree << 4) | (content.length & 15),
        content.length >> 4,
      ]),
      deflateSync(content, { level: 0 }),
    );
  }
  const pack = Buffer.concat(parts);
  git(
    repository,
    ['index-pack', '--stdin'],
    Buffer.concat([pack, createHash('sha1').update(pack).digest()]),
  );
  return hash;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A blob of nothing but zeros, which packs to a hundredth of its size. */
export function writeZeros(repository: string, bytes: number): string {
  // A file that is one hole takes no room, and is read as zeros.
  const file = `${repository}.zeros`;
  writeFileSync(file, '');
  truncateSync(file, bytes);
  try {
    return git(repository, [
      ...['-c', 'core.compression=1', '-c', 'core.bigFileThreshold=1m'],
      ...['hash-object', '-w', '--no-filters', file],
    ]).trim();
  } finally {
    rmSync(file);
  }
}

/** What becomes of a reading: how many commits there are, or why there is no answer. */
export async function outcomeOf(
  reading: Promise<HistoryAnswer>,
): Promise<number | string> {
  try {
    return (await reading).commits;
  } catch (error) {
    if (!(error instanceof GitKnowledgeError)) {
      throw error;
    }
    return error.code;
  }
}

import { lstat, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Of a file that is read here; git is asked about larger ones. */
const MAX_BYTES = 1024 * 1024;
const BRANCH = /^ref: (refs\/heads\/[A-Za-z0-9_][A-Za-z0-9._/-]*)\n$/;
const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})\n$/;

/** What `git rev-parse` would say of a clone. */
export interface PlainClone {
  /** The commit of `HEAD`. */
  readonly head: string;
  readonly shallow: boolean;
  /** The folder in which git keeps it, absolute. */
  readonly folder: string;
}

/**
 * Finds the head of a clone in its files: to start git for it is felt on a short
 * history, and where this process is large.
 *
 * @returns undefined where something is not as in most clones (a worktree, a submodule,
 * another format of references), or wrong; git knows what it means
 */
export async function readPlainClone(
  repository: string,
): Promise<PlainClone | undefined> {
  const within = join(repository, '.git');
  const found = await lstat(within).catch(() => undefined);
  if (found && !found.isDirectory()) {
    return undefined;
  }
  const folder = await realpath(found ? within : repository).catch(() => '');
  const [head, common, shallow] = await Promise.all([
    headIn(folder),
    lstat(join(folder, 'commondir')).catch(() => undefined),
    lstat(join(folder, 'shallow')).catch(() => undefined),
  ]);
  return head === undefined || common
    ? undefined
    : { head, shallow: shallow !== undefined, folder };
}

async function headIn(folder: string): Promise<string | undefined> {
  const head = await contentOf(join(folder, 'HEAD'));
  const branch = head?.match(BRANCH)?.[1];
  if (branch === undefined || branch.includes('..')) {
    return head?.match(COMMIT)?.[1];
  }
  const loose = await contentOf(join(folder, branch));
  if (loose !== undefined) {
    return loose.match(COMMIT)?.[1];
  }
  const packed = await contentOf(join(folder, 'packed-refs'));
  const line = packed?.split('\n').find(text => text.endsWith(` ${branch}`));
  return line?.replace(` ${branch}`, '\n').match(COMMIT)?.[1];
}

/** Undefined for what is no file, but a link, a pipe or a device. */
async function contentOf(file: string): Promise<string | undefined> {
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() && found.size <= MAX_BYTES
    ? readFile(file, 'latin1').catch(() => undefined)
    : undefined;
}

import { Stats, lstatSync, readFileSync, realpathSync } from 'node:fs';
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
 * history, and where this process is large. So would be to wait for each of the files.
 *
 * @returns undefined where something is not as in most clones (a worktree, a submodule,
 * another format of references), or wrong; git knows what it means
 */
export function readPlainClone(repository: string): PlainClone | undefined {
  const within = join(repository, '.git');
  const found = look(within);
  if (found && !found.isDirectory()) {
    return undefined;
  }
  let folder: string;
  try {
    folder = realpathSync(found ? within : repository);
  } catch {
    return undefined;
  }
  const head = headIn(folder);
  return head === undefined || look(join(folder, 'commondir'))
    ? undefined
    : { head, shallow: look(join(folder, 'shallow')) !== undefined, folder };
}

function headIn(folder: string): string | undefined {
  const head = contentOf(join(folder, 'HEAD'));
  const branch = head?.match(BRANCH)?.[1];
  if (branch === undefined || branch.includes('..')) {
    return head?.match(COMMIT)?.[1];
  }
  const loose = contentOf(join(folder, branch));
  if (loose !== undefined) {
    return loose.match(COMMIT)?.[1];
  }
  const packed = contentOf(join(folder, 'packed-refs'));
  const line = packed?.split('\n').find(text => text.endsWith(` ${branch}`));
  return line?.replace(` ${branch}`, '\n').match(COMMIT)?.[1];
}

/**
 * A small file of a clone; undefined for what is larger, or no file but a link, a pipe
 * or a device.
 */
export function contentOf(file: string): string | undefined {
  const found = look(file);
  try {
    return found?.isFile() && found.size <= MAX_BYTES
      ? readFileSync(file, 'latin1')
      : undefined;
  } catch {
    return undefined;
  }
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

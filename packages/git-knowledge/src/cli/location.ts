import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from './UsageError';

/** Where a command looks. */
export interface Location {
  /** The top of a work tree, or a bare repository. */
  readonly repository: string;
  /** The folder that relative paths start from. */
  readonly from: string;
}

/**
 * The repository that is named, with paths from there; else the one whose work tree
 * the current directory is in, with paths from the current directory. The library does
 * not look further up itself: what it is given by others is to be what it reads.
 */
export function locate(cwd: string, repository?: string): Location {
  if (repository !== undefined) {
    const named = resolve(cwd, repository);
    return { repository: named, from: named };
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      return { repository: folder, from: cwd };
    }
    if (folder === dirname(folder)) {
      return { repository: cwd, from: cwd };
    }
  }
}

/**
 * A path of the command line from the top of the repository; the top itself is empty.
 *
 * @throws UsageError for one outside
 */
export function pathIn({ repository, from }: Location, given: string): string {
  if (given === '') {
    throw new UsageError(
      'A path is empty: name a file or directory, or . for all',
    );
  }
  const path = relative(repository, resolve(from, given));
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    throw new UsageError(
      `"${given}" is outside of ${repository}: name a path in the repository`,
    );
  }
  return path.split(sep).join('/');
}

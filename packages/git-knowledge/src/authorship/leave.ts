import { filesByFolder } from '../files/folders';
import { FileAuthors } from './doa';

/** What nobody would be a present author of. */
export interface LeftBehind {
  readonly path: string;
  /** Files with a present author now, at or below the path. */
  readonly files: number;
  /** Its present authors, all of whom leave. */
  readonly authors: readonly number[];
  /** Who else knows at least one of these files. */
  readonly known: readonly number[];
}

/**
 * What would be left without authors if some people left: files and directories that
 * have present authors, all of whom are among them. What has none already is not named.
 *
 * @param authorsOf - by file, as numbers of people
 * @returns in the order of paths; the root directory is empty
 */
export function leave(
  authorsOf: ReadonlyMap<string, Pick<FileAuthors, 'present' | 'known'>>,
  leaving: ReadonlySet<number>,
): { files: LeftBehind[]; directories: LeftBehind[] } {
  const judge = (path: string, below: readonly string[]): LeftBehind[] => {
    const authors = new Set<number>();
    const known = new Set<number>();
    let files = 0;
    for (const file of below) {
      const one = authorsOf.get(file);
      one?.present.forEach(person => authors.add(person));
      if (![...authors].every(person => leaving.has(person))) {
        return [];
      }
      one?.known
        .filter(person => !leaving.has(person))
        .forEach(person => known.add(person));
      files += one && one.present.length > 0 ? 1 : 0;
    }
    return files === 0
      ? []
      : [{ path, files, authors: [...authors], known: [...known] }];
  };
  const paths = [...authorsOf.keys()].sort();
  return {
    files: paths.flatMap(path => judge(path, [path])),
    directories: [...filesByFolder(paths)].flatMap(([folder, below]) =>
      judge(folder, below),
    ),
  };
}

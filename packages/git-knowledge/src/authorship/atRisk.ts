import { filesByFolder } from '../files/folders';

/** What depends on a single person, or on nobody. */
export interface AtRisk {
  readonly path: string;
  /** Files that count at or below the path. */
  readonly files: number;
  /** The one present author; undefined where there is none. */
  readonly author?: number;
}

/**
 * Files and directories with one or no present author. Of a directory those of all
 * files below it count together, so that two people with half of it each are two.
 *
 * @param presentOf - the present authors of every file, as numbers of people
 * @returns in the order of paths; the root directory is empty
 */
export function atRisk(presentOf: ReadonlyMap<string, readonly number[]>): {
  files: AtRisk[];
  directories: AtRisk[];
} {
  const judge = (path: string, below: readonly string[]): AtRisk[] => {
    const authors = new Set<number>();
    for (const file of below) {
      presentOf.get(file)?.forEach(author => authors.add(author));
      if (authors.size > 1) {
        return [];
      }
    }
    const [author] = authors;
    return [{ path, files: below.length, author }];
  };
  const paths = [...presentOf.keys()].sort();
  return {
    files: paths.flatMap(path => judge(path, [path])),
    directories: [...filesByFolder(paths)].flatMap(([folder, below]) =>
      judge(folder, below),
    ),
  };
}

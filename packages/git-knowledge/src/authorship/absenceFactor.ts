import { AbsenceFactor } from '../schemas';

/**
 * Contributor absence factor, also called bus or truck factor: people are removed,
 * the author of most files first, until fewer than half of the files have an author
 * left (Avelino et al. 2016; the name is CHAOSS's).
 *
 * Many histories stop close to one half, so the coverage at the stop is told too.
 *
 * @param authorsByFile - the authors of every file, each once, as numbers from 0;
 * files without one count as uncovered from the beginning
 * @param inTies - which of two authors of equally many files is removed first; the
 * lower number unless said otherwise
 * @param files - how many files these are, where some stand for several and count once
 * among those without an author
 * @public
 */
export function absenceFactor(
  authorsByFile: ReadonlyArray<readonly number[]>,
  inTies: (a: number, b: number) => number = (a, b) => a - b,
  files = authorsByFile.length,
): AbsenceFactor {
  const { order, filesOf } = removalOrder(authorsByFile, inTies);
  const left = new Int32Array(authorsByFile.length);
  let covered = files;
  for (let file = 0; file < left.length; file += 1) {
    left[file] = authorsByFile[file].length;
    covered -= left[file] === 0 ? 1 : 0;
  }
  let factor = 0;
  for (const author of order) {
    if (covered * 2 < files) {
      break;
    }
    factor += 1;
    const own = filesOf[author];
    for (let index = 0; index < own.length; index += 1) {
      left[own[index]] -= 1;
      covered -= left[own[index]] === 0 ? 1 : 0;
    }
  }
  return { factor, files, coverageAtStop: files === 0 ? 0 : covered / files };
}

/**
 * The same of files that are counted together where their authors are the same, as
 * those of several territories are. Of two authors of equally many files the one who
 * comes first in the alphabet is removed first.
 * @public
 */
export function absenceFactorOfGroups(
  groups: ReadonlyArray<{
    readonly authors: readonly string[];
    readonly files: number;
  }>,
): AbsenceFactor {
  const filesOf = new Map<string, number>();
  for (const { authors, files } of groups) {
    for (const author of authors) {
      filesOf.set(author, (filesOf.get(author) ?? 0) + files);
    }
  }
  const order = [...filesOf]
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1))
    .map(([author]) => author);
  const removed = new Set<string>();
  const isCovered = ({ authors }: { authors: readonly string[] }) =>
    authors.some(author => !removed.has(author));
  const count = (some: typeof groups) =>
    some.reduce((sum, { files }) => sum + files, 0);
  const files = count(groups);
  let left = groups.filter(isCovered);
  for (const author of order) {
    if (count(left) * 2 < files) {
      break;
    }
    removed.add(author);
    left = left.filter(isCovered);
  }
  return {
    factor: removed.size,
    files,
    coverageAtStop: files === 0 ? 0 : count(left) / files,
  };
}

/**
 * Authors by the number of their files, most first. An author keeps all their files
 * until they are removed themselves, so the order is fixed from the start.
 *
 * @returns also the files of each author
 */
export function removalOrder(
  authorsByFile: ReadonlyArray<readonly number[]>,
  inTies: (a: number, b: number) => number = (a, b) => a - b,
): { order: number[]; filesOf: number[][] } {
  const filesOf: number[][] = [];
  for (let file = 0; file < authorsByFile.length; file += 1) {
    const authors = authorsByFile[file];
    for (let index = 0; index < authors.length; index += 1) {
      filesOf[authors[index]] ??= [];
      filesOf[authors[index]].push(file);
    }
  }
  const order = Object.keys(filesOf)
    .map(Number)
    .sort(
      (a, b) => filesOf[b].length - filesOf[a].length || inTies(a, b) || a - b,
    );
  return { order, filesOf };
}

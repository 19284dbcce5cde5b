import { AbsenceFactor } from '../schemas';

/**
 * Contributor absence factor, also called bus or truck factor: people are removed,
 * the author of most files first, until fewer than half of the files have an author
 * left (Avelino et al. 2016; the name is CHAOSS's).
 *
 * Many histories stop close to one half, so the coverage at the stop is told too. Ties
 * are broken by the order of the people's names in the sense of `<`, so that the same
 * input always gives the same answer.
 *
 * @param authorsByFile - the authors of every file; files without one count as
 * uncovered from the beginning
 * @public
 */
export function absenceFactor(
  authorsByFile: ReadonlyArray<readonly string[]>,
): AbsenceFactor {
  const files = authorsByFile.length;
  const filesOf = new Map<string, number[]>();
  authorsByFile.forEach((authors, file) => {
    for (const author of new Set(authors)) {
      const list = filesOf.get(author) ?? [];
      list.push(file);
      filesOf.set(author, list);
    }
  });
  const left = authorsByFile.map(authors => new Set(authors).size);
  let covered = left.filter(count => count > 0).length;
  // An author keeps all their files until they are removed themselves, so the order
  // of removal is fixed from the start.
  const order = [...filesOf].sort(
    ([nameA, a], [nameB, b]) => b.length - a.length || (nameA < nameB ? -1 : 1),
  );
  let factor = 0;
  for (const [, own] of order) {
    if (covered * 2 < files) {
      break;
    }
    factor += 1;
    for (const file of own) {
      left[file] -= 1;
      covered -= left[file] === 0 ? 1 : 0;
    }
  }
  return { factor, files, coverageAtStop: files === 0 ? 0 : covered / files };
}

import fc from 'fast-check';
import { absenceFactor, absenceFactorOfGroups } from './absenceFactor';

/** The rule word by word: again and again, remove who has most files left. */
function byTheBook(authorsByFile: ReadonlyArray<readonly number[]>): number {
  const left = authorsByFile.map(authors => new Set(authors));
  let factor = 0;
  for (;;) {
    const people = [...new Set(left.flatMap(authors => [...authors]))].sort();
    const covered = left.filter(authors => authors.size > 0).length;
    if (people.length === 0 || covered / left.length < 0.5) {
      return factor;
    }
    const filesOf = (one: number) => left.filter(all => all.has(one)).length;
    const [most] = people.sort((x, y) => filesOf(y) - filesOf(x));
    left.forEach(authors => authors.delete(most));
    factor += 1;
  }
}

const histories = fc.array(fc.uniqueArray(fc.nat(4), { maxLength: 4 }), {
  maxLength: 12,
});

describe('absenceFactor', () => {
  it.each`
    authorsByFile                 | factor | coverageAtStop | why
    ${[]}                         | ${0}   | ${0}           | ${'no file has no author'}
    ${[[], []]}                   | ${0}   | ${0}           | ${'nor has a file that nobody is left of'}
    ${[[1]]}                      | ${1}   | ${0}           | ${'without 1 nothing is covered'}
    ${[[1, 2]]}                   | ${2}   | ${0}           | ${'2 still covers all without 1'}
    ${[[1], [1], [2]]}            | ${1}   | ${1 / 3}       | ${'without 1, 1 of 3 is covered'}
    ${[[1], [2]]}                 | ${2}   | ${0}           | ${'without 1, 1 of 2 is half, and not under half'}
    ${[[1], [2], [3]]}            | ${2}   | ${1 / 3}       | ${'2 of 3 without 1, 1 of 3 without 2'}
    ${[[1], [1], [2], [3], []]}   | ${1}   | ${2 / 5}       | ${'4 of 5 at first, 2 of 5 without a'}
    ${[[1], [], []]}              | ${0}   | ${1 / 3}       | ${'under half from the beginning'}
    ${[[1, 2], [1, 2], [1], [3]]} | ${2}   | ${1 / 4}       | ${'3 of 4 without 1, 1 of 4 without 2'}
  `(
    'of $authorsByFile is $factor: $why',
    ({ authorsByFile, factor, coverageAtStop }) => {
      expect(absenceFactor(authorsByFile)).toEqual({
        factor,
        files: authorsByFile.length,
        coverageAtStop,
      });
    },
  );

  it('removes the first of equals by number', () => {
    // Both have two files. Without 1, 2 of 5 files are covered, and that ends it.
    expect(absenceFactor([[1], [1], [2, 3], [2, 4], []])).toEqual({
      factor: 1,
      files: 5,
      coverageAtStop: 2 / 5,
    });
    // Here 3 and 4 still cover 4 of 5 without 1; then 2 goes, and 2 of 5 are left.
    expect(absenceFactor([[2], [2], [1, 3], [1, 4], []])).toEqual({
      factor: 2,
      files: 5,
      coverageAtStop: 2 / 5,
    });
  });

  it('removes of equals whom it is told to', () => {
    const files = [[1], [1], [2, 3], [2, 4], []];
    expect(absenceFactor(files, (a, b) => b - a).factor).toBe(2);
  });

  it('lies between none and all authors, and stops under one half', () => {
    fc.assert(
      fc.property(histories, files => {
        const { factor, coverageAtStop } = absenceFactor(files);
        expect(factor).toBeGreaterThanOrEqual(0);
        expect(factor).toBeLessThanOrEqual(new Set(files.flat()).size);
        expect(coverageAtStop).toBeLessThan(0.5);
        const covered = files.filter(authors => authors.length > 0).length;
        expect(factor > 0).toBe(covered > 0 && covered >= files.length / 2);
      }),
    );
  });

  it('does not depend on the order of files or authors', () => {
    fc.assert(
      fc.property(histories, fc.nat(11), (files, by) => {
        const turned = [...files.slice(by), ...files.slice(0, by)].map(
          authors => [...authors].reverse(),
        );
        expect(absenceFactor(turned)).toEqual(absenceFactor(files));
      }),
    );
  });

  it('is what the removal, one by one, gives', () => {
    fc.assert(
      fc.property(histories, files => {
        expect(absenceFactor(files).factor).toBe(byTheBook(files));
      }),
    );
  });
});

describe('absenceFactorOfGroups', () => {
  const groups = fc.array(
    fc.record({
      authors: fc.uniqueArray(fc.nat(4), { maxLength: 4 }),
      files: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 8 },
  );

  it('is that of the files one by one', () => {
    fc.assert(
      fc.property(groups, given => {
        expect(
          absenceFactorOfGroups(
            given.map(({ authors, files }) => ({
              authors: authors.map(String),
              files,
            })),
          ),
        ).toEqual(
          absenceFactor(
            given.flatMap(({ authors, files }) =>
              Array.from({ length: files }, () => authors),
            ),
          ),
        );
      }),
    );
  });
});

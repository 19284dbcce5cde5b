import fc from 'fast-check';
import { atRisk } from './atRisk';
import { leave } from './leave';

const people = fc.uniqueArray(fc.nat(4), { maxLength: 3 });
const paths = fc
  .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 })
  .map(parts => `${parts.join('/')}.ts`);
const repositories = fc
  .array(fc.tuple(paths, people, people), { maxLength: 12 })
  .map(
    entries =>
      new Map(
        entries.map(([path, present, known]) => [path, { present, known }]),
      ),
  );

describe('leave', () => {
  const repository = new Map([
    ['pay/alone.ts', { present: [1], known: [1, 3] }],
    ['pay/both.ts', { present: [1, 2], known: [1, 2] }],
    ['pay/nobody.ts', { present: [], known: [4] }],
    ['lib/other.ts', { present: [2], known: [2] }],
  ]);

  it('names files all of whose authors leave, and who else knows them', () => {
    expect(leave(repository, new Set([1])).files).toEqual([
      { path: 'pay/alone.ts', files: 1, authors: [1], known: [3] },
    ]);
  });

  it('looks at those who leave together', () => {
    const { files } = leave(repository, new Set([1, 2]));
    expect(files.map(one => one.path)).toEqual([
      'lib/other.ts',
      'pay/alone.ts',
      'pay/both.ts',
    ]);
  });

  it('names directories, with the files that have authors now', () => {
    expect(leave(repository, new Set([1, 2])).directories).toEqual([
      { path: '', files: 3, authors: [2, 1], known: [3, 4] },
      { path: 'lib', files: 1, authors: [2], known: [] },
      { path: 'pay', files: 2, authors: [1, 2], known: [3, 4] },
    ]);
  });

  it('changes nothing when nobody leaves', () => {
    expect(leave(repository, new Set())).toEqual({
      files: [],
      directories: [],
    });
  });

  it('leaves behind exactly the files that lose their last author', () => {
    fc.assert(
      fc.property(repositories, people, (before, leavers) => {
        const leaving = new Set(leavers);
        const presentOf = (gone: ReadonlySet<number>) =>
          new Map(
            [...before].map(([path, of]) => [
              path,
              of.present.filter(person => !gone.has(person)),
            ]),
          );
        const uncovered = (
          gone: ReadonlySet<number>,
          kind: 'files' | 'directories',
        ) =>
          atRisk(presentOf(gone))
            [kind].filter(one => one.author === undefined)
            .map(one => one.path);
        const left = leave(before, leaving);
        for (const kind of ['files', 'directories'] as const) {
          const already = new Set(uncovered(new Set(), kind));
          expect(left[kind].map(one => one.path)).toEqual(
            uncovered(leaving, kind).filter(path => !already.has(path)),
          );
        }
      }),
    );
  });

  it('never names somebody who leaves as one who knows', () => {
    fc.assert(
      fc.property(repositories, people, (before, leavers) => {
        const { files, directories } = leave(before, new Set(leavers));
        for (const one of [...files, ...directories]) {
          expect(one.known.some(person => leavers.includes(person))).toBe(
            false,
          );
          expect(one.authors.every(person => leavers.includes(person))).toBe(
            true,
          );
        }
      }),
    );
  });
});

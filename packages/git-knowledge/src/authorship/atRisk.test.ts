import fc from 'fast-check';
import { isBelow } from '../files/paths';
import { atRisk } from './atRisk';

const paths = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
  .map(parts => `${parts.join('/')}.ts`);
const authors = fc.uniqueArray(fc.nat(3), { maxLength: 3 });
const repositories = fc
  .array(fc.tuple(paths, authors), { maxLength: 12 })
  .map(entries => new Map(entries));

describe('atRisk', () => {
  it('names files with one or no author', () => {
    const { files } = atRisk(
      new Map([
        ['one.ts', [7]],
        ['none.ts', []],
        ['two.ts', [7, 8]],
      ]),
    );
    expect(files).toEqual([
      { path: 'none.ts', files: 1, author: undefined },
      { path: 'one.ts', files: 1, author: 7 },
    ]);
  });

  it('counts the authors of all files below a directory together', () => {
    const { directories } = atRisk(
      new Map([
        ['shared/a.ts', [1]],
        ['shared/b.ts', [2]],
        ['ones/a.ts', [1]],
        ['ones/deep/b.ts', []],
      ]),
    );
    expect(directories).toEqual([
      { path: 'ones', files: 2, author: 1 },
      { path: 'ones/deep', files: 1, author: undefined },
    ]);
  });

  it('names the root where one person holds all', () => {
    expect(atRisk(new Map([['a/b.ts', [3]]])).directories).toEqual([
      { path: '', files: 1, author: 3 },
      { path: 'a', files: 1, author: 3 },
    ]);
  });

  it('has nothing to say of no files', () => {
    expect(atRisk(new Map())).toEqual({ files: [], directories: [] });
  });

  it('agrees with counting people one path after the other', () => {
    fc.assert(
      fc.property(repositories, repository => {
        const { files, directories } = atRisk(repository);
        const at = (base: string) => {
          const below = [...repository].filter(([path]) => isBelow(path, base));
          const everybody = [...new Set(below.flatMap(([, of]) => of))];
          return { files: below.length, everybody };
        };
        const folders = new Set(
          [...repository.keys()].flatMap(path =>
            path.split('/').map((_, depth, parts) => {
              return parts.slice(0, depth).join('/');
            }),
          ),
        );
        const expected = (bases: Iterable<string>) =>
          [...bases]
            .filter(path => at(path).everybody.length <= 1)
            .sort()
            .map(path => ({
              path,
              files: at(path).files,
              author: at(path).everybody[0],
            }));
        expect(files).toEqual(expected(repository.keys()));
        expect(directories).toEqual(expected(folders));
      }),
    );
  });

  it('names everything below a directory that it names', () => {
    fc.assert(
      fc.property(repositories, repository => {
        const { files, directories } = atRisk(repository);
        const named = new Set(files.map(one => one.path));
        for (const { path } of directories) {
          for (const file of repository.keys()) {
            expect(isBelow(file, path) && !named.has(file)).toBe(false);
          }
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { Files, commitsOn } from '../__testUtils__/branches';
import { TestPerson, ann, commit } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { streamGit } from '../git/git';
import { readFiles } from '../git/repository';
import { HeadFiles } from './HeadFiles';
import { History } from './History';
import {
  filesCommand,
  headChangesCommand,
  listFiles,
  readHeadChanges,
} from './readHeadFiles';

const repositories = useRepositories();

function list(repository: string, at: string, history = new History()) {
  const output = streamGit(repository, filesCommand(at));
  return listFiles(output, { repository, commit: at }, history);
}

function differences(
  repository: string,
  { from, to }: { from: string; to: string },
  history: History,
) {
  const output = streamGit(repository, headChangesCommand(from, to));
  return readHeadChanges(output, { repository, commit: to }, history);
}

/** Everything that is known of the files. */
function told(files: HeadFiles) {
  return files.paths.map((path, place) => ({
    path,
    content: files.contentOf(path),
    kind: files.kindAt(place),
    isAttributes: files.attributes.includes(path),
    isAtItsPlace: files.placeOf(path) === place,
  }));
}

/** Files and links of every kind in one tree. */
function treeOf(folder: string): string {
  const head = git(folder, ['rev-parse', 'main']).trim();
  const blob = git(folder, ['rev-parse', 'main:a.ts']).trim();
  return git(
    folder,
    ['mktree'],
    [
      `100644 blob ${blob}\ta.ts`,
      `100755 blob ${blob}\trun.sh`,
      `120000 blob ${blob}\tlink.ts`,
      `160000 commit ${head}\tmodule`,
    ].join('\n'),
  ).trim();
}

describe('listFiles', () => {
  it('lists files of a commit, whatever they are called', async () => {
    const names = ['a b', 'tab\t', 'line\nbreak', '"q"', '-n', 'é', ':(top)x'];
    const contents = Object.fromEntries(names.map(name => [`d/${name}`, name]));
    const folder = repositories.create([commit(ann, contents)]);
    const files = await list(folder, 'main');
    expect(new Set(files.paths)).toEqual(new Set(names.map(one => `d/${one}`)));
    const blobs = files.paths.map(path => files.contentOf(path) ?? '');
    const texts = await readFiles(folder, blobs, { maxBytes: 100 });
    for (const path of files.paths) {
      expect(`d/${texts.get(files.contentOf(path) ?? '')}`).toBe(path);
    }
    expect(files.has('d')).toBe(false);
    expect(files.contentOf('d/none')).toBe(undefined);
  });

  it('leaves out links and submodules', async () => {
    const folder = repositories.create([commit(ann, { 'a.ts': 'one' })]);
    const files = await list(folder, treeOf(folder));
    expect(files.paths).toEqual(['a.ts', 'run.sh']);
  });

  it('lists a path once, however often a tree does', async () => {
    const folder = repositories.create([commit(ann, { 'a.ts': 'one' })]);
    const blob = Buffer.from(
      git(folder, ['rev-parse', 'main:a.ts']).trim(),
      'hex',
    );
    const entry = Buffer.concat([Buffer.from('100644 a.ts\0'), blob]);
    const tree = git(
      folder,
      ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'],
      Buffer.concat([entry, entry]),
    ).trim();
    const files = await list(folder, tree);
    expect(files.paths).toEqual(['a.ts']);
  });
});

const PATHS = [
  'a',
  'a.ts',
  'a/b.ts',
  'a-b.md',
  'é.ts',
  'yarn.lock',
  '.gitattributes',
  'src/.gitattributes',
];
const PERSON: TestPerson = ann;

const edits = fc.array(
  fc.array(
    fc.record({
      path: fc.constantFrom(...PATHS),
      content: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 2, maxLength: 6 },
);

/** No path can be a file and a folder. */
function set(files: Files, path: string, content?: string) {
  if (content === undefined) {
    files.delete(path);
    return;
  }
  for (const other of [...files.keys()]) {
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) {
      files.delete(other);
    }
  }
  files.set(path, content);
}

describe('readHeadChanges', () => {
  it('leads from the files of any commit to those of any other', async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(5), fc.nat(5), async (all, one, other) => {
        const folder = repositories.create(
          commitsOn(
            all.map((changes, place) => ({
              by: PERSON,
              branch: 'main',
              merges: null,
              keeps: 'ours' as const,
              at: 1_700_000_000 + place,
              edit: (files: Files) => {
                files.set('always.ts', `${place}`);
                changes.forEach(({ path, content }) =>
                  set(files, path, content),
                );
              },
            })),
          ),
        );
        const commits = git(folder, ['rev-list', 'main']).trim().split('\n');
        const from = commits[one % commits.length];
        const to = commits[other % commits.length];
        const history = new History();
        const before = await list(folder, from, history);
        const after = before.after(
          await differences(folder, { from, to }, history),
        );
        expect(told(after)).toEqual(told(await list(folder, to)));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('takes what becomes a link or a submodule for gone, and the other way', async () => {
    const folder = repositories.create([
      commit(ann, { 'a.ts': 'one', 'link.ts': 'x', module: 'y' }),
    ]);
    const tree = treeOf(folder);
    for (const [from, to] of [
      ['main', tree],
      [tree, 'main'],
    ]) {
      const history = new History();
      const before = await list(folder, from, history);
      const different = await differences(folder, { from, to }, history);
      expect(told(before.after(different))).toEqual(
        told(await list(folder, to)),
      );
    }
  });
});

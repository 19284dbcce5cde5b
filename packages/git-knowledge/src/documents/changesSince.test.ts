import { TestCommit, ann, bob, commit, lines } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { readChangesSince } from './changesSince';

const repositories = useRepositories();
const a = lines('a');

/** What happened after the first commit. */
function changesSince(
  commits: readonly TestCommit[],
  options: Partial<Parameters<typeof readChangesSince>[0]> = {},
) {
  const first = commit(ann, { 'src/a.ts': a, 'src/b.ts': 'b', 'c.ts': 'c' });
  const repository = repositories.create([first, ...commits]);
  return readChangesSince({
    repository,
    since: git(repository, ['rev-list', '--max-parents=0', 'main']).trim(),
    head: 'main',
    paths: ['src'],
    counts: path => path.startsWith('src/'),
    isBot: name => name === 'Robot',
    maxCommits: 100,
    ...options,
  });
}

describe('readChangesSince', () => {
  it('counts commits, and the files that they touch', async () => {
    expect(
      await changesSince([
        commit(ann, { 'src/a.ts': 'x', 'src/b.ts': 'y' }),
        commit(bob, { 'src/b.ts': 'z' }),
      ]),
    ).toEqual({ commits: 2, touched: new Set(['src/a.ts', 'src/b.ts']) });
  });

  it('counts a commit once, whoever has a part in it', async () => {
    const message = 'Change\n\nCo-authored-by: Bob <bob@example.com>\n';
    expect(
      await changesSince([
        commit(ann, { 'src/a.ts': 'x', 'src/b.ts': 'y' }, { message }),
        commit(bob, { 'src/b.ts': 'z' }, { message }),
      ]),
    ).toEqual({ commits: 2, touched: new Set(['src/a.ts', 'src/b.ts']) });
  });

  it.each<[string, TestCommit[]]>([
    ['nothing', []],
    ['changes elsewhere', [commit(ann, { 'c.ts': 'x' })]],
    ['indentation', [commit(ann, { 'src/a.ts': a.replace(/^/gm, '  ') })]],
    ['empty lines', [commit(ann, { 'src/a.ts': a.replace(/\n/g, '\n\n') })]],
    ['line ends', [commit(ann, { 'src/a.ts': a.replace(/\n/g, '\r\n') })]],
    ['bots', [commit({ name: 'Robot', email: 'r@b' }, { 'src/a.ts': 'x' })]],
    ['commits without changes', [commit(ann, {}), commit(bob, {})]],
    [
      'renames that change nothing',
      [commit(ann, {}, { moves: { 'src/a.ts': 'src/d.ts' } })],
    ],
    [
      'merges',
      [
        commit(ann, { 'c.ts': 'x' }, { branch: 'side', from: 'main' }),
        commit(bob, { 'src/a.ts': 'y', 'c.ts': 'x' }, { merges: 'side' }),
      ],
    ],
  ])('does not count %s', async (_, commits) => {
    expect(await changesSince(commits)).toEqual({
      commits: 0,
      touched: new Set(),
    });
  });

  it.each<[string, TestCommit, string[]]>([
    ['new files', commit(ann, { 'src/n.ts': 'n' }), ['src/n.ts']],
    ['removals', commit(ann, { 'src/b.ts': undefined }), ['src/b.ts']],
    ['binary files', commit(ann, { 'src/b.ts': 'b\0' }), ['src/b.ts']],
    [
      'renames that change something, under the new name',
      commit(ann, { 'src/a.ts': undefined, 'src/d.ts': `${a}more\n` }),
      ['src/d.ts'],
    ],
    [
      'files of any name',
      commit(ann, { 'src/\n1\t2\tx "y"\n': 'x', 'src/-': 'x', 'src/é ': 'x' }),
      ['src/\n1\t2\tx "y"\n', 'src/-', 'src/é '],
    ],
  ])('counts %s', async (_, one, touched) => {
    expect(await changesSince([one])).toEqual({
      commits: 1,
      touched: new Set(touched),
    });
  });

  it('counts what is not reachable, whatever date it claims', async () => {
    const { commits } = await changesSince([
      commit(ann, { 'src/a.ts': 'x' }, { at: 0 }),
    ]);
    expect(commits).toBe(1);
  });

  it('counts changes on side branches', async () => {
    const { commits, touched } = await changesSince([
      commit(ann, { 'src/a.ts': 'x' }, { branch: 'side', from: 'main' }),
      commit(bob, { 'src/b.ts': 'y' }),
      commit(bob, { 'src/a.ts': 'x' }, { merges: 'side' }),
    ]);
    expect(commits).toBe(2);
    expect(touched).toEqual(new Set(['src/a.ts', 'src/b.ts']));
  });

  it('looks at the whole repository, at folders or at files', async () => {
    const touchedIn = async (...paths: string[]) => {
      const { touched } = await changesSince(
        [commit(ann, { 'src/a.ts': 'x', 'src/b.ts': 'y', 'c.ts': 'z' })],
        { paths, counts: () => true },
      );
      return [...touched].sort();
    };
    expect(await touchedIn('')).toEqual(['c.ts', 'src/a.ts', 'src/b.ts']);
    expect(await touchedIn('src')).toEqual(['src/a.ts', 'src/b.ts']);
    expect(await touchedIn('c.ts', 'src/a.ts')).toEqual(['c.ts', 'src/a.ts']);
  });

  it.each(['*', 's[r]c', 'sr?', ':(glob)**', ':!x', '-src', '"src"', ' '])(
    'takes the path %j as it is',
    async path => {
      const { touched } = await changesSince(
        [commit(ann, { 'src/a.ts': 'x', [`${path}/y`]: 'z' })],
        { paths: [path], counts: () => true },
      );
      expect([...touched]).toEqual([`${path}/y`]);
    },
  );

  it('reads no more commits than allowed', async () => {
    const commits = Array.from({ length: 5 }, (_, index) =>
      commit(ann, { 'src/a.ts': `${index}` }),
    );
    expect((await changesSince(commits, { maxCommits: 3 })).commits).toBe(3);
  });
});

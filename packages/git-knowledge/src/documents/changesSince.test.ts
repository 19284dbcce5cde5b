import fc from 'fast-check';
import { TestCommit, ann, bob, commit, lines } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { ChangeLog } from './changesSince';

const repositories = useRepositories();
const a = lines('a');

/** What happened after the first commit. */
async function changesSince(
  commits: readonly TestCommit[],
  options: Partial<Parameters<typeof ChangeLog.read>[0]> = {},
) {
  const first = commit(ann, { 'src/a.ts': a, 'src/b.ts': 'b', 'c.ts': 'c' });
  const repository = repositories.create([first, ...commits]);
  const since = git(repository, ['rev-list', '--max-parents=0', 'main']).trim();
  const log = await ChangeLog.read({
    repository,
    since: [since],
    head: 'main',
    paths: ['src'],
    counts: path => path.startsWith('src/'),
    isBot: name => name === 'Robot',
    maxCommits: 100,
    ...options,
  });
  return log.since(since, () => true);
}

describe('ChangeLog', () => {
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

  it('says of every commit what git itself says is not reachable from it', async () => {
    const step = fc.record({
      side: fc.boolean(),
      merge: fc.boolean(),
      file: fc.constantFrom('a', 'b', 'c'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        async steps => {
          let sides = 0;
          const commits = steps.flatMap(({ side, merge, file }, index) => {
            sides += side ? 1 : 0;
            const branch = `side${sides}`;
            const content = { [`src/${file}`]: `${index}` };
            return side
              ? [
                  commit(ann, content, { branch, from: 'main' }),
                  commit(bob, merge ? {} : content, { merges: branch }),
                ]
              : [commit(bob, content)];
          });
          const repository = repositories.create([
            commit(ann, { 'src/a': 'first' }),
            ...commits,
          ]);
          const hashes = git(repository, ['rev-list', 'main'])
            .trim()
            .split('\n');
          const log = await ChangeLog.read({
            repository,
            since: hashes,
            head: 'main',
            paths: [''],
            counts: () => true,
            isBot: () => false,
            maxCommits: 100,
          });
          for (const hash of hashes) {
            const printed = git(repository, [
              ...['log', '--no-merges', '--name-only', '--format=>%H'],
              `${hash}..main`,
            ]).split('\n');
            const withFiles = printed.filter(
              (line, index) =>
                line.startsWith('>') && printed[index + 2]?.startsWith('src'),
            );
            expect(log.since(hash, () => true)).toEqual({
              commits: withFiles.length,
              touched: new Set(printed.filter(line => line.startsWith('src'))),
            });
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('works on histories that have nothing in common', async () => {
    const repository = repositories.create([
      commit(ann, { 'src/a.ts': 'x' }),
      commit(bob, { 'src/b.ts': 'y' }, { branch: 'other' }),
      commit(ann, { 'src/a.ts': 'z' }, { merges: 'other' }),
      commit(ann, { 'src/c.ts': 'z' }),
    ]);
    const roots = git(repository, ['rev-list', '--max-parents=0', 'main'])
      .trim()
      .split('\n');
    expect(roots).toHaveLength(2);
    const log = await ChangeLog.read({
      repository,
      since: roots,
      head: 'main',
      paths: [''],
      counts: () => true,
      isBot: () => false,
      maxCommits: 100,
    });
    const touched = roots.map(root =>
      [...log.since(root, () => true).touched].sort(),
    );
    expect(touched).toContainEqual(['src/a.ts', 'src/c.ts']);
    expect(touched).toContainEqual(['src/b.ts', 'src/c.ts']);
  });
});

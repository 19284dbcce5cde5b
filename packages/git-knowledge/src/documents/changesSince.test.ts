import fc from 'fast-check';
import { TestCommit, ann, bob, commit, lines } from '../__testUtils__/commits';
import {
  git,
  removeContent,
  useRepositories,
} from '../__testUtils__/repositories';
import { NOW } from '../__testUtils__/reading';
import { readKnowledge } from '../readKnowledge';
import { matcherOfPaths } from '../files/paths';
import { HistoryRequest } from '../schemas';
import { readChangesSince } from './changesSince';

const repositories = useRepositories();
const a = lines('a');

interface Asked {
  readonly contains?: (path: string) => boolean;
  readonly limits?: HistoryRequest['limits'];
}

/** What happened to some files after each of some commits, by their hashes. */
async function changesAfter(
  repository: string,
  hashes: readonly string[],
  { contains = () => true, limits }: Asked = {},
) {
  const { snapshot, people } = await readKnowledge({
    repository,
    now: NOW,
    bots: ['robot@example.com'],
    limits,
  });
  const { commits } = snapshot;
  const { answers, uncompared } = await readChangesSince(
    hashes.map(hash => ({ commit: commits.find(hash) ?? -1, contains })),
    { repository, commits, people, counts: () => true },
  );
  const changes = new Map(
    [...answers].map(([{ commit: number }, answer]) => [
      commits.history.hashOf(number),
      { ...answer, touched: new Set(answer.touched) },
    ]),
  );
  return { changes, uncompared: uncompared.size };
}

/** What happened below `src` after a first commit. */
async function changesSince(
  commits: readonly TestCommit[],
  options: Asked = {},
) {
  const first = commit(ann, { 'src/a.ts': a, 'src/b.ts': 'b', 'c.ts': 'c' });
  const repository = repositories.create([first, ...commits]);
  const since = git(repository, ['rev-list', '--max-parents=0', 'main']).trim();
  const { changes } = await changesAfter(repository, [since], {
    contains: path => path.startsWith('src/'),
    ...options,
  });
  return changes.get(since)!;
}

describe('readChangesSince', () => {
  it('counts commits, and the files that they touch', async () => {
    expect(
      await changesSince([
        commit(ann, { 'src/a.ts': 'x', 'src/b.ts': 'y' }),
        commit(bob, { 'src/b.ts': 'z' }),
      ]),
    ).toEqual({
      commits: 2,
      significant: 2,
      touched: new Set(['src/a.ts', 'src/b.ts']),
    });
  });

  it('counts a commit once, whoever has a part in it', async () => {
    const message = 'Change\n\nCo-authored-by: Bob <bob@example.com>\n';
    expect(
      await changesSince([
        commit(ann, { 'src/a.ts': 'x', 'src/b.ts': 'y' }, { message }),
        commit(bob, { 'src/b.ts': 'z' }, { message }),
      ]),
    ).toEqual({
      commits: 2,
      significant: 2,
      touched: new Set(['src/a.ts', 'src/b.ts']),
    });
  });

  it.each<[string, TestCommit[]]>([
    ['nothing', []],
    ['changes elsewhere', [commit(ann, { 'c.ts': 'x' })]],
    ['indentation', [commit(ann, { 'src/a.ts': a.replace(/^/gm, '  ') })]],
    ['empty lines', [commit(ann, { 'src/a.ts': a.replace(/\n/g, '\n\n') })]],
    ['line ends', [commit(ann, { 'src/a.ts': a.replace(/\n/g, '\r\n') })]],
    // git's -w says that these are different lines.
    ['line breaks', [commit(ann, { 'src/a.ts': a.replace(/ = /g, '\n=') })]],
    [
      'bots',
      [
        commit(
          { name: 'Robot', email: 'robot@example.com' },
          { 'src/a.ts': 'x' },
        ),
      ],
    ],
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
    expect(await changesSince(commits)).toMatchObject({
      significant: 0,
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
      significant: 1,
      touched: new Set(touched),
    });
  });

  it('counts what is not reachable, whatever date it claims', async () => {
    const { significant } = await changesSince([
      commit(ann, { 'src/a.ts': 'x' }, { at: 0 }),
    ]);
    expect(significant).toBe(1);
  });

  it('counts changes on side branches', async () => {
    const { significant, touched } = await changesSince([
      commit(ann, { 'src/a.ts': 'x' }, { branch: 'side', from: 'main' }),
      commit(bob, { 'src/b.ts': 'y' }),
      commit(bob, { 'src/a.ts': 'x' }, { merges: 'side' }),
    ]);
    expect(significant).toBe(2);
    expect(touched).toEqual(new Set(['src/a.ts', 'src/b.ts']));
  });

  it('looks at the whole repository, at folders or at files', async () => {
    const touchedIn = async (...paths: string[]) => {
      const { touched } = await changesSince(
        [commit(ann, { 'src/a.ts': 'x', 'src/b.ts': 'y', 'c.ts': 'z' })],
        { contains: matcherOfPaths(paths) },
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
        { contains: matcherOfPaths([path]) },
      );
      expect([...touched]).toEqual([`${path}/y`]);
    },
  );

  it('reads no more commits than allowed', async () => {
    const commits = Array.from({ length: 5 }, (_, index) =>
      commit(ann, { 'src/a.ts': `${index}` }),
    );
    const repository = repositories.create(commits);
    const since = git(repository, ['rev-parse', 'main~3']).trim();
    const { changes } = await changesAfter(repository, [since], {
      limits: { commits: 4 },
    });
    expect(changes.get(since)).toMatchObject({ commits: 3, significant: 3 });
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
          const { changes } = await changesAfter(repository, hashes);
          for (const hash of hashes) {
            const printed = git(repository, [
              ...['log', '--no-merges', '--name-only', '--format=>%H'],
              `${hash}..main`,
            ]).split('\n');
            const withFiles = printed.filter(
              (line, index) =>
                line.startsWith('>') && printed[index + 2]?.startsWith('src'),
            );
            expect(changes.get(hash)).toEqual({
              commits: withFiles.length,
              significant: withFiles.length,
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
    const { changes } = await changesAfter(repository, roots);
    const touched = roots.map(root => [...changes.get(root)!.touched].sort());
    expect(touched).toContainEqual(['src/a.ts', 'src/c.ts']);
    expect(touched).toContainEqual(['src/b.ts', 'src/c.ts']);
  });

  it('counts what is moved into the files and out of them', async () => {
    const moves = (one: Record<string, string>) =>
      changesSince([commit(bob, {}, { moves: one })]);
    expect(await moves({ 'c.ts': 'src/c.ts' })).toEqual({
      commits: 1,
      significant: 1,
      touched: new Set(['src/c.ts']),
    });
    expect(await moves({ 'src/b.ts': 'b.ts' })).toEqual({
      commits: 1,
      significant: 1,
      touched: new Set(['src/b.ts']),
    });
  });

  it('counts commits that change nothing but white space apart', async () => {
    expect(
      await changesSince([
        commit(ann, { 'src/b.ts': ' b\n' }),
        commit(bob, { 'src/b.ts': 'c' }),
      ]),
    ).toEqual({ commits: 2, significant: 1, touched: new Set(['src/b.ts']) });
  });

  it('takes what is missing for changed, and says so', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': 'one\n' }),
      commit(bob, { 'a.ts': ' one\n' }),
      commit(bob, { 'a.ts': 'one' }),
      commit(bob, { 'a.ts': 'two' }),
    ]);
    removeContent(repository, 'main~2:a.ts');
    const since = git(repository, ['rev-parse', 'main~3']).trim();
    const { changes, uncompared } = await changesAfter(repository, [since]);
    expect(changes.get(since)).toMatchObject({ commits: 3, significant: 3 });
    expect(uncompared).toBe(2);
  });

  it('takes all that a commit touches for changed where trees got lost meanwhile', async () => {
    const repository = repositories.create([
      commit(ann, { 'src/a.ts': 'one\n', 'src/b.ts': 'b' }),
      // White space alone, but that cannot be seen any more.
      commit(bob, { 'src/a.ts': ' one\n' }),
      commit(bob, {}, { moves: { 'src/b.ts': 'lib/b.ts' } }),
      commit(bob, { 'lib/c.ts': 'c' }),
    ]);
    const since = git(repository, ['rev-parse', 'main~3']).trim();
    const { snapshot, people } = await readKnowledge({ repository, now: NOW });
    removeContent(repository, 'main~2:src');
    const { commits } = snapshot;
    const { answers, uncompared } = await readChangesSince(
      [
        {
          commit: commits.find(since) ?? -1,
          contains: (path: string) => path.startsWith('src/'),
        },
      ],
      { repository, commits, people, counts: () => true },
    );
    const [[, changes]] = [...answers];
    // Of main~1 the tree before cannot be read either; main lies elsewhere.
    expect(changes).toMatchObject({ commits: 2, significant: 2 });
    expect(new Set(changes.touched)).toEqual(new Set(['src/a.ts', 'src/b.ts']));
    expect(uncompared.size).toBe(2);
  });

  it('says of more files than are looked at at once what each question asks', async () => {
    const files = Array.from({ length: 70 }, (_, file) => `src/${file}.ts`);
    const repository = repositories.create(
      files.map(file => commit(ann, { [file]: file })),
    );
    const { snapshot, people } = await readKnowledge({ repository, now: NOW });
    const { commits } = snapshot;
    const { answers } = await readChangesSince(
      files.map((file, place) => ({
        file,
        commit: commits.order[Math.max(0, place - 1)],
        contains: (path: string) => path === file,
      })),
      { repository, commits, people, counts: () => true },
    );
    const told = new Map(
      [...answers].map(([{ file }, { touched }]) => [file, touched]),
    );
    expect(told.get('src/0.ts')).toEqual([]);
    for (const file of files.slice(1)) {
      expect(told.get(file)).toEqual([file]);
    }
  });
});

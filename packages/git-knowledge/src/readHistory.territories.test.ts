import fc from 'fast-check';
import { TestCommit, ann, bob, cem, commit } from './__testUtils__/commits';
import { NOW, filesOf, read } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';
import { readHistory } from './readHistory';

const repositories = useRepositories();

describe('territories', () => {
  const create = () =>
    repositories.create([
      commit(ann, { 'pay/a.ts': '1', 'pay/x/b.ts': '1', 'payroll/c.ts': '1' }),
      commit(bob, { 'lib/d.ts': '1', 'top.ts': '1' }),
    ]);

  it.each<[string[], string[]]>([
    [[''], ['lib/d.ts', 'pay/a.ts', 'pay/x/b.ts', 'payroll/c.ts', 'top.ts']],
    [['.'], ['lib/d.ts', 'pay/a.ts', 'pay/x/b.ts', 'payroll/c.ts', 'top.ts']],
    [['/'], ['lib/d.ts', 'pay/a.ts', 'pay/x/b.ts', 'payroll/c.ts', 'top.ts']],
    [['pay'], ['pay/a.ts', 'pay/x/b.ts']],
    [['./pay/'], ['pay/a.ts', 'pay/x/b.ts']],
    [['/pay'], ['pay/a.ts', 'pay/x/b.ts']],
    [
      ['pay/x', 'top.ts'],
      ['pay/x/b.ts', 'top.ts'],
    ],
    [
      ['pay', 'pay/x'],
      ['pay/a.ts', 'pay/x/b.ts'],
    ],
    [['nowhere'], []],
    [['pa'], []],
    [['PAY'], []],
    [['..'], []],
    [['../pay'], []],
    [['pay/../lib'], []],
    [['*'], []],
    [[':/'], []],
    [['-pay'], []],
    [['pay\0'], []],
    [['x'.repeat(200_000)], []],
    [[], []],
  ])('of the paths %j hold %j', async (paths, files) => {
    const { territory } = await read(create(), {
      paths,
      documents: ['**'],
    });
    expect(territory.paths).toEqual(files);
    expect(territory.files).toBe(files.length);
    expect(territory.people.length > 0).toBe(files.length > 0);
    expect(territory.lastChangeAt === undefined).toBe(files.length === 0);
  });

  it('tell of each file who knows it', async () => {
    const repository = repositories.create([
      commit(ann, { 'pay/a.ts': '1', 'pay/README.md': '1' }),
      commit(bob, { 'pay/b.ts': '1' }),
      commit(cem, { 'lib/c.ts': '1' }),
      ...Array.from({ length: 4 }, (_, time) =>
        commit(bob, { 'pay/a.ts': `more ${time}` }),
      ),
    ]);
    const { territory } = await read(repository, { paths: ['pay'] });
    const named = territory.paths.map((path, index) => [
      path,
      territory.knownBy[index].map(place => territory.people[place].name),
    ]);
    expect(Object.fromEntries(named)).toEqual({
      'pay/README.md': [],
      'pay/a.ts': [ann.name, bob.name],
      'pay/b.ts': [bob.name],
    });
  });

  it('are read of one history, each for itself', async () => {
    const { territories } = await readHistory({
      repository: create(),
      now: NOW,
      territories: ['lib', 'nowhere', 'pay'].map(path => ({
        id: `territory ${path}`,
        paths: [path],
      })),
    });
    expect(territories.map(one => [one.id, filesOf(one)])).toEqual([
      ['territory lib', { Bob: [1, 1] }],
      ['territory nowhere', {}],
      ['territory pay', { Ann: [2, 2] }],
    ]);
  });

  it('may be none, which only looks at the head', async () => {
    const repository = create();
    expect(
      await readHistory({ repository, now: NOW, territories: [] }),
    ).toMatchObject({ commits: 2, territories: [] });
  });

  it('do not let one with an endless path spoil the others', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1', 'README.md': '1' }),
      commit(ann, { 'a.ts': '2' }),
    ]);
    const { territory } = await read(repository, {
      paths: ['y'.repeat(3_000_000), 'a\0b', 'a.ts'],
      documents: ['**'],
    });
    expect(territory.documents).toMatchObject([{ changesSince: 1 }]);
  });
});

describe('a history of any shape', () => {
  const person = fc.constantFrom(ann, bob, cem);
  const file = fc.constantFrom('a.ts', 'b.ts', 'c.ts');
  const change = fc.record({ person, file });

  /** Commits whose contents are all different, so that nothing looks renamed. */
  function commitsOf(
    changes: ReadonlyArray<{ person: typeof ann; file: string }>,
  ): TestCommit[] {
    return changes.map((one, index) =>
      commit(one.person, { [one.file]: `${'x'.repeat(index)}${index}` }),
    );
  }

  it('gives everybody their commits, once each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 12 }),
        async changes => {
          const { commits, territory } = await read(
            repositories.create(commitsOf(changes)),
          );
          expect(commits).toBe(changes.length);
          const counts = new Map(
            territory.people.map(one => [one.name, one.commits]),
          );
          for (const { name } of [ann, bob, cem]) {
            expect(counts.get(`${name}`) ?? 0).toBe(
              changes.filter(one => one.person.name === name).length,
            );
          }
          expect(territory.files).toBe(
            new Set(changes.map(one => one.file)).size,
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is the same in whatever order two branches were made', async () => {
    const side = fc.array(person, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(side, side, async (left, right) => {
        const onBranch = (people: typeof left, branch: string) =>
          people.map((by, index) =>
            commit(
              by,
              { [`${branch}.ts`]: `${branch} ${index}` },
              {
                branch,
                from: index === 0 ? 'main' : undefined,
                at: 1e9 + index,
              },
            ),
          );
        const make = (branches: TestCommit[]) =>
          repositories.create([
            commit(ann, { 'a.ts': 'a' }, { at: 1e9 - 1 }),
            ...branches,
            commit(
              ann,
              {
                'left.ts': `left ${left.length - 1}`,
                'right.ts': `right ${right.length - 1}`,
              },
              { from: 'left', merges: 'right', at: 2e9 },
            ),
          ]);
        const one = make([
          ...onBranch(left, 'left'),
          ...onBranch(right, 'right'),
        ]);
        const other = make([
          ...onBranch(right, 'right'),
          ...onBranch(left, 'left'),
        ]);
        expect(git(one, ['ls-tree', 'main'])).toBe(
          git(other, ['ls-tree', 'main']),
        );
        const [first, second] = [await read(one), await read(other)];
        expect(filesOf(first.territory)).toEqual(filesOf(second.territory));
        expect(first.territory.absenceFactor).toEqual(
          second.territory.absenceFactor,
        );
      }),
      { numRuns: 10 },
    );
  });
});

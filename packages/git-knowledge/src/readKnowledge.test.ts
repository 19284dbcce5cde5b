import { ann, bob, commit } from './__testUtils__/commits';
import { NOW } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';
import { readKnowledge } from './readKnowledge';

const repositories = useRepositories();

describe('readKnowledge', () => {
  it('tells who knows a file, as it was at a commit', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1', 'README.md': '1' }),
      commit(bob, { 'b.ts': '1' }),
    ]);
    const at = git(repository, ['rev-parse', 'main~1']).trim();
    const knowledge = await readKnowledge({ repository, at, now: NOW });
    expect(knowledge.paths).toEqual(['README.md', 'a.ts']);
    const [file, ...others] = knowledge.sourcesBelow(['']);
    expect(knowledge.paths[file]).toBe('a.ts');
    expect(others).toEqual([]);
    const [author] = knowledge.authorsOf(file).authors;
    expect(knowledge.people.people[author].name).toBe('Ann');
  });

  it('tells the past as it was then', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }),
      commit(bob, { 'b.ts': '1' }),
    ]);
    git(repository, ['tag', '--no-sign', 'v1', 'main~1']);
    const later = '2040-01-01T00:00:00.000Z';
    const isAnnActive = async (at?: string, now = later) => {
      const { people } = await readKnowledge({ repository, at, now });
      return people.isActive(
        people.people.findIndex(one => one.name === 'Ann'),
      );
    };
    const first = git(repository, ['rev-parse', 'main~1']).trim();
    for (const at of ['HEAD', 'main', 'v1', first, first.slice(0, 9)]) {
      expect(await isAnnActive(at)).toBe(true);
    }
    expect(await isAnnActive('2024-01-01')).toBe(true);
    expect(await isAnnActive('2040-01-01')).toBe(false);
    expect(await isAnnActive()).toBe(false);
    expect(await isAnnActive(undefined, NOW)).toBe(true);
    // Nobody knows who will have left by then.
    expect(await isAnnActive('2099-01-01', NOW)).toBe(true);
  });

  it('is not of a time to come that a commit claims', async () => {
    const later = Date.parse(NOW) / 1000 + 10 * 365 * 86_400;
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }, { at: later }),
    ]);
    const { snapshot } = await readKnowledge({
      repository,
      at: 'main',
      now: NOW,
    });
    expect(snapshot.now).toBe(Date.parse(NOW) / 1000);
  });

  it('tells how far it is', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }),
      commit(bob, { 'b.ts': '1' }),
    ]);
    const told: number[] = [];
    await readKnowledge(
      { repository, now: NOW },
      { onProgress: ({ commits }) => told.push(commits) },
    );
    expect(told.at(-1)).toBe(2);
  });

  it.each(['soon', ''])('refuses %j as the instant of a reading', async now => {
    await expect(
      readKnowledge({ repository: repositories.create(), now }),
    ).rejects.toMatchObject({ name: 'ZodError' });
  });

  it('gives up when its time is over', async () => {
    const repository = repositories.create([commit(ann, { 'a.ts': '1' })]);
    await expect(
      readKnowledge({ repository, now: NOW, limits: { seconds: 0.000001 } }),
    ).rejects.toMatchObject({ code: 'timeout' });
  });
});

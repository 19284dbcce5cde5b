import { ann, bob, commit, lines } from '../__testUtils__/commits';
import { NOW } from '../__testUtils__/reading';
import { git, useRepositories } from '../__testUtils__/repositories';
import { ModelRequest, modelRequestSchema, readModel } from './readModel';

const repositories = useRepositories();

describe('readModel', () => {
  const made = () =>
    repositories.create([
      commit(ann, { 'src/a.js': lines('a'), 'src/b.js': lines('b') }),
      commit(bob, { 'lib/c.js': lines('c'), 'README.md': 'x' }),
    ]);

  it.each(['avelino2016', 'jetbrains2023', 'doe'] as const)(
    'tells the authors of files, and who is removed, by %s',
    async model => {
      const repository = made();
      const reading = await readModel({ repository, model, now: NOW });
      expect(reading).toMatchObject({
        head: git(repository, ['rev-parse', 'main']).trim(),
        problems: [],
        commits: 2,
        paths: ['README.md', 'lib/c.js', 'src/a.js', 'src/b.js'],
      });
      expect(reading.people).toHaveLength(2);
      const [a] = reading.authors[reading.files.indexOf('src/a.js')];
      const { removal, factor, files } = reading.absenceFactorOf(path =>
        path.endsWith('.js'),
      );
      expect(removal).toEqual([
        { person: reading.people[a], files: 2 },
        { person: reading.people[1 - a], files: 1 },
      ]);
      expect({ factor, files }).toEqual({ factor: 1, files: 3 });
      expect(
        reading.absenceFactorOf(path => path.startsWith('lib/')).removal,
      ).toEqual([{ person: reading.people[1 - a], files: 1 }]);
    },
  );

  it('goes on from a state', async () => {
    const repository = made();
    const request: ModelRequest = {
      repository,
      model: 'avelino2016',
      now: NOW,
      state: `${repositories.folder()}/state`,
    };
    const at = git(repository, ['rev-parse', 'main~1']).trim();
    await readModel({ ...request, at });
    const { authors, files } = await readModel(request);
    expect(files).toEqual(['lib/c.js', 'src/a.js', 'src/b.js']);
    expect(authors).toEqual([[1], [0], [0]]);
  });

  it('ends when its time is up, and when it is told to', async () => {
    const request: ModelRequest = {
      repository: made(),
      model: 'jetbrains2023',
      now: NOW,
    };
    await expect(
      readModel({ ...request, limits: { seconds: 0.000001 } }),
    ).rejects.toMatchObject({ code: 'timeout' });
    await expect(
      readModel(request, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('a request for a model', () => {
  const IDENTITIES = [
    { email: ann.email, personId: 'ann', active: true },
  ] as const;

  it.each<[ModelRequest['model'], Partial<ModelRequest>, string | undefined]>([
    ['doe', { identities: [...IDENTITIES], bots: ['x'] }, undefined],
    ['doe', { include: ['*'], exclude: ['*'] }, undefined],
    ['avelino2016', { include: ['*'], exclude: ['*'] }, undefined],
    ['avelino2016', { bots: [], identities: [] }, undefined],
    ['avelino2016', { identities: [...IDENTITIES] }, 'identities'],
    ['avelino2016', { bots: ['x'] }, 'bots'],
    ['jetbrains2023', { include: ['*'] }, 'include'],
    ['jetbrains2023', { exclude: ['*'] }, 'exclude'],
  ])('%s may have %j, but for %s', (model, request, refused) => {
    const parsed = modelRequestSchema.safeParse({
      repository: '/x',
      now: NOW,
      model,
      ...request,
    });
    expect(
      parsed.error?.issues.map(({ path, message }) => [path, message]),
    ).toEqual(
      refused && [
        [[refused], `${model} has its own rules: leave ${refused} out`],
      ],
    );
  });
});

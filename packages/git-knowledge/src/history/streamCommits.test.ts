import { ann, bob, commit, day, dayText } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { HistoryCommit, streamCommits } from './streamCommits';

const repositories = useRepositories();

async function collect(commits: AsyncIterable<HistoryCommit>) {
  const collected: HistoryCommit[] = [];
  for await (const one of commits) {
    collected.push(one);
  }
  return collected;
}

function create(): string {
  return repositories.create([
    commit(ann, { 'a.ts': '1\n', 'b.ts': '2\n' }),
    commit(ann, { 'c.ts': '3\n' }, { branch: 'side', from: 'main' }),
    commit(
      bob,
      { 'b.ts': undefined },
      {
        moves: { 'a.ts': 'ä b.ts' },
        message:
          'Move\n\nCo-authored-by: Cem <cem@x>\nReviewed-by: Dan <dan@x>\nAssisted-by: Some model\n',
        committedAt: day(5),
      },
    ),
    commit(bob, {}, { merges: 'side' }),
  ]);
}

describe('streamCommits', () => {
  it('tells of commits as they say it, the newest first', async () => {
    const repository = create();
    const hashOf = (name: string) =>
      git(repository, ['rev-parse', name]).trim();
    const alone = { coAuthors: [], reviewers: [], assistants: [] };
    const commits = await collect(streamCommits({ repository }));
    expect(commits).toEqual([
      {
        hash: hashOf('main'),
        parents: [hashOf('main~1'), hashOf('side')],
        author: bob,
        authoredAt: dayText(3),
        committedAt: dayText(3),
        ...alone,
        changes: [],
        isCut: false,
      },
      {
        hash: hashOf('main~1'),
        parents: [hashOf('main~2')],
        author: bob,
        authoredAt: dayText(2),
        committedAt: dayText(5),
        coAuthors: [{ name: 'Cem', email: 'cem@x' }],
        reviewers: [{ name: 'Dan', email: 'dan@x' }],
        assistants: [{ name: 'Some model', email: '' }],
        changes: [
          { status: 'D', path: 'b.ts' },
          { status: 'R', path: 'ä b.ts', from: 'a.ts' },
        ],
        isCut: false,
      },
      {
        hash: hashOf('side'),
        parents: [hashOf('main~2')],
        author: ann,
        authoredAt: dayText(1),
        committedAt: dayText(1),
        ...alone,
        changes: [{ status: 'A', path: 'c.ts' }],
        isCut: false,
      },
      {
        hash: hashOf('main~2'),
        parents: [],
        author: ann,
        authoredAt: dayText(0),
        committedAt: dayText(0),
        ...alone,
        changes: [
          { status: 'A', path: 'a.ts' },
          { status: 'A', path: 'b.ts' },
        ],
        isCut: false,
      },
    ]);
  });

  it('begins and ends where it is told', async () => {
    const repository = create();
    const hashes = async (request: object) =>
      (await collect(streamCommits({ repository, ...request }))).map(
        one => one.hash,
      );
    const list = (...args: string[]) =>
      git(repository, ['rev-list', ...args])
        .split('\n')
        .filter(Boolean);
    expect(await hashes({ at: 'side' })).toEqual(list('side'));
    expect(await hashes({ since: 'side' })).toEqual(list('main', '^side'));
    expect(await hashes({ since: 'main' })).toEqual([]);
    expect(await hashes({ at: '2024-01-01' })).toEqual(list('main~2'));
    expect(await hashes({ limits: { commits: 2 } })).toEqual(
      list('-2', 'main'),
    );
  });

  it('leaves out what is beyond its limits, and says so', async () => {
    const repository = repositories.create([
      commit(ann, { a: '1', b: '1', [`${'x'.repeat(50)}`]: '1' }),
      commit(ann, { a: '2' }),
    ]);
    const told = async (limits: object) =>
      (await collect(streamCommits({ repository, limits }))).map(one => [
        one.changes.map(({ path }) => path),
        one.isCut,
      ]);
    expect(await told({ filesPerCommit: 1 })).toEqual([
      [['a'], false],
      [['a'], true],
    ]);
    expect(await told({ pathLength: 10 })).toEqual([
      [['a'], false],
      [['a', 'b'], true],
    ]);
  });

  it('ends when it is stopped', async () => {
    const repository = repositories.create(
      Array.from({ length: 3000 }, (_, n) => commit(ann, { a: `${n}` })),
    );
    const stop = new AbortController();
    const { signal } = stop;
    let told = 0;
    const all = (async () => {
      for await (const one of streamCommits({ repository }, { signal })) {
        told += one.changes.length;
        stop.abort();
      }
    })();
    await expect(all).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'aborted',
    });
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(3000);
  });

  it.each([
    [{ at: 'nowhere' }, { name: 'GitKnowledgeError', code: 'unknown-ref' }],
    [{ since: '--all' }, { name: 'GitKnowledgeError', code: 'unknown-ref' }],
    [{ limits: { commits: 0 } }, { name: 'ZodError' }],
    [{ colour: 'red' }, { name: 'ZodError' }],
  ])('refuses %j', async (request, error) => {
    await expect(
      collect(streamCommits({ repository: create(), ...request })),
    ).rejects.toMatchObject(error);
  });
});

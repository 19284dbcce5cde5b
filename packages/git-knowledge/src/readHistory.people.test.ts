import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestCommit, ann, bob, commit } from './__testUtils__/commits';
import { read } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';

const repositories = useRepositories();

/** Commits per person after these commits, by name and addresses. */
async function peopleAfter(
  commits: readonly TestCommit[],
  options: Parameters<typeof read>[1] = {},
) {
  const { territory } = await read(repositories.create(commits), options);
  return territory.people.map(({ name, emails, commits: count }) => [
    name,
    emails.join(' '),
    count,
  ]);
}

describe('people', () => {
  it('takes one address for one person, and a name for nobody', async () => {
    expect(
      await peopleAfter([
        commit(ann, { 'a.ts': '1' }),
        commit({ name: 'Ann S.', email: 'ANN@example.com' }, { 'a.ts': '2' }),
        commit({ name: 'Ann', email: 'ann@example.org' }, { 'a.ts': '3' }),
        commit({ name: 'Sam', email: '' }, { 'a.ts': '4' }),
        commit({ name: 'Tom', email: '' }, { 'a.ts': '5' }),
      ]),
    ).toEqual([
      ['Tom', '', 1],
      ['Sam', '', 1],
      ['Ann', 'ann@example.org', 1],
      ['Ann S.', 'ann@example.com', 2],
    ]);
  });

  it("joins GitHub's addresses of one login", async () => {
    const of = (name: string, user: string) => ({
      name,
      email: `${user}@users.noreply.github.com`,
    });
    expect(
      await peopleAfter([
        commit(of('Ann', '12+AnnS'), { 'a.ts': '1' }),
        commit(of('ann', 'anns'), { 'a.ts': '2' }),
        commit(of('Ann', '12+anna'), { 'a.ts': '3' }),
      ]),
    ).toMatchObject([
      ['Ann', '12+anna@users.noreply.github.com', 1],
      ['ann', expect.stringContaining('12+anns@'), 2],
    ]);
  });

  it('tells apart the addresses that it is told to, and counts one person', async () => {
    const commits = [
      commit(ann, { 'a.ts': '1', 'b.ts': '1' }),
      commit({ name: 'A', email: 'ann@home.example' }, { 'c.ts': '1' }),
      commit(bob, { 'd.ts': '1' }),
    ];
    const repository = repositories.create(commits);
    const identities = [
      { email: ann.email, personId: 'ann', active: true },
      { email: 'ann@home.example', personId: 'ann', active: true, apart: true },
    ];
    const { territory } = await read(repository, { identities });
    expect(
      territory.people.map(one => [
        one.personId,
        one.emails.join(),
        one.active,
      ]),
    ).toEqual([
      [undefined, bob.email, false],
      ['ann', 'ann@home.example', true],
      ['ann', ann.email, true],
    ]);
    // Without her, one of four files has an author.
    expect(territory.absenceFactor.allTime).toMatchObject({ factor: 1 });
    expect(territory.absenceFactor.present).toMatchObject({ factor: 1 });
  });

  it('joins the addresses that it is told, under the newest name', async () => {
    const { territory } = await read(
      repositories.create([
        commit(ann, { 'a.ts': '1' }),
        commit({ name: 'A. S.', email: 'ann@home.example' }, { 'a.ts': '2' }),
        commit(bob, { 'b.ts': '1' }),
      ]),
      {
        identities: [
          { email: 'ann@example.com', personId: 'ann', active: true },
          { email: 'Ann@Home.example', personId: 'ann', active: true },
          { email: 'bob@example.com', personId: 'bob', active: false },
        ],
      },
    );
    expect(territory.people).toMatchObject([
      { personId: 'bob', name: 'Bob' },
      {
        personId: 'ann',
        name: 'A. S.',
        emails: ['ann@example.com', 'ann@home.example'],
        commits: 2,
      },
    ]);
    // Both are authors of one file. Bob has left, and half is not under half.
    expect(territory.absenceFactor).toMatchObject({
      allTime: { factor: 2 },
      present: { factor: 1, coverageAtStop: 0 },
    });
  });

  describe('and .mailmap', () => {
    const commits = [
      commit(ann, {
        'a.ts': '1',
        '.mailmap': 'Ann Smith <ann@example.com> <ann@old.example>\n',
      }),
      commit({ name: 'annie', email: 'ann@old.example' }, { 'a.ts': '2' }),
    ];
    const joined = [expect.objectContaining({ name: 'Ann Smith', commits: 2 })];

    it('honours it as it is committed, without a work tree', async () => {
      const { territory } = await read(repositories.create(commits));
      expect(territory.people).toEqual(joined);
    });

    it('honours it in a bare repository', async () => {
      const { territory } = await read(
        repositories.create(commits, { init: ['--bare'] }),
      );
      expect(territory.people).toEqual(joined);
    });

    it('honours it in a work tree', async () => {
      const repository = repositories.create(commits);
      git(repository, ['reset', '--quiet', '--hard']);
      expect(readFileSync(join(repository, 'a.ts'), 'utf8')).toBe('2');
      const { territory } = await read(repository);
      expect(territory.people).toEqual(joined);
    });
  });
});

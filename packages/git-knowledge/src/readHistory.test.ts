import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  TestPerson,
  ann,
  bob,
  cem,
  commit,
  dayText,
  lines,
} from './__testUtils__/commits';
import { filesOf, read } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';

const repositories = useRepositories();
const a = lines('a');
const robot: TestPerson = { name: 'robot[bot]', email: 'robot@example.com' };

describe('readHistory', () => {
  it('tells who created and changed a file, and when', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': 'one' }),
      commit(bob, { 'a.ts': 'two' }),
    ]);
    const { territory, territories, ...answer } = await read(repository);
    const head = git(repository, ['rev-parse', 'main']).trim();
    expect(answer).toEqual({
      head,
      headAt: dayText(1),
      commits: 2,
      bots: [],
      shallow: false,
      problems: [],
    });
    expect(territory).toEqual({
      id: 'all',
      files: 1,
      paths: ['a.ts'],
      knownBy: [[1, 0]],
      lastChangeAt: dayText(1),
      lastChangeCommit: head,
      // Ann: 4.391 - 0.321 ln 2 = 4.168; Bob: 3.457, which is 0.83 of it.
      absenceFactor: {
        allTime: { factor: 2, files: 1, coverageAtStop: 0 },
        // Bob's change is a year old and weighs 0.19: Ann 4.335, Bob 3.324 of it.
        present: { factor: 2, files: 1, coverageAtStop: 0 },
      },
      authorship: [{ authors: [0, 1], files: 1 }],
      assistedCommits: 0,
      reviewers: [],
      documents: [],
      people: [
        {
          personId: undefined,
          name: 'Bob',
          emails: ['bob@example.com'],
          active: true,
          commits: 1,
          firstAt: dayText(1),
          latestAt: dayText(1),
          latestCommit: head,
          knownFiles: 1,
          authoredFiles: 1,
        },
        expect.objectContaining({ name: 'Ann', latestAt: dayText(0) }),
      ],
    });
  });

  it('follows renames, and when asked to also those of changed files', async () => {
    const repository = repositories.create([
      commit(ann, { 'old/a.ts': a, 'old/b.ts': lines('b') }),
      commit(bob, {}, { moves: { 'old/b.ts': 'new/b.ts' } }),
      commit(bob, { 'old/a.ts': undefined, 'new/a.ts': `${a}more\n` }),
    ]);
    const exact = await read(repository);
    expect(filesOf(exact.territory)).toEqual({ Ann: [1, 1], Bob: [2, 2] });
    const { territory } = await read(repository, { renames: 'similar' });
    // Ann is still the creator of both; Bob's rename is one change.
    expect(filesOf(territory)).toEqual({ Ann: [2, 2], Bob: [2, 2] });
    expect(territory.people).toMatchObject([{ name: 'Bob', commits: 2 }, {}]);
  });

  it('counts merges as nothing, even those that change something', async () => {
    const { commits, territory } = await read(
      repositories.create([
        commit(ann, { 'a.ts': 'one' }),
        commit(bob, { 'b.ts': 'two' }, { branch: 'side', from: 'main' }),
        commit(
          cem,
          { 'a.ts': 'three', 'b.ts': 'two', 'c.ts': 'c' },
          { merges: 'side' },
        ),
      ]),
    );
    expect(territory.people).toMatchObject([
      { name: 'Bob', commits: 1 },
      { name: 'Ann', commits: 1 },
    ]);
    expect(territory.files).toBe(3);
    expect(commits).toBe(2);
  });

  it('reads parents before children, whatever times they claim', async () => {
    const { territory } = await read(
      repositories.create([
        commit(ann, { 'a.ts': a }, { at: 5 }),
        commit(
          bob,
          { 'a.ts': `${a}x\n` },
          { at: 1, branch: 'side', from: 'main' },
        ),
        commit(cem, { 'c.ts': 'c' }, { at: 9 }),
        commit(cem, { 'a.ts': `${a}x\n` }, { at: 10, merges: 'side' }),
      ]),
    );
    expect(filesOf(territory)).toEqual({
      Ann: [1, 1],
      Bob: [1, 1],
      Cem: [1, 1],
    });
  });

  it('leaves out bots, and follows what they move', async () => {
    const { commits, territory } = await read(
      repositories.create([
        commit(ann, { 'a.ts': a }),
        commit(robot, { 'a.ts': `${a}x\n`, 'b.ts': 'b' }),
        commit({ name: 'CI', email: 'ci@example.com' }, { 'a.ts': `${a}y\n` }),
        commit(robot, {}, { moves: { 'a.ts': 'moved.ts' } }),
      ]),
      { bots: ['CI@example.com'] },
    );
    expect(commits).toBe(1);
    expect(territory).toMatchObject({ files: 2, lastChangeAt: dayText(0) });
    expect(filesOf(territory)).toEqual({ Ann: [1, 1] });
    // b.ts has no author, so without Ann none of two files has one.
    expect(territory.absenceFactor.allTime).toMatchObject({ factor: 1 });
  });

  it('leaves out what linguist or .gitattributes leave out', async () => {
    const { territory } = await read(
      repositories.create([
        commit(ann, {
          'src/a.ts': '1',
          'README.md': '1',
          'yarn.lock': '1',
          'vendor/x.js': '1',
          'src/made.ts': '1',
          'docs/tool.py': '1',
          '.gitattributes':
            'src/made.ts linguist-generated\ndocs/*.py -linguist-documentation\n',
        }),
      ]),
      { paths: ['src', 'docs', 'vendor', 'yarn.lock'] },
    );
    expect(territory.files).toBe(2);
    expect(territory.paths).toHaveLength(5);
    expect(territory.people).toMatchObject([{ knownFiles: 2 }]);
  });

  it('reads what is committed, and nothing of the work tree', async () => {
    const repository = repositories.create([commit(ann, { 'a.ts': '1' })]);
    const before = await read(repository);
    git(repository, ['reset', '--quiet', '--hard']);
    writeFileSync(join(repository, 'a.ts'), 'changed');
    writeFileSync(join(repository, 'b.ts'), 'new');
    writeFileSync(join(repository, '.gitattributes'), '* linguist-generated');
    expect(await read(repository)).toEqual(before);
  });

  it('reads the branch, tag or commit that it is asked about', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }),
      commit(bob, { 'b.ts': '1' }, { branch: 'side', from: 'main' }),
    ]);
    const pathsAt = async (ref?: string) =>
      (await read(repository, { at: ref })).territory.paths;
    expect(await pathsAt()).toEqual(['a.ts']);
    expect(await pathsAt('side')).toEqual(['a.ts', 'b.ts']);
  });
});

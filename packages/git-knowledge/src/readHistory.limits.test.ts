import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, dayText, lines } from './__testUtils__/commits';
import { hangingPipe } from './__testUtils__/hangingPipe';
import { filesOf, read, requestFor } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';
import { readHistory } from './readHistory';

const repositories = useRepositories();

const COMMITS = [
  commit(ann, { 'a.ts': lines('a'), 'README.md': '# One\n' }),
  commit(ann, { 'b.ts': lines('b') }),
  commit(bob, { 'a.ts': `${lines('a')}more\n` }),
  commit(bob, {}, { moves: { 'b.ts': 'c.ts' } }),
];
const DOCUMENTS = { documents: ['**/*.md'] };

/** A clone of that kind; what it was cloned from is gone. */
function cloneOf(option: string, commits = COMMITS): string {
  const repository = repositories.create(commits);
  git(repository, ['config', 'uploadpack.allowFilter', 'true']);
  const folder = repositories.folder();
  git(folder, [
    ...['clone', '--quiet', '--no-checkout', option],
    ...[`file://${repository}`, 'clone'],
  ]);
  rmSync(repository, { recursive: true });
  return join(folder, 'clone');
}

describe('limits', () => {
  it('read the newest commits only, and say so', async () => {
    const repository = repositories.create(COMMITS);
    const { commits, problems, territory } = await read(repository, {
      limits: { commits: 2 },
    });
    expect(commits).toBe(2);
    expect(problems).toEqual([
      {
        code: 'commit-limit',
        message: 'Only the newest 2 commits were read.',
      },
    ]);
    // Who created the files cannot be seen.
    expect(filesOf(territory)).toEqual({ Bob: [2, 2] });
  });

  it.each([4, 5])('say nothing of %d commits when there are 4', async limit => {
    const { commits, problems } = await read(repositories.create(COMMITS), {
      limits: { commits: limit },
    });
    expect(commits).toBe(4);
    expect(problems).toEqual([]);
  });

  it('take a document beyond them as of its newest change', async () => {
    const repository = repositories.create([
      commit(ann, { 'README.md': 'one\n', 'a.ts': '1' }),
      commit(ann, { 'README.md': ' one\n' }),
      commit(bob, { 'a.ts': '2' }),
    ]);
    const { territory } = await read(repository, {
      ...DOCUMENTS,
      limits: { commits: 2 },
    });
    expect(territory.documents).toMatchObject([
      { contentChangedAt: dayText(1), changesSince: 1 },
    ]);
  });

  it('leave out what is beyond them in a commit, and say so', async () => {
    const long = 'x'.repeat(20);
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1', 'b.ts': '1', 'c.ts': '1', [long]: '1' }),
      commit(bob, { 'a.ts': '2' }),
    ]);
    const { problems, territory } = await read(repository, {
      limits: { filesPerCommit: 2, pathLength: 10 },
    });
    expect(problems).toEqual([
      {
        code: 'large-commit',
        message:
          '1 commits change over 2 files, or paths over 10 characters; what is beyond that was not counted.',
      },
    ]);
    expect(territory.files).toBe(4);
    expect(filesOf(territory)).toEqual({ Ann: [2, 2], Bob: [1, 1] });
  });

  it('list no more paths than allowed, and count all', async () => {
    const { territory } = await read(repositories.create(COMMITS), {
      limits: { listedPaths: 1 },
    });
    expect(territory).toMatchObject({ files: 2, paths: ['README.md'] });
  });

  it.each([
    { seconds: 0 },
    { seconds: 1e12 },
    { commits: 0 },
    { commits: 1.5 },
    { filesPerCommit: -1 },
    { pathLength: NaN },
    { colour: 'red' },
  ])('are refused as %j', async limits => {
    await expect(
      read(repositories.create(COMMITS), { limits: limits as object }),
    ).rejects.toMatchObject({ name: 'ZodError' });
  });

  it('give up a reading that takes too long', async () => {
    const repository = repositories.create(COMMITS);
    const pipe = hangingPipe(repository);
    const reading = read(repository, { limits: { seconds: 2 } });
    const hanging = await pipe.reached();
    await expect(reading).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'timeout',
      message: `Reading ${repository} took more than 2 seconds and was given up: raise the limit.`,
    });
    expect(hanging.isLeft()).toBe(true);
  });

  it('end a reading that is stopped, with its git', async () => {
    const repository = repositories.create(COMMITS);
    const pipe = hangingPipe(repository);
    const stop = new AbortController();
    const reading = readHistory(requestFor(repository), {
      signal: stop.signal,
    });
    const hanging = await pipe.reached();
    stop.abort(new Error('whatever'));
    await expect(reading).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'aborted',
    });
    expect(hanging.isLeft()).toBe(true);
  });

  it('do not begin when stopped already', async () => {
    await expect(
      readHistory(requestFor(repositories.create(COMMITS)), {
        signal: AbortSignal.abort(),
      }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('a clone that lacks something', () => {
  it('is read as far as a shallow one goes', async () => {
    const { commits, shallow, problems, territory } = await read(
      cloneOf('--depth=2'),
      DOCUMENTS,
    );
    expect({ commits, shallow, problems }).toEqual({
      commits: 2,
      shallow: true,
      problems: [
        {
          code: 'shallow',
          message:
            'The clone is shallow, so older authors cannot be seen: run git fetch --unshallow.',
        },
      ],
    });
    // All files look new in the commit where it was cut; nobody is their creator.
    expect(filesOf(territory)).toEqual({ Bob: [1, 1] });
    expect(territory.documents).toMatchObject([
      { path: 'README.md', title: 'One', contentChangedAt: dayText(2) },
    ]);
  });

  it('is read without the contents that a partial one lacks', async () => {
    const changedName = { 'c.ts': undefined, 'd.ts': `${lines('b')}more\n` };
    const { commits, problems, territory } = await read(
      cloneOf('--filter=blob:none', [...COMMITS, commit(bob, changedName)]),
      DOCUMENTS,
    );
    expect({ commits, problems }).toEqual({
      commits: 5,
      problems: [
        {
          code: 'partial',
          message:
            'The clone lacks file contents, so only exact renames were followed and documents were not compared: clone without --filter.',
        },
      ],
    });
    // To see that c.ts became d.ts takes contents, so that d.ts is Bob's alone.
    expect(filesOf(territory)).toEqual({ Ann: [1, 1], Bob: [2, 2] });
    expect(territory.documents).toMatchObject([
      { contentChangedAt: dayText(0), changesSince: 0, brokenCitations: [] },
    ]);
  });

  it('is refused when it lacks folders', async () => {
    await expect(read(cloneOf('--filter=tree:0'))).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
    });
  });
});

import childProcess from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ann, commit } from '../__testUtils__/commits';
import { hangingPipe } from '../__testUtils__/hangingPipe';
import { git, useRepositories } from '../__testUtils__/repositories';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { runGit, streamGits } from './git';

const repositories = useRepositories();

async function print(repository: string, ...args: string[]): Promise<string> {
  return (await runGit(repository, args)).toString('utf8').trim();
}

describe('runGit', () => {
  it('returns what git prints', async () => {
    const repository = repositories.create([commit(ann, { 'a.ts': 'one' })]);
    expect(await print(repository, 'show', 'main:a.ts')).toBe('one');
  });

  it.each(['a "quoted" \'one\'', ' leading', 'täb\t', 'line\nbreak', '$(id)'])(
    'works in a folder named %j',
    async name => {
      const folder = join(repositories.folder(), name);
      mkdirSync(folder);
      git(folder, ['init', '--quiet']);
      expect(await print(folder, 'rev-parse', '--git-dir')).toBe('.git');
    },
  );

  it.each([
    ['not-found', 'a folder that is not there', () => '/nowhere/at/all'],
    ['not-found', 'a path with a NUL', () => `${repositories.folder()}\0`],
    ['not-a-repository', 'an empty folder', () => repositories.folder()],
    [
      'not-a-repository',
      'a file',
      () => {
        const file = join(repositories.folder(), 'file');
        writeFileSync(file, '');
        return file;
      },
    ],
    [
      'not-a-repository',
      'a folder inside of a repository',
      () => {
        const folder = join(repositories.create(), 'clone-that-failed');
        mkdirSync(folder);
        return folder;
      },
    ],
  ])('says %s of %s', async (code, _, make) => {
    const repository = make();
    const error = await runGit(repository, ['status']).catch(e => e);
    expect(error).toBeInstanceOf(GitKnowledgeError);
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(repository);
  });

  it("tells git's own last words when it fails", async () => {
    const repository = repositories.create();
    await expect(runGit(repository, ['log'])).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
      message: expect.stringMatching(
        /^git could not read .*: fatal: your current branch 'main' does not have/,
      ),
    });
  });

  it('takes no more output than allowed', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': 'x'.repeat(100_000) }),
    ]);
    const show = (maxBytes: number) =>
      runGit(repository, ['show', 'main:a.ts'], { maxBytes });
    expect(await show(100_000)).toHaveLength(100_000);
    await expect(show(99_999)).rejects.toMatchObject({ code: 'too-large' });
  });

  it("lets none of the caller's git variables through", async () => {
    const repository = repositories.create([commit(ann, { 'a.ts': 'one' })]);
    const other = repositories.create();
    const before = { ...process.env };
    process.env.GIT_DIR = join(other, '.git');
    process.env.GIT_WORK_TREE = other;
    process.env.GIT_TRACE = join(other, 'trace');
    try {
      expect(await print(repository, 'show', 'main:a.ts')).toBe('one');
    } finally {
      process.env = before;
    }
    expect(git(other, ['status', '--short', '--untracked-files'])).toBe('');
  });

  it('does not begin when it is stopped already', async () => {
    await expect(
      runGit('/nowhere', ['log'], { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });

  it('ends a git that hangs, when it is stopped', async () => {
    const repository = repositories.create([commit(ann, { 'a.ts': 'one' })]);
    const pipe = hangingPipe(repository);
    const stop = new AbortController();
    const log = runGit(repository, ['log', '--mailmap'], {
      signal: stop.signal,
    });
    const hanging = await pipe.reached();
    stop.abort();
    await expect(log).rejects.toMatchObject({ code: 'aborted' });
    expect(hanging.isLeft()).toBe(true);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'is stopped when git alone gets %s, before we do',
    async killedBy => {
      const repository = repositories.create([commit(ann, { 'a.ts': 'one' })]);
      const pipe = hangingPipe(repository);
      const spawned = jest.spyOn(childProcess, 'spawn');
      const log = runGit(repository, ['log', '--mailmap']);
      const hanging = await pipe.reached();
      spawned.mock.results[0].value.kill(killedBy);
      spawned.mockRestore();
      await expect(log).rejects.toMatchObject({ code: 'aborted' });
      expect(hanging.isLeft()).toBe(true);
    },
  );
});

describe('streamGits', () => {
  const COMMITS = Array.from({ length: 3 }, (_, number) =>
    commit(ann, { 'a.ts': `${number}`, [`${number} 'x'\n`]: '' }),
  );
  const collect = (output: AsyncIterable<Buffer>) =>
    text(Readable.from(output, { objectMode: true }));
  const failure = (output: AsyncIterable<Buffer>) =>
    collect(output).then(
      () => undefined,
      error => error,
    );

  it('yields what each of two prints', async () => {
    const repository = repositories.create(COMMITS);
    const commands = [
      ['log', '--format=%H %an', '--end-of-options', 'main', '--'],
      ['ls-tree', '-r', '-z', 'main'],
    ] as const;
    const both = streamGits(repository, commands);
    // What has ended before anybody reads it is still there.
    await sleep(200);
    for (const [index, output] of both.entries()) {
      expect(await collect(output)).toBe(git(repository, commands[index]));
    }
  });

  it.each([0, 1])('tells of a failure of number %d only', async failing => {
    const repository = repositories.create(COMMITS);
    const commands = [
      ['rev-parse', 'main'],
      ['rev-parse', 'main'],
    ] as const;
    const outputs = streamGits(repository, [
      failing === 0 ? ['cat-file', '-p', 'none'] : commands[0],
      failing === 1 ? ['cat-file', '-p', 'none'] : commands[1],
    ]);
    const [first, second] = await Promise.all(outputs.map(failure));
    expect([first, second][1 - failing]).toBeUndefined();
    expect([first, second][failing]).toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
      message: expect.stringContaining('fatal: Not a valid object name none'),
    });
  });

  it.each([0, 1])('says of number %d that it is no repository', async place => {
    const outputs = streamGits(repositories.folder(), [
      ['log', '--'],
      ['ls-tree', 'main'],
    ]);
    const errors = await Promise.all(outputs.map(failure));
    expect(errors[place]).toMatchObject({ code: 'not-a-repository' });
  });

  it.each([0, 1])('ends number %d that hangs, when stopped', async hanging => {
    const repository = repositories.create(COMMITS);
    const pipe = hangingPipe(repository);
    const stop = new AbortController();
    const hangs = ['log', '--mailmap'];
    const outputs = streamGits(
      repository,
      hanging === 0 ? [hangs, ['ls-tree', 'main']] : [['log'], hangs],
      { signal: stop.signal },
    );
    const errors = Promise.all(outputs.map(failure));
    const reached = await pipe.reached();
    stop.abort();
    expect((await errors)[hanging]).toMatchObject({ code: 'aborted' });
    expect(reached.isLeft()).toBe(true);
  });

  it('ends both when nobody came to read them', async () => {
    const repository = repositories.create(COMMITS);
    const pipe = hangingPipe(repository);
    const stop = new AbortController();
    const { signal } = stop;
    streamGits(repository, [['log'], ['log', '--mailmap']], { signal });
    const reached = await pipe.reached();
    stop.abort();
    await sleep(100);
    expect(reached.isLeft()).toBe(true);
  });
});

import childProcess from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ann, commit } from '../__testUtils__/commits';
import { hangingPipe } from '../__testUtils__/hangingPipe';
import { git, useRepositories } from '../__testUtils__/repositories';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { runGit } from './git';

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

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { hangingPipe } from '../__testUtils__/hangingPipe';
import { git, useRepositories } from '../__testUtils__/repositories';
import { COMMANDS } from './commands';
import { history, run, runIn } from './__testUtils__/running';

const repositories = useRepositories();
const PROGRAM = join(__dirname, '../../bin/git-knowledge');

const create = () => repositories.create(history());

describe('the program', () => {
  function start(cwd: string, args: readonly string[], env = {}, uid?: number) {
    return new Promise<{ code: unknown; out: string; err: string }>(resolve => {
      execFile(
        process.execPath,
        [PROGRAM, ...args],
        { cwd, env: { PATH: process.env.PATH, ...env }, uid },
        (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
      );
    });
  }

  it.each(COMMANDS)(
    'prints and ends like the function: $name',
    async ({ name }) => {
      const repository = create();
      mkdirSync(join(repository, 'folder'));
      const operand = { who: ['..'], leave: ['bob'] }[name] ?? [];
      const args = [name, ...operand, '--json', '--at=2024-12-30'];
      const cwd = join(repository, 'folder');
      expect(await start(cwd, args)).toEqual(await runIn(cwd, args));
    },
  );

  it('ends with 1, 2 and 3', async () => {
    const bound = ['absence-factor', '--fail-under=9'];
    expect(await start(create(), bound)).toMatchObject({ code: 1 });
    expect(await start('/', [])).toEqual(await run());
    expect(await start(repositories.folder(), ['authors'])).toMatchObject({
      code: 3,
    });
  });

  it.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ NO_COLOR: '1' }, false],
  ])('has colours in a pipe where they are wanted: %j', async (env, has) => {
    const { code, out, err } = await start(create(), ['authors'], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.includes('\u001b[1m')).toBe(has);
  });

  it('ends quietly when nobody reads on', async () => {
    const child = execFile(process.execPath, [PROGRAM, 'authors'], {
      cwd: create(),
    });
    child.stdout?.destroy();
    const [[code], err] = await Promise.all([
      once(child, 'exit'),
      text(child.stderr ?? Readable.from([])),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it.each([
    ['the folder', () => '.'],
    ['a commit', (head: string) => `.git/objects/${head.slice(0, 2)}`],
  ])('says so when this user may not read %s', async (_, pathOf) => {
    const repository = create();
    const head = git(repository, ['rev-parse', 'main']);
    const closed = join(repository, pathOf(head));
    chmodSync(join(repository, '..'), 0o755);
    chmodSync(closed, 0);
    // Root may read everything.
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    const args = ['authors', '--repository', repository];
    const found = await start('/', args, {}, uid);
    chmodSync(closed, 0o755);
    expect(found).toEqual({
      code: 3,
      out: '',
      err: `git-knowledge: This user may not read ${repository}, or something in it: change its permissions, or call this as its owner.\n`,
    });
  });

  it('says so when its answer cannot be written', async () => {
    // What cannot be written to is as good as a full disk, and every system has it.
    const readOnly = openSync(PROGRAM, 'r');
    const child = spawn(process.execPath, [PROGRAM, '--help'], {
      stdio: ['ignore', readOnly, 'pipe'],
    });
    closeSync(readOnly);
    const ended = once(child, 'exit');
    expect(await text(child.stderr ?? Readable.from([]))).toBe(
      'git-knowledge: The answer could not be written (EBADF): make room, or write it elsewhere.\n',
    );
    expect(await ended).toEqual([3, null]);
  });

  it('ends as it should when nobody reads what it complains of', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'nonsense'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.destroy();
    expect(await once(child, 'exit')).toEqual([2, null]);
  });

  it('says so when git is missing', async () => {
    const env = { PATH: repositories.folder() };
    expect(await start(create(), ['authors'], env)).toEqual({
      code: 3,
      out: '',
      err: 'git-knowledge: git is not installed on this machine: install git 2.31 or newer.\n',
    });
  });

  it('is interrupted together with its git', async () => {
    const repository = create();
    const pipe = hangingPipe(repository);
    // A group of its own, as a shell gives it.
    const child = spawn(process.execPath, [PROGRAM, 'authors'], {
      cwd: repository,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const hanging = await pipe.reached();
    process.kill(-(child.pid as number), 'SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(await said).toEqual(['', '']);
    expect(hanging.isLeft()).toBe(true);
  });
});

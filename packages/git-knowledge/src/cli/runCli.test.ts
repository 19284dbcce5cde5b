import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ann, bob, commit, lines } from '../__testUtils__/commits';
import { NOW, read } from '../__testUtils__/reading';
import { git, useRepositories } from '../__testUtils__/repositories';
import { runCli } from './runCli';

const repositories = useRepositories();
const PROGRAM = join(__dirname, '../../bin/git-knowledge');

/** What the command prints, and how it ends. */
async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    write: line => out.push(line),
    fail: line => err.push(line),
    now: new Date(NOW),
  });
  return { code, out: out.join(''), err: err.join('') };
}

function create(): string {
  return repositories.create([
    commit(ann, {
      'pay/a.ts': lines('a'),
      'pay/b.ts': lines('b'),
      'pay/README.md': '# Pay\n\nSee `b.ts` and `gone.ts`.\n',
      'pay/gone.ts': '1',
      'lib/c.ts': '1',
    }),
    commit(bob, { 'pay/gone.ts': undefined, 'pay/a.ts': `${lines('a')}//\n` }),
    commit(bob, { 'lib/c.ts': '2' }, { moves: { 'pay/b.ts': 'pay/d.ts' } }),
  ]);
}

describe('runCli', () => {
  it.each([[['--help']], [['-h']], [['read', 'x', '--help']]])(
    'explains itself with %j',
    async args => {
      const { code, out, err } = await run(...args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/^Usage: git-knowledge read <repository>/);
      for (const option of ['--path', '--docs', '--ref', '--json', '--help']) {
        expect(out).toContain(option);
      }
    },
  );

  it('prints what people want to know', async () => {
    const repository = create();
    const head = git(repository, ['rev-parse', 'main']).slice(0, 10);
    expect(
      await run('read', repository, '--path', 'pay', '--path=lib/'),
    ).toEqual({
      code: 0,
      err: '',
      out: [
        `3 commits up to ${head}`,
        '',
        'pay: 2 source files',
        '  contributor absence factor 2 (0 % of the files still have an author then)',
        '  Bob: author of 2 files, knows 2, last change 2024-01-03',
        '  Ann: author of 2 files, knows 2, last change 2024-01-01',
        '  pay/README.md: content of 2024-01-01, 1 significant change since in 1 of 2 files',
        '    line 3 cites b.ts, gone since 2024-01-03 (now pay/d.ts)',
        '    line 3 cites gone.ts, gone since 2024-01-02',
        '',
        'lib/: 1 source file',
        '  contributor absence factor 2 (0 % of the files still have an author then)',
        '  Bob: author of 1 file, knows 1, last change 2024-01-03',
        '  Ann: author of 1 file, knows 1, last change 2024-01-01',
        '',
      ].join('\n'),
    });
  });

  it('prints all of it as JSON', async () => {
    const repository = create();
    const { code, out } = await run('read', repository, '--json');
    expect(code).toBe(0);
    const { territory, ...answer } = await read(repository);
    expect(JSON.parse(out)).toEqual(
      JSON.parse(
        JSON.stringify({
          ...answer,
          territories: [{ ...territory, id: '.' }],
        }),
      ),
    );
  });

  it('looks at documents wherever it is told', async () => {
    const args = ['read', create(), '--path=lib', '--docs=pay/*.md'];
    expect((await run(...args)).out).toContain('pay/README.md: content of');
  });

  it('looks at another reference', async () => {
    const repository = create();
    const first = git(repository, ['rev-parse', 'main~2']).trim();
    const { out } = await run('read', repository, '--ref', first);
    expect(out).toMatch(`1 commit up to ${first.slice(0, 10)}`);
    expect(out).not.toContain('Bob');
  });

  it('tells what it could not see', async () => {
    const repository = create();
    const folder = repositories.folder();
    git(folder, ['clone', '-q', '--depth=1', `file://${repository}`, 'clone']);
    const { out } = await run('read', join(folder, 'clone'));
    expect(out).toContain('\nnote: The clone is shallow, so older authors');
  });

  it('lets no name steer the terminal', async () => {
    const repository = repositories.create([
      commit(
        { name: '\u001b[31mAnn\u202e', email: 'a@b' },
        { 'docs/a\n\tb.md': '1', 'a.ts': '1' },
      ),
    ]);
    const { out } = await run('read', repository);
    expect(out).toContain('\n  \ufffd[31mAnn\ufffd: author of 1 file,');
    expect(out).toContain('\n  docs/a\ufffd\ufffdb.md: content of');
  });

  it.each([
    [[], 'The command is missing'],
    [['reed', 'x'], 'There is no command "reed"'],
    [['read'], 'The repository is missing'],
    [['read', ''], 'The repository is missing'],
    [['read', 'x', 'y'], '"y" is one repository too many'],
    [['read', 'x', '--jsom'], "Unknown option '--jsom'"],
    [['read', 'x', '-j'], "Unknown option '-j'"],
    [['read', 'x', '--path'], "Option '--path <value>' argument missing"],
    [['read', 'x', '--ref', '-y'], "Option '--ref' argument is ambiguous"],
    [['read', 'x', '--json=1'], "Option '--json' does not take an argument"],
    [['a\u001b\nb'], 'There is no command "a\ufffd\ufffdb"'],
  ])('calls %j wrong, in one line', async (args, message) => {
    expect(await run(...args)).toEqual({
      code: 2,
      out: '',
      err: `git-knowledge: ${message}; see git-knowledge --help\n`,
    });
  });

  it.each<[string, () => string[], RegExp]>([
    ['a missing folder', () => ['/nowhere'], /There is no folder \/nowhere/],
    [
      'a folder without git',
      () => [repositories.folder()],
      /is not a git repo/,
    ],
    ['an empty repository', () => [repositories.create()], /has no commit yet/],
    ['an option as reference', () => [create(), '--ref=-x'], /"-x" is not the/],
    ['an unknown reference', () => [create(), '--ref=x'], /has no branch, tag/],
    [
      'an unknown path',
      () => [create(), '--path=x'],
      /no file at or below "x"/,
    ],
    [
      'one of two',
      () => [create(), '--path=pay', '--path=../pay'],
      /no file at or below "\.\.\/pay"/,
    ],
  ])('says in one line that it cannot read %s', async (_, make, message) => {
    const { code, out, err } = await run('read', ...make());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^git-knowledge: .*\n$/);
    expect(err).toMatch(message);
  });

  it('has nothing against an empty tree, documents or path', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }),
      commit(ann, { 'a.ts': undefined }),
    ]);
    for (const args of [[], ['--docs='], ['--docs=[']]) {
      const { code, out } = await run('read', repository, ...args);
      expect(code).toBe(0);
      expect(out).toContain('.: 0 source files');
    }
  });
});

describe('the program', () => {
  function start(args: readonly string[], env: NodeJS.ProcessEnv) {
    return new Promise<object>(resolve => {
      execFile(
        process.execPath,
        [PROGRAM, ...args],
        { env },
        (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
      );
    });
  }

  it('prints and ends like the function', async () => {
    const env = { PATH: process.env.PATH };
    const repository = create();
    expect(await start(['read', repository], env)).toEqual(
      await run('read', repository),
    );
    expect(await start(['read'], env)).toEqual(await run('read'));
  });

  it('ends quietly when nobody reads on', async () => {
    const child = execFile(process.execPath, [PROGRAM, 'read', create()]);
    child.stdout?.destroy();
    const [[code], err] = await Promise.all([
      once(child, 'exit'),
      text(child.stderr ?? Readable.from([])),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('says so when git is missing', async () => {
    const env = { PATH: repositories.folder() };
    expect(await start(['read', create()], env)).toEqual({
      code: 1,
      out: '',
      err: 'git-knowledge: git is not installed on this machine: install git 2.31 or newer.\n',
    });
  });
});

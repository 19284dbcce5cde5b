import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { CheckAnswer } from './explain/check';
import { runCli } from './runCli';

const PROGRAM = resolve(__dirname, '../bin/understanding');
const TEMPLATE = resolve(
  __dirname,
  '../../../docs/explanations/pull_request_template.md',
);
const WHOLE = [
  '## What this change does',
  'Books once for each order in `cart.ts`, by its number.',
  '## How it can fail',
  'When the ledger is slow, the order stays unbooked for a minute.',
  '## Why this way',
  'One transaction over both held locks for seconds.',
].join('\n\n');

describe('understanding', () => {
  const folder = mkdtempSync(join(tmpdir(), 'understanding-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  async function run(args: string[], input = '') {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCli(args, {
      input: Readable.from([input]),
      write: text => out.push(text),
      fail: text => err.push(text),
    });
    return { code, out: out.join(''), err: err.join('') };
  }

  const check = (description: string, ...args: string[]) =>
    run(['explain', 'check', '--description', '-', ...args], description);

  async function answer(
    description: string,
    ...args: string[]
  ): Promise<CheckAnswer> {
    const { out } = await check(description, '--json', ...args);
    return JSON.parse(out);
  }

  it('is met by an explanation where one is asked for', async () => {
    const { code, out, err } = await check(WHOLE, '--policy', 'always');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      'An explanation is asked for: Every change is explained here.\nIt is there, for somebody else to assess.\n',
    );
  });

  it.each([
    ['nothing', '', ['what', 'howItFails', 'why']],
    [
      'the template as it is',
      readFileSync(TEMPLATE, 'utf8'),
      ['what', 'howItFails', 'why'],
    ],
    ['one section less', WHOLE.split('## Why')[0], ['why']],
    [
      'headings in a quote',
      WHOLE.replace(/^/gm, '> '),
      ['what', 'howItFails', 'why'],
    ],
  ])(
    'is not met by %s, and tells what is missing',
    async (_, text, missing) => {
      const { code, out } = await check(text, '--policy', 'always', '--json');
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject({
        required: true,
        state: 'missing',
        missing,
        prompts: [{ rule: 'empty' }],
      });
    },
  );

  it('asks for nothing where nobody says that agents had a part', async () => {
    const { code, out } = await check('');
    expect(code).toBe(0);
    expect(out).toBe(
      'No explanation is asked for: Nobody says that coding agents had a part in it.\nIt is not there.\n',
    );
  });

  it.each([
    ['a label', '', ['--label', 'bug', '--label', 'ai-assisted']],
    ['its author', '', ['--author', 'copilot', '--bot']],
    ['its description', 'AI assistance: assisted', []],
    ['a trailer in it', 'Assisted-by: Some model', []],
  ])('knows by %s that agents had a part', async (_, description, args) => {
    await expect(answer(description, ...args)).resolves.toMatchObject({
      required: true,
      aiAssistance: 'assisted',
    });
  });

  it('reads a difference and commits as git prints them', async () => {
    const repository = mkdtempSync(join(folder, 'repository-'));
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        cwd: repository,
        encoding: 'utf8',
        env: {
          ...process.env,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_AUTHOR_NAME: 'Ann',
          GIT_AUTHOR_EMAIL: 'ann@example.com',
          GIT_COMMITTER_NAME: 'Ann',
          GIT_COMMITTER_EMAIL: 'ann@example.com',
        },
      });
    git('init', '--quiet', '--initial-branch', 'main');
    writeFileSync(join(repository, 'old.ts'), 'one\ntwo\nthree\n');
    writeFileSync(join(repository, 'binary.dat'), 'x\0y');
    git('add', '.');
    git('commit', '--quiet', '-m', 'first');
    git('switch', '--quiet', '-c', 'change');
    git('mv', 'old.ts', 'timeout policy.ts');
    writeFileSync(join(repository, 'binary.dat'), 'x\0z');
    writeFileSync(join(repository, 'schema.sql'), '--- a/fake\n+++ b/fake\n');
    git('add', '.');
    git('commit', '--quiet', '-m', 'second\n\nAssisted-by: Some model');
    const diff = file('change.diff', git('diff', 'main...change'));
    const commits = file(
      'commits.txt',
      git('log', '-z', '--format=%H%n%ae%n%B', 'main..change'),
    );
    const found = await answer(WHOLE, '--diff', diff, '--commits', commits);
    expect(found).toMatchObject({
      required: true,
      state: 'submitted',
      aiAssistance: 'assisted',
    });
    expect(found.questions.map(one => one.file)).toEqual([
      'schema.sql',
      'timeout policy.ts',
    ]);
    // cart.ts, which the text names, is none of them.
    expect(found.prompts.map(one => one.rule)).toEqual(['names-nothing']);
  });

  it('leaves out changes of documentation, and those of dependency bots', async () => {
    const diff = file(
      'docs.diff',
      'diff --git a/README.md b/README.md\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-a\n+b\n',
    );
    const always = ['--policy', 'always'];
    await expect(answer('', ...always, '--diff', diff)).resolves.toMatchObject({
      required: false,
      because: 'It changes only documentation.',
    });
    await expect(
      answer('', ...always, '--author', 'renovate[bot]', '--bot'),
    ).resolves.toMatchObject({ required: false });
    // A person is no bot, whatever they call themselves.
    await expect(
      answer('', ...always, '--author', 'renovate'),
    ).resolves.toMatchObject({ required: true });
  });

  it('asks as an app-config says, in its languages', async () => {
    const config = file(
      'app-config.yaml',
      `app: { title: Ours }
understanding:
  minimum: 2
  explanations:
    policy: always
    headings: { why: [Warum so] }
`,
    );
    const german = WHOLE.replace('Why this way', 'Warum so');
    await expect(answer(german, '--config', config)).resolves.toMatchObject({
      required: true,
      state: 'submitted',
    });
    await expect(answer(WHOLE, '--config', config)).resolves.toMatchObject({
      missing: ['why'],
    });
    await expect(
      answer(german, '--config', config, '--policy', 'never'),
    ).resolves.toMatchObject({ required: false });
  });

  it.each([
    ['no description', [], 2, /--description/],
    ['an unknown option', ['--description', '-', '--colour'], 2, /--colour/],
    [
      'an unknown policy',
      ['--description', '-', '--policy', 'often'],
      2,
      /always, ai-assisted, never/,
    ],
    [
      'a file that is not there',
      ['--description', 'nowhere.md'],
      3,
      /nowhere.md/,
    ],
  ])('says what to do about %s', async (_, args, code, says) => {
    const ended = await run(['explain', 'check', ...args]);
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.err).toMatch(says);
    expect(ended.err).not.toContain('    at ');
  });

  it.each([
    ['--diff', 'no difference at all', 3, /git diff/],
    ['--commits', 'no commits', 3, /git log -z/],
    ['--config', 'a: [', 3, /no YAML/],
    [
      '--config',
      'understanding: { explanations: { policy: often } }',
      2,
      /understanding\.explanations\.policy/,
    ],
    [
      '--config',
      'understanding: { explanations: { heading: {} } }',
      2,
      /heading/,
    ],
  ])(
    'says what is wrong with the file of %s',
    async (option, content, code, says) => {
      const ended = await check(WHOLE, option, file('wrong', content));
      expect(ended).toMatchObject({ code, out: '' });
      expect(ended.err).toMatch(says);
    },
  );

  it('refuses what is larger than anybody reads', async () => {
    const large = file('large', Buffer.alloc(65 * 1024 * 1024, 'a'));
    const ended = await run(['explain', 'check', '--description', large]);
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('bytes');
  });

  it('lets nothing steer a terminal', async () => {
    const diff = file(
      'steering.diff',
      'diff --git a/timeout\u001b[2J.ts b/timeout\u001b[2J.ts\n--- a/timeout\u001b[2J.ts\n+++ b/timeout\u001b[2J.ts\n@@ -1 +1 @@\n-a\n+b\n',
    );
    const { out } = await check('', '--diff', diff);
    expect(out).toContain('A reviewer could ask');
    expect(out).not.toContain('\u001b');
  });

  it('runs as a program, with help and examples', () => {
    const program = (args: string[], input = '') => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [PROGRAM, ...args],
        { input, encoding: 'utf8' },
      );
      return { status, stdout, stderr };
    };
    const help = program(['explain', 'check', '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('git diff origin/main...HEAD');
    const always = [
      'explain',
      'check',
      '--description',
      '-',
      '--policy',
      'always',
    ];
    expect(program(always, WHOLE).status).toBe(0);
    expect(program(always, '').status).toBe(1);
    expect(program([]).status).toBe(2);
    expect(program(['explain']).status).toBe(2);
  }, 60_000);
});

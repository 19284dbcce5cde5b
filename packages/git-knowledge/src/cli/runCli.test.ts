import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, lines } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { COMMANDS } from './commands';
import { answer, history, run, runIn } from './__testUtils__/running';

const repositories = useRepositories();
const ANN = 'Ann <ann@example.com>';
const BOB = 'Bob <bob@example.com>';

const create = () => repositories.create(history());

function fileWith(content: string): string {
  const path = join(repositories.folder(), 'people.yaml');
  writeFileSync(path, content);
  return path;
}

describe('options of all commands', () => {
  it('looks at a date or a commit, as it was then', async () => {
    const repository = create();
    const first = git(repository, ['rev-parse', 'main~2']).trim();
    for (const at of ['2024-01-01', first, first.slice(0, 12)]) {
      const found = await answer(repository, 'who', 'pay', '--at', at);
      expect(found).toMatchObject({ at: first, people: [{ person: ANN }] });
    }
    // Long afterwards nobody is active, and was then.
    const then = await runIn(
      repository,
      ['who', 'pay', '--at', first, '--json'],
      {
        now: new Date('2030-01-01'),
      },
    );
    expect(JSON.parse(then.out).knownByActive).toBe(true);
  });

  it('knows who is who by a file, and who is active', async () => {
    const path = fileWith(
      [
        'people:',
        '  - id: ann',
        '    name: Ann Lee',
        '    emails: [ann@example.com]',
        '  - { id: cem, emails: [cem@example.com], active: false }',
        'bots: [bob@example.com]',
      ].join('\n'),
    );
    const found = await answer(create(), 'who', '.', '--identities', path);
    expect(found.people).toMatchObject([
      { person: 'Ann Lee <ann@example.com>', personId: 'ann', active: true },
    ]);
    const left = await answer(
      create(),
      'leave',
      'Ann Lee',
      '--identities',
      path,
    );
    expect(left.people).toMatchObject([{ personId: 'ann' }]);
  });

  it.each([
    [
      '{"people": [{"id": "a", "email": []}]}',
      ':1:13: people.0: Unrecognized key',
    ],
    ['people:\n  - name: A\n', ':2:5: people.0.id: '],
    ['people:\n  - id: a\n    emails: [1]\n', ':3:14: people.0.emails.0: '],
    ['people: [\n', ':2:1: '],
    [
      'people:\n  - {id: a, emails: [x@y]}\n  - {id: b, emails: [X@y]}\n',
      ':3:22: "X@y" belongs to a already',
    ],
    ['people:\n  - id: a\n  - id: a\n', ':3:9: "a" stands there twice'],
    ['- a\n', ':1:1: '],
  ])('says where an identities file is wrong: %j', async (content, message) => {
    const path = fileWith(content);
    const { code, err } = await runIn(create(), [
      'authors',
      '--identities',
      path,
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/^git-knowledge: .*\n$/);
    expect(err).toContain(`${path}${message}`);
  });

  it('leaves out and takes in files, and addresses', async () => {
    const repository = create();
    const files = async (...args: string[]) =>
      (await answer(repository, 'absence-factor', ...args)).files;
    expect(await files('--exclude=pay/**', '--exclude=lib/c.ts')).toBe(1);
    expect(await files('--include=**/*.md')).toBe(5);
    const { people } = await answer(
      repository,
      'authors',
      '--bot=BOB@example.com',
    );
    expect(people).toHaveLength(1);
  });

  it('follows similar renames when it is told to', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': lines('a') }),
      commit(bob, { 'a.ts': undefined, 'b.ts': `${lines('a')}//\n` }),
    ]);
    const people = async (renames: string) =>
      (await answer(repository, 'who', 'b.ts', '--renames', renames)).people;
    expect(await people('exact')).toHaveLength(1);
    expect(await people('similar')).toHaveLength(2);
  });

  it('lets old changes weigh less, or more', async () => {
    // Bob made it, Ann changed it often; what counts of it shrinks with age.
    const repository = repositories.create([
      commit(bob, { 'a.ts': '0' }),
      ...Array.from({ length: 20 }, (_, n) => commit(ann, { 'a.ts': `${n}` })),
    ]);
    const active = async (days: string) =>
      (await answer(repository, 'at-risk', '--half-life', days)).files;
    expect(await active('100000')).toMatchObject([
      { authors: [{ person: ANN }] },
    ]);
    expect(await active('1')).toMatchObject([{ authors: [{ person: BOB }] }]);
  });

  it.each([
    ...COMMANDS.map(({ name }) => [name]),
    ['absence-factor', '--model=avelino2016'],
    ['absence-factor', '--model=jetbrains2023'],
    ['absence-factor', '--model=doe'],
  ])('keeps what was read, if it is told where: %s %s', async (...call) => {
    const repository = create();
    const folder = repositories.folder();
    const operand = { who: ['.'], leave: ['bob'] }[call[0]] ?? [];
    const args = [
      ...call.filter(one => one !== undefined),
      ...operand,
      `--repository=${repository}`,
    ];
    const without = await runIn(folder, args);
    expect(without).toMatchObject({ code: 0, err: '' });
    const state = join(folder, 'kept');
    for (const _ of ['made', 'used']) {
      expect(await runIn(folder, [...args, '--state=kept'])).toEqual(without);
      expect(readFileSync(state, 'latin1')).toMatch(/^git-knowledge state /);
    }
  });

  it.each<[string, (folder: string) => string]>([
    ['is no file: name', folder => folder],
    ['lies in a folder that is not there: make', f => join(f, 'no/where')],
    ['is not one of ours, and is left as it is: name', () => fileWith('# me')],
  ])('overwrites nothing: a state that %s', async (message, make) => {
    const state = make(repositories.folder());
    for (const model of [[], ['--model=doe']]) {
      const args = ['absence-factor', `--state=${state}`, ...model];
      const found = await runIn(create(), args);
      expect(found).toMatchObject({ code: 2, out: '' });
      expect(found.err).toMatch(/^git-knowledge: The state .*\n$/);
      expect(found.err).toContain(`${state} ${message} `);
    }
  });

  it('gives up in time', async () => {
    const { code, err } = await runIn(create(), [
      'authors',
      '--timeout=0.000001',
    ]);
    expect(code).toBe(3);
    expect(err).toMatch(/took more than 0.000001 seconds/);
  });

  it('tells what it could not see', async () => {
    const repository = create();
    const folder = repositories.folder();
    git(folder, ['clone', '-q', '--depth=1', `file://${repository}`, 'clone']);
    for (const { name } of COMMANDS) {
      const operand = { who: ['.'], leave: ['bob'] }[name] ?? [];
      const args = [name, ...operand];
      const clone = join(folder, 'clone');
      expect((await answer(clone, ...args)).problems).toMatchObject([
        { code: 'shallow' },
      ]);
      expect((await runIn(clone, args)).out).toContain('\nnote: The clone is ');
    }
  });

  it('has colours where they are seen', async () => {
    const { out } = await runIn(create(), ['authors'], { hasColours: true });
    expect(out).toContain('\u001b[1m');
  });

  it('lets no name steer the terminal', async () => {
    const repository = repositories.create([
      commit(
        { name: '\u001b[31mAnn\u202e\u009b', email: 'a@b' },
        { 'docs/a\n\tb.md': '1', 'src/\u001b.ts': '1' },
      ),
    ]);
    for (const args of [
      ['absence-factor', '--by-directory'],
      ['who', '.'],
      ['authors'],
      ['docs'],
      ['at-risk', 'src/\u001b.ts'],
      ['leave', 'a@b'],
      ['who', '\u001b[2J'],
    ]) {
      for (const format of [[], ['--json']]) {
        const { out, err } = await runIn(repository, [...args, ...format]);
        expect(out + err).not.toMatch(
          // eslint-disable-next-line no-control-regex
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/,
        );
        expect(out + err).not.toBe('');
      }
    }
  });

  it.each<[string[], string]>([
    [[], 'The command is missing'],
    [['read', 'x'], 'There is no command "read"'],
    [['who'], 'who needs PATH…'],
    [['leave'], 'leave needs PERSON…'],
    [['authors', 'x'], '"x" is too much for authors'],
    [['who', ''], 'A path is empty: name a file or directory, or . for all'],
    [['authors', '--jsom'], "Unknown option '--jsom'"],
    [['authors', '-j'], "Unknown option '-j'"],
    [['authors', '--at'], "Option '--at <value>' argument missing"],
    [['authors', '--at', '-y'], "Option '--at' argument is ambiguous"],
    [['authors', '--at='], '--at: needs a DATE|COMMIT'],
    [['authors', '--json=1'], "Option '--json' does not take an argument"],
    [['authors', '--fail-under=1'], 'authors has no option --fail-under'],
    [
      ['absence-factor', '--fail-under=x'],
      '--fail-under: "x" is not a whole number',
    ],
    [
      ['absence-factor', '--fail-under=-1'],
      '--fail-under: "-1" is not a whole number',
    ],
    [
      ['absence-factor', '--model=x'],
      '--model: "x" is none of doa, doe, avelino2016, jetbrains2023',
    ],
    [['authors', '--renames=x'], '--renames: "x" is none of exact, similar'],
    [
      ['authors', '--half-life=0'],
      '--half-life: "0" is not a number of days above 0',
    ],
    [
      ['authors', '--timeout='],
      '--timeout: "" is not a number of seconds up to 2000000',
    ],
    [['a\u001b\nb'], 'There is no command "a\ufffd\ufffdb"'],
  ])('calls %j wrong, in one line', async (args, message) => {
    expect(await runIn(create(), args)).toEqual({
      code: 2,
      out: '',
      err: `git-knowledge: ${message}; see git-knowledge --help\n`,
    });
  });

  it.each<[number, string, () => string[], RegExp]>([
    [3, 'a missing folder', () => ['/nowhere'], /There is no folder \/nowhere/],
    [3, 'a folder without git', () => [repositories.folder()], /is not a git/],
    [3, 'an empty repository', () => [repositories.create()], /no commit yet/],
    [2, 'an option as commit', () => [create(), '--at=-x'], /"-x" is not the/],
    [2, 'an unknown commit', () => [create(), '--at=x'], /has no branch, tag/],
    [
      2,
      'a branch that is gone',
      () => {
        const repository = create();
        git(repository, ['branch', '-m', 'main', 'trunk']);
        git(repository, ['symbolic-ref', 'HEAD', 'refs/heads/main']);
        return [repository];
      },
      /is at refs\/heads\/main, which is missing or broken: name another/,
    ],
    [2, 'no day', () => [create(), '--at=2024-02-30'], /has no branch, tag/],
    [2, 'a time before', () => [create(), '--at=1999-01-01'], /a later date/],
    [
      2,
      'no such file',
      () => [create(), '--identities=/x'],
      /\/x cannot be read/,
    ],
  ])('ends with %d for %s, in one line', async (code, _, make, message) => {
    const found = await run('authors', '--repository', ...make());
    expect(found).toMatchObject({ code, out: '' });
    expect(found.err).toMatch(/^git-knowledge: .*\n$/);
    expect(found.err).toMatch(message);
  });

  it('has nothing against an empty tree', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }),
      commit(ann, { 'a.ts': undefined }),
    ]);
    for (const args of [
      ['absence-factor'],
      ['who', '.'],
      ['authors'],
      ['docs'],
      ['at-risk'],
      ['leave', 'ann'],
    ]) {
      expect(await runIn(repository, args)).toMatchObject({ code: 0, err: '' });
    }
  });

  it('ends with 130 when it is interrupted', async () => {
    expect(
      await runIn(create(), ['authors'], { signal: AbortSignal.abort() }),
    ).toEqual({ code: 130, out: '', err: '' });
  });
});

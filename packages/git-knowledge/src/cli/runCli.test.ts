import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  TestPerson,
  ann,
  bob,
  cem,
  commit,
  lines,
} from '../__testUtils__/commits';
import { hangingPipe } from '../__testUtils__/hangingPipe';
import { NOW } from '../__testUtils__/reading';
import { git, useRepositories } from '../__testUtils__/repositories';
import {
  absenceFactorAnswerSchema,
  atRiskAnswerSchema,
  authorsAnswerSchema,
  docsAnswerSchema,
  leaveAnswerSchema,
  whoAnswerSchema,
} from './answers';
import { CliIo } from './CliIo';
import { COMMANDS } from './commands';
import { OPTIONS } from './options';
import { runCli } from './runCli';

const repositories = useRepositories();
const PROGRAM = join(__dirname, '../../bin/git-knowledge');
const ANN = 'Ann <ann@example.com>';
const BOB = 'Bob <bob@example.com>';

/** What a command prints in a folder, and how it ends. */
async function runIn(cwd: string, args: string[], io: Partial<CliIo> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    write: line => out.push(line),
    fail: line => err.push(line),
    now: new Date(NOW),
    cwd,
    ...io,
  });
  return { code, out: out.join(''), err: err.join('') };
}

const run = (...args: string[]) => runIn('/', args);

/** The JSON that a command prints about a repository. */
async function answer(repository: string, ...args: string[]) {
  const { code, out, err } = await runIn(repository, [...args, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

function create(): string {
  return repositories.create([
    commit(ann, {
      'pay/a.ts': lines('a'),
      'pay/b.ts': lines('b'),
      'pay/README.md': '# Pay\n\nSee `b.ts`.\n',
      'lib/c.ts': '1',
    }),
    commit(
      bob,
      { 'pay/a.ts': `${lines('a')}//\n` },
      { message: 'Change\n\nReviewed-by: Cem <cem@example.com>\n' },
    ),
    commit(bob, { 'lib/d.ts': '2' }, { moves: { 'pay/b.ts': 'pay/e.ts' } }),
  ]);
}

function fileWith(content: string): string {
  const path = join(repositories.folder(), 'people.yaml');
  writeFileSync(path, content);
  return path;
}

describe('help', () => {
  it.each([[['--help']], [['-h']]])(
    'tells all commands with %j',
    async args => {
      const { code, out, err } = await run(...args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      for (const { name, summary } of COMMANDS) {
        expect(out).toContain(`  ${name}`);
        expect(out).toContain(summary);
      }
    },
  );

  it.each(COMMANDS)('tells all options of $name, with examples', async one => {
    const { code, out, err } = await run(one.name, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(`Usage: git-knowledge ${one.name}`);
    expect(out).toContain('--repository DIR');
    for (const option of one.options) {
      expect(out).toContain(`  --${option}`);
      expect(out.replace(/\s+/g, ' ')).toContain(OPTIONS[option].help);
    }
    expect(out).toContain(`  git-knowledge ${one.examples[0][0]}\n`);
    expect(out.split('\n').filter(line => line.length > 90)).toEqual([]);
  });
});

describe('absence-factor', () => {
  it('prints what it has computed', async () => {
    const repository = create();
    const found = absenceFactorAnswerSchema.parse(
      await answer(repository, 'absence-factor'),
    );
    // Ann made a, b and c; Bob changed or moved a and b and made d.
    expect(found).toEqual({
      schemaVersion: 1,
      repository,
      at: git(repository, ['rev-parse', 'main']).trim(),
      date: '2024-01-03T00:00:00.000Z',
      problems: [],
      model: 'doa',
      commits: 3,
      files: 4,
      people: 2,
      absenceFactor: { allTime: 2, present: expect.any(Number) },
      margin: { allTime: 0, present: expect.any(Number) },
      top: [
        { person: ANN, files: 3, share: 0.75 },
        { person: BOB, files: 3, share: 0.75 },
      ],
    });
  });

  it('looks at some paths, and at every directory', async () => {
    const found = absenceFactorAnswerSchema.parse(
      await answer(create(), 'absence-factor', 'pay', '--by-directory'),
    );
    expect(found.files).toBe(2);
    expect(found.directories?.map(one => [one.path, one.files])).toEqual([
      ['.', 2],
      ['pay', 2],
    ]);
    expect(found.directories?.[0]).toMatchObject({
      absenceFactor: found.absenceFactor,
      margin: found.margin,
    });
  });

  it('prints a table', async () => {
    const repository = create();
    const { out } = await runIn(repository, [
      'absence-factor',
      '--by-directory',
    ]);
    expect(out).toContain(
      '4 files that count, 3 commits by 2 people, model doa\n',
    );
    expect(out).toMatch(/^all time +2 +0 %$/m);
    expect(out).toMatch(/^Ann <ann@example.com> +3 +75 %$/m);
    expect(out).toMatch(/^pay +2 +2 +0 % +\d+ +\d+ %$/m);
    expect(out).not.toContain('\u001b');
  });

  it.each([
    [0, 0, ''],
    [
      9,
      1,
      /^git-knowledge: The contributor absence factor is \d, below 9: .*\n$/,
    ],
  ])('ends with a bound of %d with %d', async (bound, code, message) => {
    const args = ['absence-factor', `--fail-under=${bound}`];
    const found = await runIn(create(), args);
    expect(found.code).toBe(code);
    expect(found.out).toContain('all time');
    expect(found.err).toMatch(message);
  });

  it.each([
    ['avelino2016', '--identities'],
    ['avelino2016', '--bot'],
    ['avelino2016', '--renames'],
    ['doe', '--half-life'],
    ['jetbrains2023', '--include'],
    ['jetbrains2023', '--exclude'],
  ])('lets %s keep its rules: no %s', async (model, option) => {
    const value = option === '--half-life' ? '9' : 'exact';
    const args = ['absence-factor', '--model', model, option, value];
    expect(await runIn(create(), args)).toMatchObject({
      code: 2,
      err: `git-knowledge: ${option} goes with --model doa: ${model} has its own rules; see git-knowledge --help\n`,
    });
  });

  it.each(['avelino2016', 'jetbrains2023', 'doe'])(
    'gives the one figure of %s',
    async model => {
      const found = absenceFactorAnswerSchema.parse(
        await answer(create(), 'absence-factor', `--model=${model}`),
      );
      expect(found.model).toBe(model);
      expect(found.absenceFactor.present).toBeNull();
      expect(found.margin.present).toBeNull();
      expect(found.top).toHaveLength(found.absenceFactor.allTime);
      const { code, out } = await runIn(create(), [
        'absence-factor',
        '--by-directory',
        `--model=${model}`,
      ]);
      expect(code).toBe(0);
      expect(out).not.toMatch(/^present/m);
    },
  );
});

describe('who', () => {
  it('tells who knows what, and who reviewed', async () => {
    const found = whoAnswerSchema.parse(await answer(create(), 'who', 'pay'));
    expect(found).toMatchObject({
      paths: ['pay'],
      files: 2,
      knownByActive: true,
      people: [
        { person: BOB, knownFiles: 2, authoredFiles: 2, active: true },
        { person: ANN, knownFiles: 2, authoredFiles: 2, active: true },
      ],
      reviewers: [{ person: 'Cem <cem@example.com>' }],
    });
  });

  it('answers for a document that is named', async () => {
    const found = await answer(create(), 'who', 'pay/README.md');
    expect(found).toMatchObject({ files: 1, people: [{ person: ANN }] });
  });

  it('says when nobody active knows it', async () => {
    const { code, out } = await runIn(create(), ['who', 'pay/a.ts', 'lib'], {
      now: new Date('2027-01-01'),
    });
    expect(code).toBe(0);
    expect(out).toContain('3 files at or below pay/a.ts, lib\n');
    expect(out).toMatch(/^Bob <bob@example.com> +no +2024-01-03 +2 +2$/m);
    expect(out).toContain(
      `\nnobody active knows this; last was ${BOB} on 2024-01-03\n`,
    );
  });

  it('names where a file went', async () => {
    expect(await runIn(create(), ['who', 'pay/b.ts'])).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /^git-knowledge: There is no file at or below "pay\/b.ts" at [\da-f]{10}: it was moved to "pay\/e.ts", ask about that; .*\n$/,
      ),
    });
  });

  it('reads paths from the current directory', async () => {
    const repository = create();
    git(repository, ['reset', '-q', '--hard']);
    const pay = join(repository, 'pay');
    for (const [cwd, path, told] of [
      [pay, 'a.ts', 'pay/a.ts'],
      [pay, '../lib', 'lib'],
      [pay, '.', 'pay'],
      [pay, '..', '.'],
      [pay, join(repository, 'lib'), 'lib'],
    ]) {
      expect((await answer(cwd, 'who', path)).paths).toEqual([told]);
    }
    const named = await answer(pay, 'who', 'lib', '--repository', '..');
    expect(named.paths).toEqual(['lib']);
    expect(await runIn(pay, ['who', '../..'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('"../.." is outside of'),
    });
  });

  it('reads a bare repository', async () => {
    const repository = create();
    const bare = join(repositories.folder(), 'bare.git');
    git(repository, ['clone', '-q', '--bare', '.', bare]);
    expect((await answer(bare, 'who', 'pay')).files).toBe(2);
    expect((await answer('/', 'who', 'pay', '--repository', bare)).files).toBe(
      2,
    );
  });
});

describe('authors', () => {
  it('lists the latest first', async () => {
    const found = authorsAnswerSchema.parse(await answer(create(), 'authors'));
    expect(found.people.map(one => one.person)).toEqual([BOB, ANN]);
    expect(found.aliasCandidates).toBeUndefined();
  });

  it('lists who may be the same, and joins nobody', async () => {
    const again: TestPerson = { name: 'Annie', email: 'ann@home.example' };
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }),
      commit(again, { 'b.ts': '1' }),
      commit(cem, { 'c.ts': '1' }),
    ]);
    const found = authorsAnswerSchema.parse(
      await answer(repository, 'authors', '--alias-candidates'),
    );
    expect(found.people).toHaveLength(3);
    expect(found.aliasCandidates).toEqual([
      {
        people: [{ person: ANN }, { person: 'Annie <ann@home.example>' }],
        reason: expect.any(String),
      },
    ]);
    const { out } = await runIn(repository, ['authors', '--alias-candidates']);
    expect(out).toMatch(/^Ann <.*> +Annie <ann@home.example> +/m);
  });
});

describe('docs', () => {
  it('tells what fell behind', async () => {
    const repository = create();
    const found = docsAnswerSchema.parse(await answer(repository, 'docs'));
    expect(found.documents).toMatchObject([
      {
        path: 'pay/README.md',
        commitsSince: 2,
        changesSince: 2,
        brokenCitations: [{ citation: 'b.ts', movedTo: 'pay/e.ts' }],
      },
    ]);
    const { out } = await runIn(repository, ['docs']);
    expect(out).toMatch(/^pay\/README.md +2024-01-01 +2 +2 +\d of 4 +1$/m);
    expect(out).toContain(
      'pay/README.md:3 cites b.ts, gone since 2024-01-03 (now pay/e.ts)',
    );
  });

  it('reads globs from the current directory', async () => {
    const repository = create();
    git(repository, ['reset', '-q', '--hard']);
    const documents = async (cwd: string, glob: string) =>
      (await answer(cwd, 'docs', glob)).documents.length;
    expect(await documents(join(repository, 'pay'), '*.md')).toBe(1);
    expect(await documents(join(repository, 'lib'), '*.md')).toBe(0);
  });
});

describe('at-risk', () => {
  const repository = () =>
    repositories.create([
      commit(ann, { 'one/a.ts': '1', 'one/b.ts': '1', 'two/a.ts': '1' }),
      commit(bob, { 'two/b.ts': '1' }),
    ]);

  it('names what depends on one person', async () => {
    const found = atRiskAnswerSchema.parse(
      await answer(repository(), 'at-risk'),
    );
    expect(found.countedFiles).toBe(4);
    expect(found.files).toHaveLength(4);
    expect(found.directories).toEqual([
      { path: 'one', files: 2, authors: [{ person: ANN }] },
    ]);
  });

  it('does not repeat in the table what a directory says', async () => {
    const { out } = await runIn(repository(), ['at-risk']);
    expect(out).toMatch(/^one\/ +2 +Ann <ann@example.com>$/m);
    expect(out).toMatch(/^two\/b.ts +1 +Bob <bob@example.com>$/m);
    expect(out).not.toContain('one/a.ts');
  });

  it('names what nobody active is author of', async () => {
    const { out } = await runIn(repository(), ['at-risk', 'two'], {
      now: new Date('2030-01-01'),
    });
    expect(out).toContain(
      'of 2 files that count, 0 have one active author and 2 none',
    );
    expect(out).toMatch(/^\. +2 +nobody$/m);
  });
});

describe('leave', () => {
  it.each(['ann@example.com', 'ANN', 'Ann@Example.com'])(
    'tells what %s would leave behind',
    async person => {
      const repository = repositories.create([
        commit(ann, { 'one/a.ts': '1', 'two/a.ts': '1' }),
        commit(bob, { 'two/a.ts': '2' }),
      ]);
      const found = leaveAnswerSchema.parse(
        await answer(repository, 'leave', person),
      );
      expect(found).toMatchObject({
        people: [{ person: ANN, active: true }],
        countedFiles: 2,
        files: [
          { path: 'one/a.ts', files: 1, authors: [{ person: ANN }], known: [] },
        ],
        directories: [{ path: 'one' }],
      });
      const { out } = await runIn(repository, ['leave', person]);
      expect(out).toMatch(/^one\/ +1 +nobody$/m);
    },
  );

  it('asks who is meant', async () => {
    const other: TestPerson = { name: 'Ann', email: 'other@example.com' };
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }),
      commit(other, { 'b.ts': '1' }),
    ]);
    for (const [person, message] of [
      ['ann', '"ann" are several people: give an address'],
      ['zoe', 'Nobody here is "zoe": give an address'],
      ['', 'Nobody here is ""'],
    ]) {
      const { code, err } = await runIn(repository, ['leave', person]);
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringContaining(message),
      });
    }
  });
});

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

import { join } from 'node:path';
import { TestPerson, ann, bob, cem, commit } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import {
  absenceFactorAnswerSchema,
  atRiskAnswerSchema,
  authorsAnswerSchema,
  docsAnswerSchema,
  leaveAnswerSchema,
  whoAnswerSchema,
} from './answers';
import { COMMANDS } from './commands';
import { OPTIONS } from './options';
import { answer, history, run, runIn } from './__testUtils__/running';

const repositories = useRepositories();
const ANN = 'Ann <ann@example.com>';
const BOB = 'Bob <bob@example.com>';

const create = () => repositories.create(history());

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

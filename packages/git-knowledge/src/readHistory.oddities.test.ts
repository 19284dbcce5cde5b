import { ann, bob, commit, dayText } from './__testUtils__/commits';
import { filesOf, read } from './__testUtils__/reading';
import { git, useRepositories } from './__testUtils__/repositories';

const repositories = useRepositories();
const DOCUMENTS = { documents: ['**/*.md'] };
const Y2106 = Date.UTC(2106, 1, 7, 6, 28, 15) / 1000;

describe('times', () => {
  it.each([
    ['1970', { at: 0 }, '1970-01-01T00:00:00.000Z'],
    [
      '2106, by the author alone',
      { at: Y2106, committedAt: 1e9 },
      '2001-09-09',
    ],
    ['2106, by both', { at: Y2106 }, dayText(0)],
    ['the year 3170843', { at: 1e14 }, dayText(0)],
    ['tomorrow', { at: Date.UTC(2025, 0, 1) / 1000 }, dayText(0)],
  ])('of %s are believed or not', async (_, options, latestAt) => {
    const { territory } = await read(
      repositories.create([
        commit(bob, { 'b.ts': '1', 'README.md': '1' }),
        commit(ann, { 'a.ts': '1', 'README.md': '2' }, options),
      ]),
      DOCUMENTS,
    );
    const people = new Map(territory.people.map(one => [one.name, one]));
    expect(people.get('Ann')?.latestAt).toContain(latestAt);
    expect(territory.documents[0].contentChangedAt).toContain(latestAt);
  });

  it('before the first commit are no harm', async () => {
    const { territory } = await read(
      repositories.create([commit(ann, { 'a.ts': '1' })]),
      { now: '1969-12-31T00:00:00.000Z' },
    );
    expect(territory.people).toMatchObject([
      { latestAt: '1970-01-01T00:00:00.000Z' },
    ]);
  });
});

describe('names', () => {
  it.each([
    ['no UTF-8', Buffer.from('J\xfcrgen', 'latin1'), 'J\uFFFDrgen'],
    ['half a letter', Buffer.from([0x41, 0xe2, 0x82]), 'A\uFFFD'],
    [
      'signs of all kinds',
      '-Ann\t"\' $(id) \u202e😀',
      '-Ann\t"\' $(id) \u202e😀',
    ],
    ['what git prints itself', ':100644 100644 0 0 M', ':100644 100644 0 0 M'],
    ['nothing', '', ''],
    ['a name of 100000 letters', 'x'.repeat(1e5), 'x'.repeat(1e5)],
  ])('may be %s', async (_, name, expected) => {
    const { territory } = await read(
      repositories.create([
        commit({ name, email: 'ann@example.com' }, { 'a.ts': '1' }),
        commit(bob, { 'a.ts': '2' }),
      ]),
    );
    expect(territory.people.map(one => one.name)).toEqual(['Bob', expected]);
  });

  it('are read in the encoding that the commit names', async () => {
    const repository = repositories.create([commit(ann, { 'a.ts': '1' })]);
    const tree = git(repository, ['rev-parse', 'main^{tree}']).trim();
    const latin1 = Buffer.from(
      `tree ${tree}\nauthor J\xfcrgen <j@b> 1 +0000\ncommitter J\xfcrgen <j@b> 1 +0000\nencoding ISO-8859-1\n\n\xfc\n`,
      'latin1',
    );
    const hash = git(
      repository,
      ['hash-object', '-t', 'commit', '-w', '--stdin'],
      latin1,
    ).trim();
    const { territory } = await read(repository, { at: hash });
    expect(territory.people).toMatchObject([{ name: 'Jürgen' }]);
  });

  it('and times may be missing altogether', async () => {
    const repository = repositories.create([commit(ann, { 'a.ts': '1' })]);
    const tree = git(repository, ['rev-parse', 'main^{tree}']).trim();
    for (const person of ['', ' <>', 'Ann <a@b>', 'Ann <a@b> soon', '<<>> 1']) {
      const hash = git(
        repository,
        ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'],
        `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nx\n`,
      ).trim();
      const { commits, territory } = await read(repository, { at: hash });
      expect(commits).toBe(1);
      expect(territory.people).toMatchObject([{ commits: 1 }]);
    }
  });
});

describe('messages', () => {
  it.each([
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x0a])],
    ['what git prints itself', '\n:100644 100644 0 0 M\0a.ts\n1\t1\ta.ts\n'],
    ['nothing', ''],
    ['a lot', 'x'.repeat(1_000_000)],
  ])('may be %s', async (_, message) => {
    const { commits, territory } = await read(
      repositories.create([
        commit(ann, { 'a.ts': '1', 'README.md': '1' }, { message }),
        commit(bob, { 'a.ts': '2' }, { message }),
      ]),
      DOCUMENTS,
    );
    expect(commits).toBe(2);
    expect(filesOf(territory)).toEqual({ Ann: [1, 1], Bob: [1, 1] });
    expect(territory.documents).toMatchObject([{ changesSince: 1 }]);
  });
});

describe('paths', () => {
  const ODD = [
    ' ',
    '-n',
    '--all',
    'a b',
    'tab\t',
    'line\nbreak',
    '\nfirst',
    '"quoted"',
    "'",
    '\\',
    '*',
    ':(top)x',
    ':100644 100644 0 0 M',
    '1\t1\tx',
    'é',
    'e\u0301',
    '😀',
    '\u202e',
    '__proto__',
    'constructor',
    'x'.repeat(250),
  ];

  it('may be called anything', async () => {
    const paths = ODD.map(name => `${name}/${name}.ts`);
    const all = (content: string) =>
      Object.fromEntries(paths.map(path => [path, content + path]));
    const { territory } = await read(
      repositories.create([commit(ann, all('1')), commit(bob, all('2'))]),
    );
    expect([...territory.paths].sort()).toEqual(paths.sort());
    expect(filesOf(territory)).toEqual({
      Ann: [ODD.length, ODD.length],
      Bob: [ODD.length, ODD.length],
    });
  });

  it('may be no UTF-8', async () => {
    const path = Buffer.from('src/caf\xe9.ts', 'latin1');
    const { territory } = await read(
      repositories.create([
        commit(ann, [[path, '1']]),
        commit(bob, [[path, '2']]),
      ]),
      { paths: ['src'] },
    );
    expect(territory.paths).toEqual(['src/caf\uFFFD.ts']);
    expect(filesOf(territory)).toEqual({ Ann: [1, 1], Bob: [1, 1] });
  });

  it('differ by case', async () => {
    const { territory } = await read(
      repositories.create([commit(ann, { 'a.ts': '1', 'A.ts': '2' })]),
    );
    expect(territory.files).toBe(2);
  });

  it('lead nowhere, with dots or as links', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1', 'x.md': '/etc/passwd' }),
    ]);
    const blob = git(repository, ['rev-parse', 'main:x.md']).trim();
    const makeTree = (...entries: string[]) =>
      git(repository, ['mktree', '-z'], `${entries.join('\0')}\0`).trim();
    const inner = makeTree(`100644 blob ${blob}\tevil.md`);
    const tree = makeTree(
      `040000 tree ${inner}\t..`,
      `120000 blob ${blob}\tREADME.md`,
      `100644 blob ${blob}\tok.md`,
      `040000 tree ${inner}\t.git`,
    );
    const hash = git(repository, ['commit-tree', tree, '-m', 'evil']).trim();
    const { territory } = await read(repository, { at: hash, ...DOCUMENTS });
    expect(territory.paths).toEqual(
      expect.arrayContaining(['../evil.md', '.git/evil.md', 'ok.md']),
    );
    expect(territory.paths).not.toContain('README.md');
    expect(territory.documents.map(one => one.path)).toContain('ok.md');
  });

  it('may be a thousand folders deep', async () => {
    const { territory } = await read(
      repositories.create([commit(ann, { [`${'a/'.repeat(1000)}b.ts`]: '1' })]),
    );
    expect(territory.files).toBe(1);
  });
});

import {
  TestCommit,
  TestPerson,
  ann,
  bob,
  commit,
} from '../__testUtils__/commits';
import { useModel } from './__testUtils__/useModel';

const { read, authorsAfter } = useModel('avelino2016');

/** Somebody changes a file so many times; nobody else changes it so. */
function changes(by: TestPerson, path: string, count: number): TestCommit[] {
  return Array.from({ length: count }, (_, index) =>
    commit(by, { [path]: `// ${by.name} ${by.email} ${index}` }),
  );
}

describe('people', () => {
  /** How many people there are, of those who change a file in turn. */
  async function peopleAmong(...committing: TestPerson[]) {
    const { people } = await read(
      committing.map((by, index) => commit(by, { 'a.js': `${index}` })),
    );
    return people.length;
  }

  it.each<[string, number, Array<[name: string, email: string]>]>([
    [
      'by address',
      1,
      [
        ['Ann', 'a@x'],
        ['A.', 'a@x'],
      ],
    ],
    [
      'by name',
      1,
      [
        ['Ann', 'a@x'],
        ['Ann', 'a@y'],
      ],
    ],
    [
      'by neither',
      2,
      [
        ['Ann', 'a@x'],
        ['Bob', 'b@x'],
      ],
    ],
    [
      'through others',
      1,
      [
        ['Ann', 'a@x'],
        ['Bo', 'b@x'],
        ['Ann', 'b@x'],
      ],
    ],
    [
      'through many',
      1,
      [
        ['A', 'a@x'],
        ['B', 'b@x'],
        ['C', 'a@x'],
        ['C', 'b@x'],
      ],
    ],
    [
      'without case',
      1,
      [
        ['Ann', 'a@x'],
        ['A.', 'A@X'],
        ['ANN', 'b@x'],
      ],
    ],
    [
      'without accents',
      1,
      [
        ['José', 'a@x'],
        ['Jose', 'b@x'],
      ],
    ],
    [
      'without those of addresses',
      1,
      [
        ['A', 'josé@x'],
        ['B', 'jose@x'],
      ],
    ],
    [
      'without strokes',
      1,
      [
        ['Łukasz', 'a@x'],
        ['łukasz', 'b@x'],
        ['lukasz', 'c@x'],
      ],
    ],
    [
      'but with other letters',
      2,
      [
        ['Søren', 'a@x'],
        ['Soren', 'b@x'],
      ],
    ],
    [
      'by no name',
      2,
      [
        ['', 'a@x'],
        ['', 'b@x'],
      ],
    ],
    [
      'by the name as an address',
      1,
      [
        ['a@x', ''],
        ['Ann', 'a@x'],
      ],
    ],
    [
      'by name alone',
      2,
      [
        ['Ann', ''],
        ['Bob', ''],
      ],
    ],
  ])('are joined %s', async (_, expected, people) => {
    expect(
      await peopleAmong(...people.map(([name, email]) => ({ name, email }))),
    ).toBe(expected);
  });

  it('are joined by merges too, and by nobody who only committed', async () => {
    const [home, work] = ['home', 'work'].map(
      (name): TestPerson => ({ name, email: `${name}@example.com` }),
    );
    const commits = [
      commit(home, { 'a.js': '1' }),
      commit(work, { 'b.js': '1' }),
      commit(home, { 'a.js': '2' }, { branch: 'side', from: 'main' }),
    ];
    const after = async (merging: TestPerson) =>
      (await read([...commits, commit(merging, {}, { merges: 'side' })]))
        .people;
    expect(await after(home)).toHaveLength(2);
    expect(await after({ name: 'home', email: work.email })).toEqual(['home']);
  });

  it('are as .mailmap has them', async () => {
    const away = { name: 'Annie', email: 'ann@away.example' };
    const commits = [
      commit(ann, { 'a.js': '1' }),
      commit(away, { 'b.js': '1' }),
    ];
    expect(await authorsAfter(commits)).toEqual({
      'a.js': ['Ann'],
      'b.js': ['Annie'],
    });
    const { people } = await read([
      ...commits,
      commit(bob, { '.mailmap': `<${ann.email}> <${away.email}>\n` }),
    ]);
    // Under the name of the newest commit.
    expect(people).toEqual(['Annie', 'Bob']);
  });

  it('are bots as well', async () => {
    const bot = { name: 'robot[bot]', email: 'robot[bot]@example.com' };
    const { authors } = await read([commit(bot, { 'a.js': '1' })]);
    expect(authors).toEqual({ 'a.js': ['robot[bot]'] });
  });

  it('are no co-authors', async () => {
    expect(
      await authorsAfter([
        commit(
          ann,
          { 'a.js': '1' },
          { message: 'x\n\nCo-authored-by: Bob <bob@example.com>\n' },
        ),
      ]),
    ).toEqual({ 'a.js': ['Ann'] });
  });
});

describe('files', () => {
  async function filesOf(
    paths: readonly string[],
    options: { include?: string[]; exclude?: string[] } = {},
  ) {
    const { files } = await read(
      [
        commit(
          ann,
          paths.map(path => [path, '1'] as const),
        ),
      ],
      options,
    );
    return files;
  }

  it('are of a programming or markup language, by their names', async () => {
    expect(
      await filesOf([
        'a.js',
        'b.html',
        'c.json',
        'd.unknown',
        'e.svg',
        'LICENSE',
      ]),
    ).toEqual(['a.js', 'b.html']);
  });

  it('are neither vendored, nor generated, nor documentation', async () => {
    expect(
      await filesOf([
        'a.js',
        'docs/b.js',
        'README.md',
        'node_modules/c/d.js',
        'e.min.js',
        'package-lock.json',
      ]),
    ).toEqual(['a.js']);
  });

  it('are what is asked for', async () => {
    expect(
      await filesOf(['a.js', 'b.js', 'docs/c.js', 'd.json'], {
        include: ['docs/c.js', 'd.json'],
        exclude: ['b.js'],
      }),
    ).toEqual(['a.js', 'docs/c.js']);
  });

  it('have names that git writes as they are, without semicolons', async () => {
    expect(
      await filesOf([
        'ä.js',
        'a"b.js',
        'a\\b.js',
        'a;b.js',
        'a\tb.js',
        'a b.js',
        '~.js',
      ]),
    ).toEqual(['a b.js', '~.js']);
  });

  it('are scripts, by their first lines', async () => {
    expect(
      await authorsAfter([
        commit(ann, { 'bin/run': '#!/bin/sh\n', 'bin/data': 'sh\n' }),
      ]),
    ).toEqual({ 'bin/run': ['Ann'] });
  });

  it('have something in them', async () => {
    expect(
      await authorsAfter([
        commit(ann, { 'a.py': '', 'b.py': '1' }),
        ...changes(bob, 'c.py', 1),
      ]),
    ).toEqual({ 'b.py': ['Ann'], 'c.py': ['Bob'] });
  });
});

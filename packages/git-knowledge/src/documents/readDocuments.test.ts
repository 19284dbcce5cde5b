import {
  TestCommit,
  TestFiles,
  ann,
  bob,
  commit,
  dayText,
  lines,
} from '../__testUtils__/commits';
import { read } from '../__testUtils__/reading';
import { useRepositories } from '../__testUtils__/repositories';

const repositories = useRepositories();
const robot = { name: 'robot[bot]', email: 'robot@example.com' };

async function documentsOf(
  commits: readonly TestCommit[],
  options: Parameters<typeof read>[1] = {},
) {
  const { territory } = await read(repositories.create(commits), {
    documents: ['**'],
    ...options,
  });
  return territory.documents;
}

describe('readDocuments', () => {
  it('tells what a document says and what happened since', async () => {
    const commits = [
      commit(ann, { 'a.ts': '1', 'b.ts': '1', 'README.md': '# One\n' }),
      commit(bob, { 'README.md': '# One\n\ntwo three\n' }),
      commit(ann, { 'a.ts': '2' }),
      commit(ann, { 'README.md': '# One\n\ntwo\nthree\n', 'a.ts': '3' }),
      commit(bob, { 'a.ts': ' 3', 'b.ts': '1\n' }),
      commit(bob, { 'other.md': 'x' }),
    ];
    const [readme] = await documentsOf(commits, { documents: ['README.md'] });
    expect(readme).toEqual({
      path: 'README.md',
      title: 'One',
      covers: [],
      contentChangedBy: [
        { personId: undefined, name: 'Bob', emails: ['bob@example.com'] },
      ],
      contentChangedAt: dayText(1),
      contentChangedCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
      commitsSince: 3,
      changesSince: 2,
      filesTouchedSince: 1,
      territoryFiles: 2,
      lastTerritoryChangeAt: dayText(4),
      brokenCitations: [],
    });
  });

  it('reads prose of every kind, and nothing else', async () => {
    const names = [
      'README.md',
      'readme.MD',
      'docs/adr/0001-use-git.md',
      'docs/index.mdx',
      'docs/guide.adoc',
      'docs/guide.rst',
      'NOTES.txt',
      'pkg/README.markdown',
    ];
    const documents = await documentsOf([
      commit(
        ann,
        Object.fromEntries(
          [...names, 'a.ts', 'docs/picture.png'].map(name => [name, '# One\n']),
        ),
      ),
    ]);
    expect(documents.map(one => one.path).sort()).toEqual([...names].sort());
  });

  it('reads those that a glob names, wherever they lie', async () => {
    const commits = [
      commit(ann, {
        'README.md': '1',
        'docs/a.md': '1',
        'docs/x/b.md': '1',
        'pay/README.md': '1',
        'pay/a.ts': '1',
      }),
    ];
    const pathsOf = async (...documents: string[]) =>
      (await documentsOf(commits, { documents, paths: ['pay'] })).map(
        one => one.path,
      );
    expect(await pathsOf('pay/README.md')).toEqual(['pay/README.md']);
    expect(await pathsOf('./docs/**/*.md')).toEqual([
      'docs/a.md',
      'docs/x/b.md',
    ]);
    expect(await pathsOf('docs/*.md', 'docs/a.md')).toEqual(['docs/a.md']);
    expect(await pathsOf()).toEqual([]);
    expect(await pathsOf('')).toEqual([]);
    expect(await pathsOf('../README.md')).toEqual([]);
  });

  it('looks at the territory, or at what the document covers', async () => {
    const covers = (glob: string) => `---\ncovers: ${glob}\n---\n# Title\n`;
    const files: TestFiles = {
      'pay/a.ts': '1',
      'pay/b.ts': '1',
      'lib/c.ts': '1',
      'pay/own.md': '# Own\n',
      'pay/b.md': covers('pay/b.*'),
      'pay/lib.md': covers('[lib/**, "./pay/a.ts"]'),
      'pay/none.md': covers('nowhere/**'),
      'pay/empty.md': covers('""'),
    };
    const documents = await documentsOf(
      [
        commit(ann, files),
        commit(bob, { 'pay/a.ts': '2', 'lib/c.ts': '2' }),
        commit(bob, { 'lib/c.ts': '3' }),
      ],
      { paths: ['pay'] },
    );
    expect(
      documents.map(one => [
        one.path,
        one.changesSince,
        one.filesTouchedSince,
        one.territoryFiles,
      ]),
    ).toEqual([
      ['pay/b.md', 0, 0, 1],
      ['pay/empty.md', 0, 0, 0],
      ['pay/lib.md', 2, 2, 2],
      ['pay/none.md', 0, 0, 0],
      ['pay/own.md', 1, 1, 2],
    ]);
  });

  it('counts a touched file under the name that it has now', async () => {
    const [document] = await documentsOf([
      commit(ann, { 'a.ts': lines('a'), 'b.ts': 'b', 'README.md': '1' }),
      commit(bob, { 'a.ts': `${lines('a')}more\n`, 'b.ts': 'x' }),
      commit(bob, { 'b.ts': undefined }, { moves: { 'a.ts': 'c.ts' } }),
    ]);
    // a.ts is c.ts now, and b.ts is no more; its removal is a change.
    expect(document).toMatchObject({
      changesSince: 2,
      filesTouchedSince: 1,
      territoryFiles: 1,
    });
  });

  it('counts neither what bots do nor what is no source', async () => {
    const [document] = await documentsOf(
      [
        commit(ann, { 'a.ts': '1', 'yarn.lock': '1', 'README.md': '1' }),
        commit(robot, { 'a.ts': '2' }),
        commit(bob, { 'yarn.lock': '2', 'docs/a.md': '2' }),
      ],
      { documents: ['README.md'] },
    );
    expect(document).toMatchObject({
      changesSince: 0,
      lastTerritoryChangeAt: dayText(0),
    });
  });

  it('counts what is moved between source and what is none', async () => {
    const [document] = await documentsOf(
      [
        commit(ann, { 'a.ts': lines('a'), 'b.ts': '1', 'README.md': '1' }),
        commit(bob, {}, { moves: { 'a.ts': 'vendor/a.ts' } }),
        commit(bob, {}, { moves: { 'vendor/a.ts': 'c.ts' } }),
      ],
      { documents: ['README.md'] },
    );
    // c.ts is the file that was a.ts, so that both touch one.
    expect(document).toMatchObject({
      commitsSince: 2,
      changesSince: 2,
      filesTouchedSince: 1,
      territoryFiles: 2,
    });
  });

  it('reads a document that a bot wrote', async () => {
    const documents = await documentsOf([
      commit(robot, { 'README.md': 'one', 'a.ts': '1' }),
      commit(ann, { 'a.ts': '2' }),
      commit(robot, { 'README.md': 'two' }),
      commit(ann, { 'a.ts': '3' }),
    ]);
    expect(documents).toMatchObject([
      { contentChangedAt: dayText(2), changesSince: 1 },
    ]);
  });

  it('follows a document through renames', async () => {
    const text = lines('words');
    const [document] = await documentsOf([
      commit(ann, { 'old.md': text, 'a.ts': '1' }),
      commit(bob, { 'a.ts': '2' }, { moves: { 'old.md': 'README.md' } }),
    ]);
    expect(document).toMatchObject({
      path: 'README.md',
      contentChangedAt: dayText(0),
      changesSince: 1,
    });
  });

  it('does not read a document of over 1 MiB, but its history', async () => {
    const [document] = await documentsOf([
      commit(ann, {
        'README.md': `# Title\n\`a.ts\`\n${'x\n'.repeat(2 ** 19)}`,
      }),
    ]);
    expect(document).toMatchObject({
      title: undefined,
      contentChangedAt: dayText(0),
      brokenCitations: [],
    });
  });

  it.each([
    'a b.md',
    ' a.md',
    '-a.md',
    'a\nb.md',
    'a\tb.md',
    '"a".md',
    "'a'.md",
    '[a].md',
    ':(top)a.md',
    'ä/😀.md',
    '$(id).md',
  ])('reads the document %j', async path => {
    const documents = await documentsOf([
      commit(ann, { [path]: '# Title', 'a.ts': '1' }),
      commit(bob, { 'a.ts': '2' }),
      commit(bob, { [path]: '#  Title' }),
    ]);
    expect(documents).toMatchObject([
      { path, title: 'Title', contentChangedAt: dayText(0), changesSince: 1 },
    ]);
  });

  it('reads a document whose name is no UTF-8', async () => {
    const documents = await documentsOf([
      commit(ann, [[Buffer.from('caf\xe9.md', 'latin1'), '# Title']]),
    ]);
    expect(documents).toMatchObject([
      { path: 'caf\uFFFD.md', title: 'Title', contentChangedAt: dayText(0) },
    ]);
  });
});

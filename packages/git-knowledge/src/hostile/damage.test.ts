import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, lines } from '../__testUtils__/commits';
import { read } from '../__testUtils__/reading';
import { git, useRepositories } from '../__testUtils__/repositories';
import { outcomeOf } from './__testUtils__/builders';

const repositories = useRepositories();
const DOCUMENTS = { documents: ['**/*.md'] };

/** Three commits in one pack. */
function create(): string {
  const repository = repositories.create([
    commit(ann, { 'a.ts': lines('a'), 'src/b.ts': '1', 'README.md': 'one\n' }),
    commit(bob, { 'a.ts': lines('aa'), 'src/b.ts': '2' }),
    commit(ann, { 'src/b.ts': '3', 'README.md': 'two\n' }),
  ]);
  git(repository, ['repack', '-a', '-d', '-q']);
  return repository;
}

/** The same without packs. */
function createLoose(): string {
  const repository = create();
  const folder = join(repository, '.git/objects/pack');
  const packs = readdirSync(folder)
    .filter(name => name.endsWith('.pack'))
    .map(name => readFileSync(join(folder, name)));
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  packs.forEach(pack => git(repository, ['unpack-objects', '-q'], pack));
  return repository;
}

function packFile(repository: string, ending: string): string {
  const folder = join(repository, '.git/objects/pack');
  const name = readdirSync(folder).find(one => one.endsWith(ending));
  return writable(join(folder, name as string));
}

function looseFile(repository: string, revision: string): string {
  const hash = git(repository, ['rev-parse', revision]).trim();
  return writable(
    join(repository, '.git/objects', hash.slice(0, 2), hash.slice(2)),
  );
}

function writable(path: string): string {
  chmodSync(path, 0o644);
  return path;
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const content = readFileSync(path);
  bytes.copy(content, at);
  writeFileSync(path, content);
}

/** Writes a commit graph by which no commit has a parent. */
function writeLyingGraph(repository: string): void {
  git(repository, ['commit-graph', 'write', '--reachable']);
  const path = writable(join(repository, '.git/objects/info/commit-graph'));
  const graph = readFileSync(path);
  const chunks = Array.from({ length: graph[6] + 1 }, (_, index) => ({
    id: graph.toString('latin1', 8 + index * 12, 12 + index * 12),
    start: Number(graph.readBigUInt64BE(12 + index * 12)),
  }));
  const data = chunks.findIndex(({ id }) => id === 'CDAT');
  const none = 0x70000000;
  for (let at = chunks[data].start; at < chunks[data + 1].start; at += 36) {
    graph.writeUInt32BE(none, at + 20);
  }
  writeFileSync(path, graph);
}

describe('what only makes git faster', () => {
  it('is not believed where a commit graph lies', async () => {
    const repository = create();
    writeLyingGraph(repository);
    expect(git(repository, ['rev-list', '--count', 'main']).trim()).toBe('1');
    expect(await outcomeOf(read(repository, DOCUMENTS))).toBe(3);
  });

  it.each([
    ['a commit graph', 'info/commit-graph'],
    ['a chain of commit graphs', 'info/commit-graphs/commit-graph-chain'],
    ['an index of packs', 'pack/multi-pack-index'],
  ])('is not needed where %s is garbage', async (_, name) => {
    const repository = create();
    const path = join(repository, '.git/objects', name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'CGPHMIDX\x01\x01\x04\0 garbage'.repeat(100));
    expect(await outcomeOf(read(repository, DOCUMENTS))).toBe(3);
  });

  it('is not needed where an index of packs is cut off', async () => {
    const repository = create();
    git(repository, ['multi-pack-index', 'write']);
    truncateSync(packFile(repository, 'multi-pack-index'), 100);
    expect(await outcomeOf(read(repository, DOCUMENTS))).toBe(3);
  });

  it('is not looked at where the index of the work tree is garbage', async () => {
    const repository = create();
    writeFileSync(join(repository, '.git/index'), 'DIRC garbage');
    expect(() => git(repository, ['status'])).toThrow('index');
    expect(await outcomeOf(read(repository, DOCUMENTS))).toBe(3);
  });
});

describe('a damaged repository is refused', () => {
  it.each<[string, (repository: string) => void]>([
    ['a pack is cut off', one => truncateSync(packFile(one, '.pack'), 200)],
    ['a pack is empty', one => truncateSync(packFile(one, '.pack'), 0)],
    [
      'a pack has other bytes in the middle',
      one => overwrite(packFile(one, '.pack'), 12, Buffer.alloc(300, 0xaa)),
    ],
    [
      'the index of a pack is cut off',
      one => truncateSync(packFile(one, '.idx'), 500),
    ],
    [
      'the index of a pack is garbage',
      one => overwrite(packFile(one, '.idx'), 8, Buffer.alloc(1024, 0xee)),
    ],
    ['the index of a pack is gone', one => rmSync(packFile(one, '.idx'))],
    [
      'a pack is a folder',
      one => {
        const path = packFile(one, '.pack');
        rmSync(path);
        mkdirSync(path);
      },
    ],
    [
      'a pack is a link to itself',
      one => {
        const path = packFile(one, '.pack');
        rmSync(path);
        symlinkSync(path, path);
      },
    ],
  ])('where %s', async (_, damage) => {
    const repository = create();
    damage(repository);
    const failed = await read(repository, DOCUMENTS).catch(error => error);
    expect(failed).toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
      message: expect.stringMatching(/^git could not read [^\n]*$/),
    });
  });

  it.each<[string, string, (path: string) => void]>([
    ['the head is gone', 'main', rmSync],
    ['the head is empty', 'main', path => truncateSync(path, 0)],
    ['the head is cut off', 'main', path => truncateSync(path, 30)],
    ['the head is garbage', 'main', path => writeFileSync(path, 'garbage')],
    ['a commit in the middle is gone', 'main~1', rmSync],
    [
      'a commit in the middle is cut off',
      'main~1',
      path => truncateSync(path, 30),
    ],
    ['the tree of the head is gone', 'main^{tree}', rmSync],
    ['a tree in the middle is gone', 'main~1^{tree}', rmSync],
    ['a tree below is gone', 'main~1:src', rmSync],
    [
      'a tree in the middle is garbage',
      'main~1^{tree}',
      path => writeFileSync(path, 'x'),
    ],
    [
      'a tree in the middle is a folder',
      'main~1^{tree}',
      path => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('where %s', async (_, revision, damage) => {
    const repository = createLoose();
    damage(looseFile(repository, revision));
    const failed = await read(repository).catch(error => error);
    expect(failed).toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
      message: expect.stringMatching(/^git could not read [^\n]*$/),
    });
  });

  it.each([
    ['gone', rmSync],
    ['garbage', (path: string) => writeFileSync(path, 'garbage')],
  ])('not where a source is %s, which nobody looks at', async (_, damage) => {
    const repository = createLoose();
    damage(looseFile(repository, 'main:src/b.ts'));
    damage(looseFile(repository, 'main~1:a.ts'));
    expect(await outcomeOf(read(repository))).toBe(3);
  });
});

describe('references', () => {
  it.each([
    ['not-a-repository', 'HEAD', 'garbage', 'garbage'],
    ['not-a-repository', 'HEAD', 'nothing', ''],
    ['not-a-repository', 'HEAD', 'bytes', Buffer.alloc(10_000, 0xff)],
    ['not-a-repository', 'HEAD', 'itself', 'ref: HEAD\n'],
    ['not-a-repository', 'HEAD', 'a path', 'ref: ../../../../etc/passwd\n'],
    ['not-a-repository', 'HEAD', 'an option', 'ref: --upload-pack=id\n'],
    ['failed', 'HEAD', 'no commit of it', `${'1'.repeat(40)}\n`],
    ['empty', 'refs/heads/main', 'garbage', 'garbage'],
    ['empty', 'refs/heads/main', 'nothing', ''],
    ['empty', 'refs/heads/main', 'half a hash', 'abcdef0123\n'],
    ['empty', 'refs/heads/main', 'a loop', 'ref: refs/heads/main\n'],
    ['empty', 'refs/heads/main', 'a loop of two', 'ref: HEAD\n'],
    ['failed', 'refs/heads/main', 'no commit of it', `${'1'.repeat(40)}\n`],
    ['failed', 'packed-refs', 'garbage', 'garbage\n'],
    ['failed', 'packed-refs', 'bytes', Buffer.alloc(10_000, 0xff)],
    ['failed', 'shallow', 'garbage', 'garbage\n'],
    ['failed', 'shallow', 'bytes', Buffer.alloc(10_000, 0xff)],
    ['failed', 'shallow', 'colours', '\x1b[31mred\x1b]0;title\x07\n'],
    ['failed', 'config', 'bytes', Buffer.alloc(10_000, 0xff)],
    ['not-a-repository', 'objects', 'a file', ''],
  ])('are %s where %s holds %s', async (code, name, _, content) => {
    const repository = create();
    const path = join(repository, '.git', name);
    rmSync(path, { recursive: true, force: true });
    writeFileSync(path, content);
    const failed = await read(repository).catch(error => error);
    expect(failed).toMatchObject({ name: 'GitKnowledgeError', code });
    // One line, without anything that speaks to a terminal.
    expect(failed.message).toMatch(/^[^\p{Cc}]{1,600}$/u);
    expect(failed.message).toContain(repository);
  });

  it('that are broken beside the one that is read are no harm', async () => {
    const repository = create();
    writeFileSync(join(repository, '.git/refs/heads/broken'), 'garbage');
    symlinkSync('loop', join(repository, '.git/refs/heads/loop'));
    mkdirSync(join(repository, '.git/refs/tags/--output=x'));
    writeFileSync(
      join(repository, '.git/packed-refs'),
      `${'1'.repeat(1_000_000)}\n`,
    );
    expect(await outcomeOf(read(repository))).toBe(3);
  });

  it.each([
    ['a commit that is not there', `${'1'.repeat(40)}\n`],
    ['the same one often', 'HEAD'],
  ])('to a boundary may be %s', async (_, text) => {
    const repository = create();
    const line =
      text === 'HEAD' ? git(repository, ['rev-parse', 'main~1']) : text;
    appendFileSync(join(repository, '.git/shallow'), line.repeat(1000));
    const { commits, problems } = await read(repository, DOCUMENTS);
    expect(commits).toBe(text === 'HEAD' ? 2 : 3);
    expect(problems).toMatchObject([{ code: 'shallow' }]);
  });
});

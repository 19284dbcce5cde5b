import { readHistoryInChild } from '@understanding-dev/git-knowledge';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitServer } from '../../../__testUtils__/GitServer';
import { Repository } from '../../../__testUtils__/Repository';
import { addressOn } from '../../../__testUtils__/gitHost';
import {
  filesBelow,
  useTemporaryFolder,
} from '../../../__testUtils__/temporaryFolder';
import { fetchMirror, initMirror } from './fetchMirror';
import { MirrorError } from './MirrorError';

jest.setTimeout(300_000);

const MEBIBYTE = 1024 * 1024;
const EVE = 'Eve <eve@acme.example> 1767225600 +0000';

interface TreeEntry {
  readonly mode: '100644' | '120000' | '160000' | '40000' | '0100644';
  readonly name: string | Buffer;
  readonly hash: string;
}

/** Writes an object as it is, whatever git thinks of it. */
function write(
  repository: Repository,
  type: 'blob' | 'tree' | 'commit',
  content: Buffer | string,
): string {
  return repository
    .git(
      ['hash-object', '-t', type, '-w', '--stdin', '--literally'],
      Buffer.from(content),
    )
    .trim();
}

function writeTree(repository: Repository, entries: readonly TreeEntry[]) {
  return write(
    repository,
    'tree',
    Buffer.concat(
      entries.flatMap(({ mode, name, hash }) => [
        Buffer.from(`${mode} `),
        Buffer.from(name as string),
        Buffer.from([0]),
        Buffer.from(hash, 'hex'),
      ]),
    ),
  );
}

function commitTree(
  repository: Repository,
  tree: string,
  people = `author ${EVE}\ncommitter ${EVE}`,
): void {
  const hash = write(
    repository,
    'commit',
    `tree ${tree}\n${people}\n\nA commit\n`,
  );
  repository.git(['update-ref', 'refs/heads/main', hash]);
}

/** A tree of `width` to the power of `depth` files. */
function writeBomb(repository: Repository, width: number, depth: number) {
  let hash = write(repository, 'blob', 'boom\n');
  for (let level = 0; level < depth; level += 1) {
    const inner = hash;
    hash = writeTree(
      repository,
      Array.from({ length: width }, (_, index) => ({
        mode: level === 0 ? '100644' : '40000',
        name: `f${index}`,
        hash: inner,
      })),
    );
  }
  return hash;
}

/** A blob of nothing but zeros, which packs to a thousandth of its size. */
function writeZeros(repository: Repository, bytes: number): string {
  const file = join(repository.folder, 'zeros');
  writeFileSync(file, '');
  truncateSync(file, bytes);
  return repository
    .git([
      ...['-c', 'core.bigFileThreshold=1m'],
      ...['hash-object', '-w', '--no-filters', file],
    ])
    .trim();
}

describe('a repository that is made to hurt', () => {
  let server: GitServer;
  beforeEach(async () => {
    server = await GitServer.create();
  });
  afterEach(() => server.dispose());
  const folder = useTemporaryFolder();

  /** What comes of it: what it is refused for, or how many files it has. */
  async function outcome(): Promise<string | number> {
    const options = {
      name: 'acme/shop',
      maxBytes: 20 * MEBIBYTE,
      signal: AbortSignal.timeout(120_000),
    };
    await initMirror(folder(), options);
    try {
      await fetchMirror(folder(), addressOn(server, 'acme/shop'), options);
    } catch (error) {
      if (error instanceof MirrorError) {
        return error.code;
      }
      throw error;
    }
    return readHistoryInChild({
      repository: folder(),
      now: '2026-06-01T00:00:00.000Z',
      territories: [{ id: 'all', paths: [''] }],
      limits: { seconds: 60 },
    }).then(
      answer => answer.territories[0].paths.length,
      error => error.code,
    );
  }

  const one = (
    repository: Repository,
    name: string | Buffer,
    mode = '100644',
  ) =>
    writeTree(repository, [
      {
        mode: mode as TreeEntry['mode'],
        name,
        hash: write(repository, 'blob', 'x\n'),
      },
    ]);

  it.each<[string, (repository: Repository) => void, string | number]>([
    ['names that lead out', r => commitTree(r, one(r, '..')), 'malformed'],
    ['a folder of git in it', r => commitTree(r, one(r, '.git')), 'malformed'],
    ['one in other letters', r => commitTree(r, one(r, '.GIT')), 'malformed'],
    ['a name with a slash', r => commitTree(r, one(r, 'a/b')), 'malformed'],
    [
      'a submodule whose address is an option',
      r =>
        commitTree(
          r,
          writeTree(r, [
            {
              mode: '100644',
              name: '.gitmodules',
              hash: write(
                r,
                'blob',
                '[submodule "a"]\n\tpath = a\n\turl = --upload-pack=touch pwned\n',
              ),
            },
          ]),
        ),
      'malformed',
    ],
    [
      'a submodule elsewhere, which is not followed',
      r =>
        commitTree(
          r,
          writeTree(r, [
            {
              mode: '100644',
              name: '.gitmodules',
              hash: write(
                r,
                'blob',
                `[submodule "a"]\n\tpath = a\n\turl = ${server.url}/acme/other.git\n`,
              ),
            },
            { mode: '160000', name: 'a', hash: 'a'.repeat(40) },
          ]),
        ),
      1,
    ],
    [
      'a commit of no known time zone, as old tools wrote',
      r =>
        commitTree(
          r,
          one(r, 'a.ts'),
          `author Eve <eve@acme.example> 1767225600 +051800\ncommitter Eve <eve@acme.example> 1767225600 +051800`,
        ),
      1,
    ],
    [
      'modes as old tools wrote',
      r => commitTree(r, one(r, 'a.ts', '0100644')),
      1,
    ],
    [
      'a commit without people',
      r => commitTree(r, one(r, 'a.ts'), 'author\ncommitter'),
      'malformed',
    ],
    [
      'names in no encoding',
      r => commitTree(r, one(r, Buffer.from([0x61, 0xff, 0xfe]))),
      1,
    ],
    ['links in a circle', r => commitTree(r, one(r, 'x', '120000')), 0],
    [
      'names that differ by their case',
      r => {
        const hash = write(r, 'blob', 'x\n');
        commitTree(
          r,
          writeTree(r, [
            { mode: '100644', name: 'A.ts', hash },
            { mode: '100644', name: 'a.ts', hash },
          ]),
        );
      },
      2,
    ],
    [
      'a thousand million files',
      r => commitTree(r, writeBomb(r, 10, 9)),
      'too-large',
    ],
    [
      'a quarter of a gigabyte of zeros',
      r =>
        commitTree(
          r,
          writeTree(r, [
            {
              mode: '100644',
              name: 'zeros.ts',
              hash: writeZeros(r, 256 * MEBIBYTE),
            },
          ]),
        ),
      1,
    ],
  ])('by %s ends within its limits', async (_, build, expected) => {
    build(server.repository('acme/shop'));
    expect(await outcome()).toBe(expected);
    // Nothing was checked out, and nothing else was asked for.
    const files = [...filesBelow(folder()).keys()].map(path =>
      path.slice(folder().length + 1),
    );
    expect(
      files.filter(
        path =>
          !/^(HEAD|config|packed-refs|shallow|refs\/heads\/head)$/.test(path) &&
          !/^objects\/pack\/pack-[0-9a-f]+\.(pack|idx|rev|keep)$/.test(path),
      ),
    ).toEqual([]);
    expect(server.requests.filter(path => !path.includes('/shop.git'))).toEqual(
      [],
    );
  });
});

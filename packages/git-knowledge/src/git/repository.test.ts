import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, dayText } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { readFiles, readHead } from './repository';

const repositories = useRepositories();

/** A clone of that kind, by the protocol that allows it. */
function clone(repository: string, ...options: string[]): string {
  const folder = repositories.folder();
  git(folder, [
    ...['clone', '--quiet', '--no-checkout', ...options],
    ...[`file://${repository}`, 'clone'],
  ]);
  return join(folder, 'clone');
}

describe('readHead', () => {
  const repository = () =>
    repositories.create([
      commit(ann, { 'a.ts': 'one' }),
      commit(bob, { 'b.ts': 'two' }, { branch: 'feature/x', from: 'main' }),
    ]);

  it('tells what HEAD is, and when it was committed', async () => {
    const folder = repository();
    expect(await readHead(folder)).toEqual({
      head: git(folder, ['rev-parse', 'main']).trim(),
      headAt: dayText(0),
      shallow: false,
      partial: false,
    });
  });

  it('takes branches, tags and commits, whole or short', async () => {
    const folder = repository();
    const head = git(folder, ['rev-parse', 'feature/x']).trim();
    git(folder, ['tag', 'v1.0', head]);
    git(folder, ['tag', '--annotate', '--message=two', 'v1.1', head]);
    for (const ref of ['feature/x', 'v1.0', 'v1.1', head, head.slice(0, 9)]) {
      expect(await readHead(folder, { at: ref })).toMatchObject({ head });
    }
  });

  it.each([
    '-x',
    '--all',
    '--output=/tmp/x',
    '--upload-pack=id',
    '-u',
    '',
    ' ',
    'main..feature/x',
    'main...feature/x',
    '^main',
    'main^',
    'main~1',
    'main:a.ts',
    ':/Commit',
    'HEAD@{1}',
    '../main',
    'main\n--all',
    'main\0',
    '*',
    'ext::sh -c id',
  ])('takes %j for no reference', async ref => {
    await expect(readHead(repository(), { at: ref })).rejects.toMatchObject({
      code: 'unknown-ref',
      message: `"${ref}" is not the name of a branch, tag or commit, nor a date such as 2024-01-31.`,
    });
  });

  it.each(['nope', 'a.ts', 'f'.repeat(40)])(
    'names the reference %s that is not there',
    async ref => {
      const folder = repository();
      await expect(readHead(folder, { at: ref })).rejects.toMatchObject({
        code: 'unknown-ref',
        message: `${folder} has no branch, tag or commit "${ref}".`,
      });
    },
  );

  it('takes no file or tree for a commit', async () => {
    const folder = repository();
    for (const object of ['main:a.ts', 'main^{tree}']) {
      const ref = git(folder, ['rev-parse', object]).trim();
      await expect(readHead(folder, { at: ref })).rejects.toMatchObject({
        code: 'unknown-ref',
      });
    }
  });

  it('says so where nothing was ever committed', async () => {
    await expect(readHead(repositories.create())).rejects.toMatchObject({
      code: 'empty',
      message: expect.stringContaining('has no commit yet'),
    });
  });

  it('says so of a repository that lost its objects', async () => {
    const folder = repository();
    rmSync(join(folder, '.git/objects'), { recursive: true });
    mkdirSync(join(folder, '.git/objects'));
    await expect(readHead(folder)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining(folder),
    });
  });

  it('reads bare and mirrored repositories', async () => {
    const folder = repository();
    const { head } = await readHead(folder);
    expect(await readHead(clone(folder, '--bare'))).toMatchObject({ head });
    expect(await readHead(clone(folder, '--mirror'))).toMatchObject({ head });
  });

  it('reads repositories whose hashes are of SHA-256', async () => {
    const folder = repositories.create([commit(ann, { 'a.ts': 'one' })], {
      init: ['--object-format=sha256'],
    });
    expect((await readHead(folder)).head).toHaveLength(64);
  });

  it('knows shallow and partial clones', async () => {
    const folder = repository();
    git(folder, ['config', 'uploadpack.allowFilter', 'true']);
    const known = { shallow: false, partial: false };
    expect(await readHead(clone(folder))).toMatchObject(known);
    expect(await readHead(clone(folder, '--depth=1'))).toMatchObject({
      ...known,
      shallow: true,
    });
    expect(await readHead(clone(folder, '--filter=blob:none'))).toMatchObject({
      ...known,
      partial: true,
    });
  });

  it('knows a partial clone by a configuration that leads to another one', async () => {
    const folder = repository();
    const others: Array<[string, string, string]> = [
      ['.git/other', 'remote.origin.promisor', 'include.path=other'],
      [
        '.git/config.worktree',
        'extensions.partialClone',
        'extensions.worktreeConfig=true',
      ],
    ];
    for (const [file, key, leading] of others) {
      const [name, value] = leading.split('=');
      git(folder, ['config', '--file', file, key, 'true']);
      expect(await readHead(folder)).toMatchObject({ partial: false });
      git(folder, ['config', name, value]);
      expect(await readHead(folder)).toMatchObject({ partial: true });
      git(folder, ['config', '--unset', name]);
    }
  });

  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [4294967295, '2106-02-07T06:28:15.000Z'],
    [99_999_999_999_999, '9999-12-31T23:59:59.999Z'],
  ])('takes the time %d', async (committedAt, headAt) => {
    const folder = repositories.create([
      commit(ann, { 'a.ts': 'one' }, { committedAt }),
    ]);
    expect(await readHead(folder)).toMatchObject({ headAt });
  });
});

describe('readHead at a date', () => {
  it('takes the main line as it was at the end of that day', async () => {
    const folder = repositories.create([
      commit(ann, { a: '1' }),
      commit(bob, { b: '1' }, { branch: 'side', from: 'main' }),
      commit(ann, { a: '2' }, { merges: 'side' }),
    ]);
    const head = async (at: string) =>
      (await readHead(folder, { at })).headAt.slice(0, 10);
    expect(await head('2024-01-01')).toBe('2024-01-01');
    // The side branch was not merged yet.
    expect(await head('2024-01-02')).toBe('2024-01-01');
    expect(await head('2024-01-03')).toBe('2024-01-03');
    expect(await head('2024-01-02T23:59:59Z')).toBe('2024-01-01');
    expect(await head('2024-01-03T01:00:00+02:00')).toBe('2024-01-01');
    expect(await head('2030-01-01')).toBe('2024-01-03');
  });

  it('says so where nothing was there yet', async () => {
    const folder = repositories.create([commit(ann, { a: '1' })]);
    await expect(readHead(folder, { at: '2023-12-31' })).rejects.toMatchObject({
      code: 'unknown-ref',
      message: expect.stringContaining('name a later date'),
    });
  });
});

describe('readFiles', () => {
  it('read no file that is larger than allowed', async () => {
    const folder = repositories.create([
      commit(ann, { a: 'x'.repeat(11), b: 'yy\n', c: '' }),
    ]);
    const blobs = ['a', 'b', 'c'].map(path =>
      git(folder, ['rev-parse', `main:${path}`]).trim(),
    );
    const texts = async (maxBytes: number) =>
      [...(await readFiles(folder, blobs, { maxBytes })).values()].sort();
    expect(await texts(10)).toEqual(['', 'yy\n']);
    expect(await texts(11)).toEqual(['', 'x'.repeat(11), 'yy\n']);
    expect(await readFiles(folder, [], { maxBytes: 1 })).toEqual(new Map());
  });
});

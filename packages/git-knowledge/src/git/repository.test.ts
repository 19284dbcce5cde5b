import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ann, bob, commit, dayText } from '../__testUtils__/commits';
import { git, useRepositories } from '../__testUtils__/repositories';
import { listFiles, readFileAt, readHead } from './repository';

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
      expect(await readHead(folder, { ref })).toMatchObject({ head });
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
    await expect(readHead(repository(), { ref })).rejects.toMatchObject({
      code: 'unknown-ref',
      message: `"${ref}" is not the name of a branch, tag or commit.`,
    });
  });

  it.each(['nope', 'a.ts', 'f'.repeat(40)])(
    'names the reference %s that is not there',
    async ref => {
      const folder = repository();
      await expect(readHead(folder, { ref })).rejects.toMatchObject({
        code: 'unknown-ref',
        message: `${folder} has no branch, tag or commit "${ref}".`,
      });
    },
  );

  it('takes no file or tree for a commit', async () => {
    const folder = repository();
    for (const object of ['main:a.ts', 'main^{tree}']) {
      const ref = git(folder, ['rev-parse', object]).trim();
      await expect(readHead(folder, { ref })).rejects.toMatchObject({
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

describe('listFiles and readFileAt', () => {
  it('list and read files of a commit, whatever they are called', async () => {
    const names = ['a b', 'tab\t', 'line\nbreak', '"q"', '-n', 'é', ':(top)x'];
    const contents = Object.fromEntries(names.map(name => [`d/${name}`, name]));
    const folder = repositories.create([commit(ann, contents)]);
    const files = await listFiles(folder, 'main');
    expect(new Set(files.keys())).toEqual(
      new Set(names.map(one => `d/${one}`)),
    );
    for (const [path, blob] of files) {
      const text = await readFileAt(folder, blob, { maxBytes: 100 });
      expect(`d/${text}`).toBe(path);
    }
  });

  it('read no file that is larger than allowed', async () => {
    const folder = repositories.create([commit(ann, { a: 'x'.repeat(11) })]);
    const blob = (await listFiles(folder, 'main')).get('a') ?? '';
    expect(await readFileAt(folder, blob, { maxBytes: 10 })).toBeUndefined();
    expect(await readFileAt(folder, blob, { maxBytes: 11 })).toHaveLength(11);
  });

  it('leave out links and submodules', async () => {
    const folder = repositories.create([commit(ann, { 'a.ts': 'one' })]);
    const head = git(folder, ['rev-parse', 'main']).trim();
    const blob = git(folder, ['rev-parse', 'main:a.ts']).trim();
    const tree = git(
      folder,
      ['mktree'],
      [
        `100644 blob ${blob}\ta.ts`,
        `100755 blob ${blob}\trun.sh`,
        `120000 blob ${blob}\tlink.ts`,
        `160000 commit ${head}\tmodule`,
      ].join('\n'),
    ).trim();
    expect([...(await listFiles(folder, tree)).keys()]).toEqual([
      'a.ts',
      'run.sh',
    ]);
  });
});

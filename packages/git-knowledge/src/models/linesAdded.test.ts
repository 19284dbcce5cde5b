import { ann, bob, commit, lines, similarTo } from '../__testUtils__/commits';
import {
  git,
  removeContent,
  useRepositories,
} from '../__testUtils__/repositories';
import { linesAddedBy, linesOfFiles } from './linesAdded';

const repositories = useRepositories();

/** What every commit added, the oldest first. */
async function addedIn(repository: string) {
  const hashes = git(repository, ['rev-list', '--reverse', 'main'])
    .split('\n')
    .filter(Boolean);
  const found: Array<Record<string, number> & { commit?: never }> = [];
  for await (const { hash, byPath } of linesAddedBy(repository, hashes)) {
    found[hashes.indexOf(hash)] = Object.fromEntries(byPath);
  }
  return Array.from(hashes, (_, index) => found[index]);
}

const inFormat = (format: string) => ({ init: [`--object-format=${format}`] });

describe('linesAddedBy', () => {
  it('counts lines that are new or changed, of the first commit too', async () => {
    expect(
      await addedIn(
        repositories.create([
          commit(ann, { 'a.js': '1\n2\n3\n', 'b.js': '1' }),
          commit(bob, { 'a.js': '1\ntwo\n3\n4\n', 'b.js': undefined }),
          commit(bob, {}),
          commit(bob, { 'a.js': '1\n' }),
        ]),
      ),
    ).toEqual([
      { 'a.js': 3, 'b.js': 1 },
      { 'a.js': 2, 'b.js': 0 },
      undefined,
      { 'a.js': 0 },
    ]);
  });

  it('tells of renamed files under their new names', async () => {
    expect(
      await addedIn(
        repositories.create([
          commit(ann, { 'a.js': lines('a'), 'x.js': '1\n' }),
          commit(
            bob,
            { 'b.js': `${lines('a')}more\n`, 'x.js': '1\n2\n' },
            { moves: { 'a.js': 'b.js' } },
          ),
        ]),
      ),
    ).toEqual([
      { 'a.js': 20, 'x.js': 1 },
      { 'b.js': 1, 'x.js': 1 },
    ]);
  });

  it.each([
    [11, { 'b.js': 9 }],
    [9, { 'a.js': 0, 'b.js': 20 }],
  ])('of which %i of 20 lines stay', async (kept, expected) => {
    const [, found] = await addedIn(
      repositories.create([
        commit(ann, { 'a.js': lines('a') }),
        commit(
          bob,
          { 'b.js': similarTo('a', kept) },
          { moves: { 'a.js': 'b.js' } },
        ),
      ]),
    );
    expect(found).toEqual(expected);
  });

  it('finds none in what is no text', async () => {
    expect(
      await addedIn(
        repositories.create([
          commit(ann, { 'a.bin': '\0\n\n', 'b.js': '1\n' }),
        ]),
      ),
    ).toEqual([{ 'a.bin': 0, 'b.js': 1 }]);
  });

  it('takes names as they are', async () => {
    const names = ['a\tb.js', 'a\nb.js', 'ä"\\.js', '3\t1\tc.js'];
    expect(
      await addedIn(
        repositories.create([
          commit(
            ann,
            names.map((name, index) => [name, 'x\n'.repeat(index)] as const),
          ),
        ]),
      ),
    ).toEqual([Object.fromEntries(names.map((name, index) => [name, index]))]);
  });

  it('says what to do where contents are missing', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.js': lines('a') }),
      commit(bob, { 'a.js': lines('b') }),
    ]);
    removeContent(repository, 'main:a.js');
    await expect(addedIn(repository)).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'failed',
      message: expect.stringContaining('run git fsck'),
    });
  });

  it('stops when it is told to', async () => {
    const repository = repositories.create([commit(ann, { 'a.js': '1' })]);
    const counting = linesAddedBy(repository, ['main'], AbortSignal.abort());
    await expect(counting.next()).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('linesOfFiles', () => {
  it.each(['sha1', 'sha256'])('counts all of a commit, of %s', async format => {
    const repository = repositories.create(
      [
        commit(ann, { 'a.js': lines('a'), 'gone.js': '1\n' }),
        commit(bob, {
          'a.js': lines('b', 7),
          'deep/c.js': 'without an end',
          'gone.js': undefined,
          'empty.js': '',
        }),
      ],
      inFormat(format),
    );
    const head = git(repository, ['rev-parse', 'main']).trim();
    const found = Object.fromEntries(await linesOfFiles(repository, head));
    // 0 or not there: both are none.
    expect({ 'empty.js': 0, ...found }).toEqual({
      'a.js': 7,
      'deep/c.js': 1,
      'empty.js': 0,
    });
  });

  it('finds nothing in a commit of nothing', async () => {
    const repository = repositories.create([
      commit(ann, { 'a.js': '1' }),
      commit(ann, { 'a.js': undefined }),
    ]);
    const head = git(repository, ['rev-parse', 'main']).trim();
    expect(await linesOfFiles(repository, head)).toEqual(new Map());
  });
});

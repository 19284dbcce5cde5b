import {
  TestCommit,
  TestPerson,
  ann,
  bob,
  cem,
  commit,
  lines,
  similarTo,
} from '../__testUtils__/commits';
import { git } from '../__testUtils__/repositories';
import { useModel } from './__testUtils__/useModel';

const { repositories, read, authorsAfter } = useModel('avelino2016');
const dan: TestPerson = { name: 'Dan', email: 'dan@example.com' };

/** Somebody changes a file so many times; nobody else changes it so. */
function changes(by: TestPerson, path: string, count: number): TestCommit[] {
  return Array.from({ length: count }, (_, index) =>
    commit(by, { [path]: `// ${by.name} ${by.email} ${index}` }),
  );
}

// In all of these DOA = 3.293 + 1.098·FA + 0.164·DL − 0.321·ln(1 + AC), and an author has
// more than 0.75 of the highest on the file and, unless they added it, at least 3.293.
describe('authors', () => {
  it('are those who created a file', async () => {
    expect(await authorsAfter([commit(ann, { 'a.js': '1' })])).toEqual({
      'a.js': ['Ann'],
    });
  });

  it('and whoever changed it as often as nobody else', async () => {
    // Ann: 4.391 − 0.321·ln 2 = 4.168. Bob: 3.457, for the creation is no change; had it
    // been one, 3.457 − 0.321·ln 2 = 3.234 would not reach 3.293. 3.457/4.168 = 0.829.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }),
        ...changes(bob, 'a.js', 1),
      ]),
    ).toEqual({ 'a.js': ['Ann', 'Bob'] });
  });

  it('unless somebody else has a third more', async () => {
    // Ann: 4.391 + 3·0.164 − 0.321·ln 4 = 4.438. Bob: 3.785 − 0.321·ln 4 = 3.340, which is
    // 0.7526 of it. Had the creation been a change of Ann's, it were 3.340/4.602 = 0.726.
    const three = [
      commit(ann, { 'a.js': '1' }),
      ...changes(ann, 'a.js', 3),
      ...changes(bob, 'a.js', 3),
    ];
    expect(await authorsAfter(three)).toEqual({ 'a.js': ['Ann', 'Bob'] });
    // Ann: 4.391 + 9·0.164 − 0.321·ln 9 = 5.162. Bob: 4.605 − 0.321·ln 10 = 3.866, over
    // 3.293, but 0.7490 of hers.
    const nine = [
      commit(ann, { 'a.js': '1' }),
      ...changes(ann, 'a.js', 9),
      ...changes(bob, 'a.js', 8),
    ];
    expect(await authorsAfter(nine)).toEqual({ 'a.js': ['Ann'] });
  });

  it('unless they fall below 3.293', async () => {
    // Ann: 4.391 − 0.321·ln 3 = 4.038. Bob and Cem: 3.457 − 0.321·ln 2 = 3.234, which is
    // 0.801 of it.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }),
        ...changes(bob, 'a.js', 1),
        ...changes(cem, 'a.js', 1),
      ]),
    ).toEqual({ 'a.js': ['Ann'] });
  });

  it('but for those who added it, be they the first or not', async () => {
    const others = Array.from({ length: 31 }, (_, index) => ({
      name: `Other ${index}`,
      email: `other${index}@example.com`,
    }));
    // Ann and Bob: 4.391 − 0.321·ln 32 = 3.279. The others, each with one of 31 changes:
    // 3.457 − 0.321·ln 31 = 2.355, which is 0.718 of it.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }),
        commit(cem, { 'a.js': undefined }),
        commit(bob, { 'a.js': '2' }),
        ...others.flatMap(one => changes(one, 'a.js', 1)),
      ]),
    ).toEqual({ 'a.js': ['Ann', 'Bob'] });
  });

  it('and to add it once more gives nothing more', async () => {
    // Ann: 4.391 + 4·0.164 − 0.321·ln 5 = 4.530. Bob: 3.949 − 0.321·ln 5 = 3.432, which is
    // 0.758 of it. Another 1.098 would have made it 0.610, another change 0.724.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }),
        commit(ann, { 'a.js': undefined }),
        commit(ann, { 'a.js': '2' }),
        ...changes(ann, 'a.js', 4),
        ...changes(bob, 'a.js', 4),
      ]),
    ).toEqual({ 'a.js': ['Ann', 'Bob'] });
  });
});

describe('what counts as a change', () => {
  it('is no removal', async () => {
    // One change would make an author of Cem, as of Bob above.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }),
        commit(cem, { 'a.js': undefined }),
        commit(ann, { 'a.js': '2' }),
      ]),
    ).toEqual({ 'a.js': ['Ann'] });
  });

  it('is no change of its kind, as from a file to a link', async () => {
    const repository = repositories.create([commit(ann, { 'a.js': '1' })]);
    for (const mode of ['120000', '100644']) {
      const blob = git(repository, ['rev-parse', 'main:a.js']).trim();
      const cacheinfo = ['--add', '--cacheinfo', `${mode},${blob},a.js`];
      git(repository, ['update-index', ...cacheinfo]);
      git(repository, ['commit', '--quiet', '--message=Change']);
    }
    const { authors, commits } = await read(repository);
    expect(commits).toBe(3);
    expect(authors).toEqual({ 'a.js': ['Ann'] });
  });

  it('is nothing that a merge does', async () => {
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1', 'b.js': '1' }),
        commit(ann, { 'a.js': '2' }, { branch: 'side', from: 'main' }),
        commit(
          bob,
          { 'a.js': '3', 'b.js': '2', 'c.js': '1' },
          { merges: 'side' },
        ),
      ]),
      // Nothing but the merge ever touched c.js, so it does not count at all.
    ).toEqual({ 'a.js': ['Ann'], 'b.js': ['Ann'] });
  });

  it('is a rename, once', async () => {
    const renamed = commit(bob, {}, { moves: { 'a.js': 'b.js' } });
    // Bob: 3.457 − 0.321·ln 2 = 3.234 for one change, where Cem made one too.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }),
        ...changes(cem, 'a.js', 1),
        renamed,
      ]),
    ).toEqual({ 'b.js': ['Ann'] });
    // And 3.621 − 0.321·ln 2 = 3.398 for two: 0.861 of Ann's 4.391 − 0.321·ln 4 = 3.946.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }),
        ...changes(cem, 'a.js', 1),
        renamed,
        ...changes(bob, 'b.js', 1),
      ]),
    ).toEqual({ 'b.js': ['Ann', 'Bob'] });
  });

  it.each([
    [11, ['Ann', 'Bob']],
    [9, ['Bob']],
  ])('is a rename that keeps %i of 20 lines, %j', async (kept, expected) => {
    // Below one half it is a removal and a creation.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }),
        commit(
          bob,
          { 'b.js': similarTo('a', kept) },
          { moves: { 'a.js': 'b.js' } },
        ),
      ]),
    ).toEqual({ 'b.js': expected });
  });

  it('is nothing in a commit without any time', async () => {
    const untimed = 'Bob <bob@example.com>';
    const repository = repositories.create([commit(ann, { 'a.js': '1' })]);
    git(repository, ['read-tree', 'main']);
    for (const author of [untimed, `${untimed} 1704067200 +0000`]) {
      const content = git(
        repository,
        ['hash-object', '-w', '--stdin'],
        `// ${author}`,
      ).trim();
      git(repository, [
        'update-index',
        '--cacheinfo',
        `100644,${content},a.js`,
      ]);
      const tree = git(repository, ['write-tree']).trim();
      const parent = git(repository, ['rev-parse', 'main']).trim();
      const hash = git(
        repository,
        ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'],
        `tree ${tree}\nparent ${parent}\nauthor ${author}\ncommitter ${author}\n\nx\n`,
      ).trim();
      git(repository, ['update-ref', 'refs/heads/main', hash]);
      const { authors } = await read(repository);
      expect(authors).toEqual({
        'a.js': author === untimed ? ['Ann'] : ['Ann', 'Bob'],
      });
    }
  });
});

describe('the history of a path', () => {
  it('is all that ever bore its name, and all that was renamed to it', async () => {
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }),
        commit(bob, {}, { moves: { 'a.js': 'b.js' } }),
        commit(cem, { 'a.js': lines('new') }),
      ]),
    ).toEqual({
      // Both were the first to add what was called so.
      'a.js': ['Ann', 'Cem'],
      // 4.391 − 0.321·ln 2 = 4.168 both, though Cem's came after the rename; Bob's 3.457
      // for the rename are 0.829 of it.
      'b.js': ['Ann', 'Bob', 'Cem'],
    });
  });

  it('goes through a rename once, for the first file that leads to it', async () => {
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }),
        commit(bob, {}, { moves: { 'a.js': 'b.js' } }),
        commit(cem, {}, { moves: { 'b.js': 'c.js' } }),
        commit(dan, { 'b.js': lines('new') }),
      ]),
    ).toEqual({
      // b.js: added by Dan, renamed to by Bob, and a.js, added by Ann, was renamed to it.
      'b.js': ['Ann', 'Bob', 'Dan'],
      // c.js: renamed to by Cem, and all of b.js again but what was before Bob's rename.
      // Dan: 4.391 − 0.321·ln 3 = 4.038. Bob and Cem: 3.457 − 0.321·ln 2 = 3.234.
      'c.js': ['Dan'],
    });
  });

  it('may lead back to the path', async () => {
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }),
        commit(bob, {}, { moves: { 'a.js': 'b.js' } }),
        commit(cem, {}, { moves: { 'b.js': 'a.js' } }),
      ]),
      // 4.391 − 0.321·ln 3 = 4.038, and 3.234 for the renames.
    ).toEqual({ 'a.js': ['Ann'] });
  });
});

describe('the factor', () => {
  const own = (by: TestPerson, ...names: string[]) =>
    commit(by, Object.fromEntries(names.map(name => [name, `// ${name}`])));

  it('stops where less than half of the files have an author', async () => {
    // Without Ann 2 of 4 have one, which is half; without Bob as well 1 of 4.
    const { absenceFactor, order } = await read([
      own(ann, 'a.js', 'b.js'),
      own(bob, 'c.js'),
      own(cem, 'd.js'),
    ]);
    expect(absenceFactor).toEqual({
      factor: 2,
      files: 4,
      coverageAtStop: 0.25,
    });
    expect(order[0]).toBe('Ann');
  });

  it('counts files in the documentation for nothing', async () => {
    const { absenceFactor } = await read([
      own(ann, 'a.js', 'b.js'),
      own(bob, 'docs/c.js', 'docs/d.js', 'docs/e.js'),
    ]);
    expect(absenceFactor).toEqual({ factor: 1, files: 2, coverageAtStop: 0 });
  });

  it('takes whoever made more changes, of those with equally many files', async () => {
    // Two files each. Cem has 2 changes and 2 creations, Ann and Bob 1 change more or
    // less; changes of README.md and of files that are gone are none here.
    const { order } = await read([
      own(ann, 'a.js', 'b.js'),
      own(bob, 'c.js', 'd.js', 'gone.js'),
      own(cem, 'e.js', 'f.js'),
      ...changes(ann, 'a.js', 1),
      ...changes(ann, 'README.md', 5),
      ...changes(cem, 'e.js', 2),
      ...changes(bob, 'gone.js', 5),
      commit(dan, { 'gone.js': undefined }),
    ]);
    expect(order).toEqual(['Cem', 'Ann', 'Bob']);
  });

  it('and a creation is one of these, once for every file', async () => {
    // Ann and Bob are the authors of a.js and of b.js, and of one file more each. Bob's
    // is his creation and 4 changes: 5. Ann's are 3 creations of one, and 3 changes: 4.
    const { order, authors } = await read([
      own(ann, 'a.js'),
      commit(ann, { 'a.js': undefined }),
      own(ann, 'a.js'),
      commit(ann, { 'a.js': undefined }),
      own(ann, 'a.js'),
      ...changes(ann, 'a.js', 3),
      own(bob, 'b.js'),
      ...changes(bob, 'b.js', 4),
    ]);
    expect(authors).toEqual({ 'a.js': ['Ann'], 'b.js': ['Bob'] });
    expect(order).toEqual(['Bob', 'Ann']);
  });

  it('which one who only changed files has none of', async () => {
    // One file each. Ann has a creation and a change, Dan a creation, Bob a change.
    const { order, authors } = await read([
      own(dan, 'c.js'),
      ...changes(bob, 'c.js', 1),
      own(ann, 'a.js'),
      ...changes(ann, 'a.js', 1),
    ]);
    expect(authors).toEqual({ 'a.js': ['Ann'], 'c.js': ['Bob', 'Dan'] });
    expect(order).toEqual(['Ann', 'Dan', 'Bob']);
  });
});

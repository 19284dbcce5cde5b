import {
  ann,
  bob,
  cem,
  commit,
  day,
  lines,
  person,
  similarTo,
} from '../__testUtils__/commits';
import { git } from '../__testUtils__/repositories';
import { useModel } from './__testUtils__/useModel';

const { repositories, read, authorsAfter } = useModel('jetbrains2023');
const DAY = 24 * 60 * 60;
const [ANN, BOB, CEM] = [ann, bob, cem].map(({ email }) => email);

describe('files', () => {
  it('are all those at the head, whatever they are', async () => {
    const files = ['README.md', 'node_modules/a.js', 'yarn.lock', 'ä;"b.json'];
    const repository = repositories.create([
      commit(
        ann,
        files.map(path => [path, '1'] as const),
      ),
    ]);
    const [commitHash, blob] = ['main', 'main:yarn.lock'].map(name =>
      git(repository, ['rev-parse', name]).trim(),
    );
    git(repository, ['read-tree', 'main']);
    const cacheinfo = ['update-index', '--add', '--cacheinfo'];
    git(repository, [...cacheinfo, `120000,${blob},link`]);
    git(repository, [...cacheinfo, `160000,${commitHash},submodule`]);
    // A file that becomes a link has changed.
    git(repository, [...cacheinfo, `120000,${blob},README.md`]);
    git(repository, ['commit', '--quiet', '--message=Add']);
    const { authors } = await read(repository);
    // git commits today, and everything of before is too old to count.
    expect(Object.keys(authors).sort()).toEqual(
      ['README.md', 'link', 'submodule'].sort(),
    );
  });

  it('are not those that are gone', async () => {
    const { authors, absenceFactor } = await read([
      commit(ann, { 'a.js': '1', 'gone.js': '1' }),
      commit(bob, { 'gone.js': undefined }),
    ]);
    expect(authors).toEqual({ 'a.js': [ANN] });
    expect(absenceFactor.files).toBe(1);
  });

  it('are not changed by removals', async () => {
    const day0 = { at: day(0) };
    const [added, removed] = ['1', undefined].map(content => ({
      'a.js': content,
    }));
    // Ann: 3·0.989 + 2.4·ln(4.967/2) = 5.150. Cem: 4 + 2.4·ln(4.967/3.967) = 4.539. Had
    // Bob made as many changes as Ann, both had 4.090, and Cem 4.324.
    expect(
      await authorsAfter([
        commit(ann, added, day0),
        commit(bob, removed, day0),
        commit(ann, added, day0),
        commit(bob, removed, day0),
        commit(ann, added, day0),
        commit(bob, removed, day0),
        commit(cem, added, { at: day(1) }),
      ]),
    ).toEqual({ 'a.js': [ANN, CEM] });
  });

  it.each([
    [13, [ANN]],
    [11, [BOB]],
  ])('are moved where %i of 20 lines stay: %j', async (kept, expected) => {
    // A rename moves what is known of a file and counts as nothing; below 60 % it is a
    // removal and a creation.
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

  it('share what is known where a name was used again', async () => {
    const { authors, absenceFactor } = await read([
      commit(ann, { 'a.js': lines('a') }, { at: day(0) }),
      commit(bob, {}, { at: day(1), moves: { 'a.js': 'b.js' } }),
      commit(cem, { 'a.js': lines('new') }, { at: day(2) }),
    ]);
    // From the newest: Cem changes a.js, all of which then moves to b.js, and what Ann
    // did to a.js goes there too. Cem: 4 + 2.4·ln(2.978/1.978) = 4.982, Ann: 1.934.
    expect(authors).toEqual({ 'a.js': [CEM], 'b.js': [CEM] });
    // They are two files, and one is left without an author when Cem is gone.
    expect(absenceFactor).toEqual({
      factor: 1,
      files: 2,
      coverageAtStop: 0.5,
    });
  });

  it('that are moved onto others bring who changed them last', async () => {
    const dan = person('dan');
    // From the newest: Dan changes b.js and Cem a.js, a.js moves to b.js, Ann changes it.
    // Three weights, 1 + 0.989 + 0.967 = 2.956, and Cem counts as the last of the three:
    // 4·0.989 + 2.4·ln(3.956/2.967) = 4.646. Dan: 1 + 2.4·ln(3.956/2.956) = 1.699.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }, { at: day(0) }),
        commit(bob, {}, { at: day(1), moves: { 'a.js': 'b.js' } }),
        commit(cem, { 'a.js': lines('new') }, { at: day(2) }),
        commit(dan, { 'b.js': lines('b') }, { at: day(3) }),
      ]),
    ).toEqual({ 'a.js': [CEM], 'b.js': [CEM] });
  });

  it('and all that was changed of them', async () => {
    const dan = person('dan');
    // From the newest: Dan changes b.js twice, then a.js once, and then Cem adds it, who
    // counts as the last as that is of the same day; all of a.js moves to b.js, which Ann
    // added. Dan: 2 + 0.978, Cem: 0.978, Ann: 0.936, W = 4.892.
    // Cem: 4·0.978 + 2.4·ln(5.892/4.914) = 4.348.
    // Dan: 2.978 + 2.4·ln(5.892/2.914) = 4.668, and 4.348/4.668 = 0.931.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }, { at: day(0) }),
        commit(bob, {}, { at: day(2), moves: { 'a.js': 'b.js' } }),
        commit(cem, { 'a.js': lines('new') }, { at: day(4) }),
        commit(dan, { 'a.js': lines('newer') }, { at: day(4) }),
        ...['1', '2'].map(content =>
          commit(dan, { 'b.js': content }, { at: day(6) }),
        ),
      ]),
    ).toEqual({ 'a.js': [CEM, dan.email], 'b.js': [CEM, dan.email] });
  });

  it('that are moved on leave nothing behind', async () => {
    // From the newest: Cem adds x.js, which moves to a.js, which moves to b.js. x.js is
    // then what a.js was before it moved, of which nothing is known any more.
    expect(
      await authorsAfter([
        commit(
          ann,
          { 'a.js': lines('a'), 'x.js': lines('x') },
          { at: day(0) - 600 * DAY },
        ),
        commit(bob, {}, { moves: { 'a.js': 'b.js' } }),
        commit(bob, {}, { moves: { 'x.js': 'a.js' } }),
        commit(cem, { 'x.js': lines('new') }),
      ]),
    ).toEqual({ 'a.js': [CEM], 'b.js': [CEM] });
  });

  it('that are moved back stay what they are', async () => {
    expect(
      await authorsAfter([
        commit(ann, { 'b.js': lines('b') }),
        commit(bob, {}, { moves: { 'b.js': 'a.js' } }),
        commit(bob, {}, { moves: { 'a.js': 'b.js' } }),
        commit(cem, { 'b.js': lines('new') }),
      ]),
    ).toEqual({ 'b.js': [CEM] });
  });
});

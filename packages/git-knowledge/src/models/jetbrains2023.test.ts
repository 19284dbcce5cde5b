import {
  TestPerson,
  ann,
  bob,
  cem,
  commit,
  day,
  lines,
} from '../__testUtils__/commits';
import { git } from '../__testUtils__/repositories';
import { useModel } from './__testUtils__/useModel';

const { repositories, read, authorsAfter } = useModel('jetbrains2023');
const DAY = 24 * 60 * 60;
const [ANN, BOB, CEM] = [ann, bob, cem].map(({ email }) => email);

function person(name: string): TestPerson {
  return { name, email: `${name}@example.com` };
}

// In all of these A = 3·WO + WC + 2.4·ln(1 + W) − 2.4·ln(1 + W − WC), where a change
// weighs exp(−days/90), WC are somebody's, W everybody's, and WO is the newest one of
// whoever made it. An author has at least 0.001, and more than 0.75 of the highest.
describe('authors', () => {
  it('are those who changed a file last, not those who created it', async () => {
    // Ann: 0.989 + 2.4·ln(2.989/2) = 1.953. Bob: 3 + 1 + 2.4·ln(2.989/1.989) = 4.978.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }, { at: day(0) }),
        commit(bob, { 'a.js': '2' }, { at: day(1) }),
      ]),
    ).toEqual({ 'a.js': [BOB] });
  });

  it.each([
    // Ann's three changes weigh exp(−40/90) = 0.641 each, 1.924 together.
    // Ann: 1.924 + 2.4·ln(3.924/2) = 3.541. Bob: 4 + 2.4·ln(3.924/2.924) = 4.706.
    // 3.541/4.706 = 0.7524.
    [40, [ANN, BOB]],
    // Here 0.634 each: 3.505/4.710 = 0.7441.
    [41, [BOB]],
  ])('and those of many changes, %i days ago: %j', async (days, expected) => {
    expect(
      await authorsAfter([
        ...['1', '2', '3'].map(content =>
          commit(ann, { 'a.js': content }, { at: day(0) }),
        ),
        commit(bob, { 'a.js': '4' }, { at: day(days) }),
      ]),
    ).toEqual({ 'a.js': expected });
  });

  it.each([
    // exp(−788/90) = 0.00015753, and 4 of it + 2.4·ln(1 + it) = 0.0010082.
    [788, [ANN]],
    // exp(−789/90) = 0.00015579, and so 0.0009970.
    [789, []],
  ])('unless what they did is of %i days ago: %j', async (days, expected) => {
    // Committed now, written then.
    expect(
      await authorsAfter([
        commit(
          ann,
          { 'a.js': '1' },
          { at: day(0) - days * DAY, committedAt: day(0) },
        ),
      ]),
    ).toEqual({ 'a.js': expected });
  });
});

describe('whoever changed a file last', () => {
  it.each([
    // Both are of the same day, counted back from the head; of equals the older one.
    [DAY - 1, ANN],
    [DAY, BOB],
  ])('is told by whole days: %i seconds', async (seconds, expected) => {
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }, { at: day(9) - seconds }),
        commit(bob, { 'a.js': '2' }, { at: day(9) }),
      ]),
    ).toEqual({ 'a.js': [expected] });
  });

  it('is told by the author’s time, of the future too', async () => {
    // An hour ahead is no day ahead: both are of this day.
    const hour = { at: day(1) + 3600, committedAt: day(1) };
    const dayAhead = { at: day(2), committedAt: day(1) };
    const before = commit(ann, { 'a.js': '1' }, { at: day(1) - 60 });
    expect(
      await authorsAfter([before, commit(bob, { 'a.js': '2' }, hour)]),
    ).toEqual({ 'a.js': [ANN] });
    expect(
      await authorsAfter([before, commit(bob, { 'a.js': '2' }, dayAhead)]),
    ).toEqual({ 'a.js': [BOB] });
  });

  it.each([
    [100, 200, BOB],
    [200, 100, ANN],
  ])(
    'is whose commit is older, of branches %i and %i seconds ago',
    async (side, main, expected) => {
      const end = day(5);
      expect(
        await authorsAfter([
          commit(cem, { 'a.js': '0' }, { at: day(0) }),
          commit(
            ann,
            { 'a.js': '1' },
            { at: end - side, branch: 'side', from: 'main' },
          ),
          commit(bob, { 'a.js': '2' }, { at: end - main }),
          commit(cem, {}, { at: end, merges: 'side' }),
        ]),
      ).toEqual({ 'a.js': [expected] });
    },
  );
});

describe('commits', () => {
  // Of the equal ones the order is what JGit made of these same histories.
  it.each([
    {
      branches: { two: 2, deux: 2, zwei: 2, three: 3, one: 1 },
      merges: [2, 2, 2, 2, 3],
      walk: ['three', 'zwei', 'deux', 'two', 'one', 'base'],
    },
    {
      branches: { two: 2, deux: 2, zwei: 2, dos: 2 },
      merges: [3, 3, 3, 3],
      walk: ['deux', 'two', 'zwei', 'dos', 'base'],
    },
  ])(
    'come by their times, as JGit walks them: $walk',
    async ({ branches, merges, walk }) => {
      const { people } = await read([
        commit(person('base'), { 'a.js': '0' }, { at: day(0) }),
        ...Object.entries(branches).map(([branch, time]) =>
          commit(
            person(branch),
            { 'a.js': branch },
            { at: day(0) + time, branch, from: 'main' },
          ),
        ),
        ...Object.keys(branches).map((branch, index) =>
          commit(
            person('merging'),
            { 'a.js': branch },
            { at: day(0) + merges[index], merges: branch },
          ),
        ),
      ]);
      expect(people).toEqual(walk.map(name => person(name).email));
    },
  );

  it('come once, whatever leads to them', async () => {
    // Ann: 0.989 + 2.4·ln(2.989/2) = 1.953, 0.392 of Bob's 4.978; had she done it twice,
    // 1.978 + 2.4·ln(3.978/2) = 3.628, 0.774 of 4.689.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }, { at: day(0) }),
        commit(cem, { 'b.js': '1' }, { branch: 'side', from: 'main' }),
        commit(bob, { 'a.js': '2' }, { at: day(1) }),
        commit(cem, { 'b.js': '1' }, { at: day(1), merges: 'side' }),
      ]),
    ).toEqual({ 'a.js': [BOB], 'b.js': [CEM] });
  });
});

describe('commits that count', () => {
  it('are those of 547 days before the head, as committed', async () => {
    const start = day(0) - 547 * DAY;
    const { authors, absenceFactor } = await read([
      commit(ann, { 'old.js': '1' }, { at: day(0), committedAt: start - 1 }),
      commit(bob, { 'new.js': '1' }, { at: day(0), committedAt: start }),
      commit(ann, { 'later.js': '1' }, { at: day(0), committedAt: day(0) + 1 }),
      commit(cem, { 'head.js': '1' }, { at: day(0) }),
    ]);
    expect(authors).toEqual({ 'head.js': [CEM], 'new.js': [BOB] });
    expect(absenceFactor.files).toBe(2);
  });

  it('are no merges', async () => {
    const { authors, people } = await read([
      commit(ann, { 'a.js': '1' }),
      commit(ann, { 'b.js': '1' }, { branch: 'side', from: 'main' }),
      commit(
        bob,
        { 'a.js': '2', 'b.js': '1', 'c.js': '1' },
        { merges: 'side' },
      ),
    ]);
    expect(authors).toEqual({ 'a.js': [ANN], 'b.js': [ANN] });
    expect(people).toEqual([ANN]);
  });

  it('are none of bots alone, and neither are their renames', async () => {
    const bot = { name: 'robot', email: '1+robot[bot]@example.com' };
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1', 'b.js': lines('b'), 'd.js': '1' }),
        commit(bot, { 'a.js': '2', 'c.js': '1' }),
        commit(bot, {}, { moves: { 'b.js': 'moved.js' } }),
        commit(
          bot,
          { 'd.js': '2' },
          { message: 'x\n\nCo-authored-by: Bob <bob@example.com>\n' },
        ),
        // Names say nothing, and addresses without brackets neither.
        commit({ name: 'robot[bot]', email: CEM }, { 'e.js': '1' }),
        commit(person('bot'), { 'f.js': '1' }),
      ]),
    ).toEqual({
      'a.js': [ANN],
      'd.js': [BOB],
      'e.js': [CEM],
      'f.js': ['bot@example.com'],
    });
  });
});

describe('people', () => {
  it('are addresses as they are written', async () => {
    const { people } = await read([
      commit(ann, { 'a.js': '1' }),
      commit({ name: 'Ann', email: 'ANN@example.com' }, { 'a.js': '2' }),
      commit({ name: 'Other', email: ANN }, { 'a.js': '3' }),
      commit(bob, { '.mailmap': '<ann@example.com> <bob@example.com>\n' }),
    ]);
    expect(people).toEqual([BOB, ANN, 'ANN@example.com']);
  });

  it.each([
    ['of any line', 'x\nCo-authored-by: Bob <bob@example.com>\n\ny\n', true],
    ['without brackets', 'Co-authored-by: bob@example.com', true],
    ['not of other lines', 'x Co-authored-by: Bob <bob@example.com>', false],
    ['not in other case', 'Co-Authored-By: Bob <bob@example.com>', false],
    ['not of reviewers', 'Reviewed-by: Bob <bob@example.com>', false],
  ])('are co-authors, %s', async (_, message, isPerson) => {
    const { people } = await read([commit(ann, { 'a.js': '1' }, { message })]);
    expect(people).toEqual(isPerson ? [BOB, ANN] : [ANN]);
  });

  it('made a commit together, its author last', async () => {
    const message = [ANN, BOB].map(one => `Co-authored-by: <${one}>\n`);
    // Ann: 4 + 2.4·ln(3/2) = 4.973, Bob: 1 + 2.4·ln(3/2) = 1.973.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }, { message: message[1] }),
      ]),
    ).toEqual({ 'a.js': [ANN] });
    // Who is named twice stands where they were first, here before Bob.
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': '1' }, { message: message.join('') }),
      ]),
    ).toEqual({ 'a.js': [BOB] });
  });
});

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
    const half = [
      ...lines('a').split('\n').slice(0, kept),
      ...lines('z').split('\n').slice(kept),
    ].join('\n');
    expect(
      await authorsAfter([
        commit(ann, { 'a.js': lines('a') }),
        commit(bob, { 'b.js': half }, { moves: { 'a.js': 'b.js' } }),
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

describe('the factor', () => {
  it('goes on while half of the files have an author', async () => {
    const { absenceFactor, order } = await read([
      commit(ann, { 'a.js': '1', 'b.js': '1' }),
      commit(bob, { 'c.js': '1' }),
      commit(cem, { 'd.js': '1' }),
    ]);
    // Without Ann 2 of 4 files have one, which is not under half; without Cem, who made
    // the newer commit, 1 of 4.
    expect(absenceFactor).toEqual({
      factor: 2,
      files: 4,
      coverageAtStop: 0.25,
    });
    expect(order).toEqual([ANN, CEM, BOB]);
  });

  it('is none where the files have no authors', async () => {
    const old = { at: day(0) - 800 * DAY, committedAt: day(0) };
    const { absenceFactor } = await read([
      commit(ann, { 'a.js': '1', 'b.js': '1' }, old),
      commit(bob, { 'c.js': '1' }, { at: day(0) }),
    ]);
    expect(absenceFactor).toEqual({
      factor: 0,
      files: 3,
      coverageAtStop: 1 / 3,
    });
  });

  it.each([
    // A Java HashMap of up to 12 has 16 places, and number 16 has that of number 0.
    [12, ['p0', 'p16', 'p1']],
    // With more it has 32.
    [13, ['p0', 'p1', 'p16']],
  ])('takes first, of %i, whom a Java HashMap does', async (most, expected) => {
    // Numbers are given from the newest commit on. Of 0 to 17 only the first `most` - 1
    // and 16 have a file of their own; the others share one with 0, who changed it last.
    const count = 18;
    const { order, people } = await read(
      Array.from({ length: count }, (_, place) => {
        const number = count - 1 - place;
        const hasOwn = number === 16 || number < most - 1;
        return commit(person(`p${number}`), {
          ...(hasOwn ? { [`${number}.js`]: '1' } : {}),
          ...(hasOwn && number > 0 ? {} : { 'a.js': `${number}` }),
        });
      }),
    );
    expect(people[16]).toBe('p16@example.com');
    const wanted = expected.map(name => `${name}@example.com`);
    expect(order).toHaveLength(most);
    expect(order.filter(one => wanted.includes(one))).toEqual(wanted);
  });
});

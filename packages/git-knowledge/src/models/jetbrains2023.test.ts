import {
  ann,
  bob,
  cem,
  commit,
  day,
  lines,
  person,
} from '../__testUtils__/commits';
import { useModel } from './__testUtils__/useModel';

const { read, authorsAfter } = useModel('jetbrains2023');
const DAY = 24 * 60 * 60;
const [ANN, BOB, CEM] = [ann, bob, cem].map(({ email }) => email);

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

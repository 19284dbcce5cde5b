import {
  TestCommit,
  TestPerson,
  ann,
  bob,
  cem,
  commit,
  day,
  lines,
} from './__testUtils__/commits';
import { NOW } from './__testUtils__/reading';
import { useRepositories } from './__testUtils__/repositories';
import type { Knowledge } from './Knowledge';
import { readKnowledge } from './readKnowledge';
import { KnowledgeRequest } from './schemas';

// The rules of our own model, one by one, each by a history that is small enough to
// recompute by hand:
//
//   DOA = 3.293 + 1.098·FA + 0.164·DL − 0.321·ln(1 + AC)
//
// An author has at least 3.293, and more than 0.75 of the highest on the file; somebody
// knows it with 2.4. With n changes of others, 0.321·ln(1 + n) is
//
//   n        1       2       3       4       5       25       26
//         0.2225  0.3527  0.4450  0.5166  0.5752  1.0459  1.0580

const repositories = useRepositories();
const robot: TestPerson = { name: 'robot[bot]', email: 'robot@example.com' };
const TODAY = Date.parse(NOW) / 1000;
const DAY = 24 * 60 * 60;
let written = 0;

/** Somebody changes a file, or creates it. */
function change(by: TestPerson, path = 'a.ts', at?: number): TestCommit {
  written += 1;
  return commit(by, { [path]: `${written}\n` }, { at });
}

function times(count: number, make: () => TestCommit): TestCommit[] {
  return Array.from({ length: count }, make);
}

async function readAfter(
  commits: readonly TestCommit[],
  options: Partial<KnowledgeRequest> = {},
) {
  return readKnowledge({
    repository: repositories.create(commits),
    now: NOW,
    ...options,
  });
}

/** The place of a file. */
function fileAt({ paths }: Knowledge, path: string): number {
  return paths.indexOf(path);
}

type Told = 'authors' | 'present' | 'known';

/** Who is what of each file, by first names. */
async function told(
  what: Told,
  ...asked: Parameters<typeof readAfter>
): Promise<Record<string, string>> {
  const knowledge = await readAfter(...asked);
  const { people } = knowledge.people;
  return Object.fromEntries(
    Array.from(knowledge.sources, file => [
      knowledge.paths[file],
      knowledge
        .authorsOf(file)
        [what].map(person => people[person].name)
        .sort()
        .join(' '),
    ]),
  );
}

const authorsAfter = (...asked: Parameters<typeof readAfter>) =>
  told('authors', ...asked);

describe('the first author', () => {
  it('has made no change by that', async () => {
    // Ann 4.391 − 0.2225 = 4.1685, Bob 3.457, which is 0.829 of it. Were the creation a
    // change besides, Bob would have 3.457 − 0.2225 = 3.2345.
    expect(await authorsAfter([change(ann), change(bob)])).toEqual({
      'a.ts': 'Ann Bob',
    });
  });

  it('stays it, whoever changes the file', async () => {
    // Ann 4.391 − 0.321·ln 31 = 3.2887, and 2.1907 if she were not; Bob has
    // 3.293 + 30·0.164 = 8.213.
    const commits = [change(ann), ...times(30, () => change(bob))];
    expect(await told('known', commits)).toEqual({ 'a.ts': 'Ann Bob' });
    expect(await authorsAfter(commits)).toEqual({ 'a.ts': 'Bob' });
  });

  it('is nobody where a bot created the file', async () => {
    // Ann and Bob 3.457 − 0.2225 = 3.2345 each, which is the highest, and too little.
    const commits = [change(robot), change(ann), change(bob)];
    expect(await authorsAfter(commits)).toEqual({ 'a.ts': '' });
    expect(await told('known', commits)).toEqual({ 'a.ts': 'Ann Bob' });
  });
});

describe('the cuts', () => {
  it('take 3.293, but not less', async () => {
    // Bob 3.293 + 2·0.164 − 0.2225 = 3.3985, of Ann's 4.391 + 0.164 − 0.3527 = 4.2023
    // that is 0.809.
    expect(
      await authorsAfter([change(ann), change(ann), change(bob), change(bob)]),
    ).toEqual({ 'a.ts': 'Ann Bob' });
    // Bob and Cem 3.457 − 0.2225 = 3.2345 each. Of Ann's 4.391 − 0.3527 = 4.0383 that
    // is 0.801.
    expect(await authorsAfter([change(ann), change(bob), change(cem)])).toEqual(
      { 'a.ts': 'Ann' },
    );
  });

  it('take more than 0.75 of the highest', async () => {
    const of = (changes: number) => [
      change(ann),
      ...times(changes, () => change(ann)),
      ...times(4, () => change(bob)),
    ];
    // Ann 4.391 + 4·0.164 − 0.5166 = 4.5304, Bob 3.293 + 4·0.164 − 0.5166 = 3.4324:
    // 0.7576.
    expect(await authorsAfter(of(4))).toEqual({ 'a.ts': 'Ann Bob' });
    // Ann 4.391 + 5·0.164 − 0.5166 = 4.6944, Bob 3.293 + 4·0.164 − 0.5752 = 3.3738:
    // 0.7187.
    expect(await authorsAfter(of(5))).toEqual({ 'a.ts': 'Ann' });
  });

  it('take 2.4 for knowing a file', async () => {
    const of = (changes: number) => [
      change(ann),
      change(bob),
      ...times(changes, () => change(ann)),
    ];
    // Bob 3.457 − 1.0459 = 2.4111.
    expect(await told('known', of(25))).toEqual({ 'a.ts': 'Ann Bob' });
    // Bob 3.457 − 1.0580 = 2.3990.
    expect(await told('known', of(26))).toEqual({ 'a.ts': 'Ann' });
  });
});

describe('renames', () => {
  const a = lines('a');
  const move = (by: TestPerson, from: string, to: string) =>
    commit(by, {}, { moves: { [from]: to } });

  it('back and forth are a change each', async () => {
    // Ann 4.391 − 0.3527 = 4.0383; Bob and Cem have made one of two changes: 3.2345.
    const commits = [
      commit(ann, { 'a.ts': a }),
      move(bob, 'a.ts', 'b.ts'),
      move(cem, 'b.ts', 'a.ts'),
    ];
    expect(await authorsAfter(commits)).toEqual({ 'a.ts': 'Ann' });
    expect(await told('known', commits)).toEqual({ 'a.ts': 'Ann Bob Cem' });
  });

  it('leave the old path to a file of its own', async () => {
    // b.ts: Ann 4.391 − 0.2225, Bob 3.457, as above. a.ts is Cem's alone: 4.391.
    expect(
      await authorsAfter([
        commit(ann, { 'a.ts': a }),
        move(bob, 'a.ts', 'b.ts'),
        change(cem, 'a.ts'),
      ]),
    ).toEqual({ 'a.ts': 'Cem', 'b.ts': 'Ann Bob' });
  });

  it('onto each other are what git says of them', async () => {
    // a → b while b → c: of the three paths only a is gone and only c is new, and those
    // two are not alike. So b is changed, and c is Cem's: 4.391. On b Bob has
    // 4.391 − 0.2225 = 4.1685 and Cem 3.457, 0.829 of it. a was Ann's, and is gone.
    const commits = [
      commit(ann, { 'a.ts': a }),
      commit(bob, { 'b.ts': lines('b') }),
      commit(cem, { 'a.ts': undefined, 'b.ts': a, 'c.ts': lines('b') }),
    ];
    const expected = { 'b.ts': 'Bob Cem', 'c.ts': 'Cem' };
    expect(await authorsAfter(commits)).toEqual(expected);
    expect(await authorsAfter(commits, { renames: 'similar' })).toEqual(
      expected,
    );
  });

  it('in a circle are changes', async () => {
    // Both are changed: Ann and Bob 4.1685 on theirs, Cem 3.457.
    expect(
      await authorsAfter([
        commit(ann, { 'a.ts': a }),
        commit(bob, { 'b.ts': lines('b') }),
        commit(cem, { 'a.ts': lines('b'), 'b.ts': a }),
      ]),
    ).toEqual({ 'a.ts': 'Ann Cem', 'b.ts': 'Bob Cem' });
  });

  it('of changed files are followed when asked to', async () => {
    const commits = [
      commit(ann, { 'a.ts': a }),
      commit(bob, { 'a.ts': undefined, 'b.ts': `${a}more\n` }),
    ];
    expect(await authorsAfter(commits)).toEqual({ 'b.ts': 'Bob' });
    // As one change of Bob's: Ann 4.1685, Bob 3.457.
    expect(await authorsAfter(commits, { renames: 'similar' })).toEqual({
      'b.ts': 'Ann Bob',
    });
  });
});

describe('what is undone', () => {
  it('was done, and undoing it is a change', async () => {
    // Bob alone had 3.457, 0.829 of Ann's. After Ann's revert he has
    // 3.457 − 0.2225 = 3.2345, and she has 4.391 + 0.164 − 0.2225 = 4.3325.
    const commits = [
      commit(ann, { 'a.ts': 'one\n' }),
      commit(bob, { 'a.ts': 'two\n' }),
      commit(ann, { 'a.ts': 'one\n' }, { message: 'Revert "Commit 1"' }),
    ];
    expect(await authorsAfter(commits)).toEqual({ 'a.ts': 'Ann' });
    expect(await told('known', commits)).toEqual({ 'a.ts': 'Ann Bob' });
  });

  it('begins anew where a file was deleted and is created again', async () => {
    // Cem 4.391, and nobody else has a part in this a.ts, whatever it says.
    const commits = [
      commit(ann, { 'a.ts': 'one\n', 'b.ts': 'b' }),
      commit(ann, { 'a.ts': 'two\n' }),
      commit(bob, { 'a.ts': undefined }),
      commit(cem, { 'a.ts': 'two\n' }),
    ];
    expect(await told('known', commits)).toEqual({
      'a.ts': 'Cem',
      'b.ts': 'Ann',
    });
  });

  it('is a rename only within one commit', async () => {
    expect(
      await told('known', [
        commit(ann, { 'a.ts': 'one\n' }),
        commit(bob, { 'a.ts': undefined }),
        commit(bob, { 'b.ts': 'one\n' }),
      ]),
    ).toEqual({ 'b.ts': 'Bob' });
  });
});

describe('merges', () => {
  it('are no changes, even where they solve a conflict', async () => {
    // Ann 4.391 + 0.164 − 0.2225 = 4.3325, Bob 3.2345, Cem nothing. Were the merge a
    // change, Cem would know the file by 3.457 − 0.3527 = 3.1043.
    const commits = [
      commit(ann, { 'a.ts': 'one\n' }),
      commit(bob, { 'a.ts': 'two\n' }, { branch: 'side', from: 'main' }),
      commit(ann, { 'a.ts': 'three\n' }),
      commit(cem, { 'a.ts': 'two and three\n' }, { merges: 'side' }),
    ];
    expect(await authorsAfter(commits)).toEqual({ 'a.ts': 'Ann' });
    expect(await told('known', commits)).toEqual({ 'a.ts': 'Ann Bob' });
  });

  it('leave what they create without a first author', async () => {
    const commits = [
      change(ann),
      commit(bob, { 'b.ts': 'b' }, { branch: 'side', from: 'main' }),
      commit(cem, { 'b.ts': 'b', 'c.ts': 'c' }, { merges: 'side' }),
    ];
    expect(await authorsAfter(commits)).toEqual({
      'a.ts': 'Ann',
      'b.ts': 'Bob',
      'c.ts': '',
    });
    // Bob 3.293 + 0.164 = 3.457, and that is the highest.
    expect(await authorsAfter([...commits, change(bob, 'c.ts')])).toMatchObject(
      { 'c.ts': 'Bob' },
    );
  });

  it('bring the changes of both sides', async () => {
    // Bob has made two of three changes: 3.293 + 0.328 − 0.2225 = 3.3985. Ann has
    // 4.391 + 0.164 − 0.3527 = 4.2023, of which that is 0.809.
    const onSide = { branch: 'side', from: 'main' };
    expect(
      await authorsAfter([
        change(ann),
        { ...change(bob), ...onSide },
        { ...change(bob), branch: 'side' },
        change(ann),
        commit(cem, { 'a.ts': 'both' }, { merges: 'side' }),
      ]),
    ).toEqual({ 'a.ts': 'Ann Bob' });
  });
});

describe('several people', () => {
  const together = (one: TestCommit, ...others: TestPerson[]): TestCommit => ({
    ...one,
    message: `Together\n\n${others
      .map(({ name, email }) => `Co-authored-by: ${name} <${email}>\n`)
      .join('')}`,
  });

  it('have made a commit each, and are no others to each other', async () => {
    // Ann 4.391 − 0.2225 = 4.1685, since that is one change. Bob and Cem 3.457 each;
    // were they others to each other, they would have 3.2345.
    expect(
      await authorsAfter([change(ann), together(change(bob), cem)]),
    ).toEqual({ 'a.ts': 'Ann Bob Cem' });
  });

  it('are first authors of what they create', async () => {
    // Ann and Bob 4.391 − 0.5166 = 3.8744, Cem 3.293 + 4·0.164 = 3.949: the lowest is
    // 0.98 of the highest. Without a first author's 1.098 Bob would have 2.7764.
    expect(
      await authorsAfter([
        together(change(ann), bob),
        ...times(4, () => change(cem)),
      ]),
    ).toEqual({ 'a.ts': 'Ann Bob Cem' });
  });

  it('are one who squashes, but for those whom the message names', async () => {
    // Three commits become one; by the name of who merged, Cem has 4.391.
    const squashed = commit(cem, { 'a.ts': 'all of it' });
    expect(await told('known', [squashed])).toEqual({ 'a.ts': 'Cem' });
    // All of them 4.391.
    expect(await authorsAfter([together(squashed, ann, bob)])).toEqual({
      'a.ts': 'Ann Bob Cem',
    });
  });
});

describe('.mailmap', () => {
  const of = (name: string): TestPerson => ({
    name,
    email: `${name.toLowerCase()}@example.com`,
  });

  it('is followed one step, as git does', async () => {
    // From First to Second, and from Second to Third: so what First made is Second's,
    // and what Second made is Third's. Second has 4.391 − 0.3527 = 4.0383, and Third,
    // with both changes, 3.293 + 2·0.164 = 3.621, which is 0.897 of it.
    const knowledge = await readAfter([
      commit(of('First'), {
        'a.ts': '1',
        '.mailmap':
          'S <second@example.com> <first@example.com>\n' +
          'T <third@example.com> <second@example.com>\n',
      }),
      change(of('Second')),
      change(of('Third')),
    ]);
    const emailsOf = (people: readonly number[]) =>
      people.flatMap(person => knowledge.people.people[person].emails).sort();
    expect(
      emailsOf(knowledge.authorsOf(fileAt(knowledge, 'a.ts')).authors),
    ).toEqual(['second@example.com', 'third@example.com']);
    // Were they three, Second and Third would have 3.2345 each.
    expect(knowledge.people.people).toHaveLength(2);
  });

  it('joins what identities know by the address that it gives', async () => {
    const options = {
      identities: [
        { email: 'new@example.com', personId: 'n', active: true },
        { email: 'ann@example.com', personId: 'n', active: true },
      ],
    };
    const commits = [
      commit(ann, {
        'a.ts': '1',
        '.mailmap': 'N <new@example.com> <old@example.com>\n',
      }),
      change(of('Old')),
      change(bob),
    ];
    // Ann and Old are one: 4.391 + 0.164 − 0.2225 = 4.3325. Bob 3.2345.
    const joined = await readAfter(commits, options);
    const { people } = joined.people;
    expect(people.map(one => one.personId)).toEqual(['n', undefined]);
    expect(joined.authorsOf(fileAt(joined, 'a.ts')).authors).toEqual([0]);
    // Without identities Old is a third, with as little as Bob.
    expect((await readAfter(commits)).people.people).toHaveLength(3);
  });
});

describe('the present', () => {
  const of = (age: number) => [
    change(ann),
    change(ann, 'a.ts', TODAY),
    change(bob, 'a.ts', TODAY - age * DAY),
    change(bob, 'a.ts', TODAY - age * DAY),
  ];

  it('halves a change after 150 days', async () => {
    // Of today: Bob 3.293 + 2·0.164 − 0.2225 = 3.3985, Ann 4.2023, as of all time.
    expect(await told('present', of(0))).toEqual({ 'a.ts': 'Ann Bob' });
    // 150 days old they weigh 2·0.5 = 1: Bob 3.457 − 0.2225 = 3.2345.
    expect(await told('present', of(150))).toEqual({ 'a.ts': 'Ann' });
    expect(await authorsAfter(of(150))).toEqual({ 'a.ts': 'Ann Bob' });
  });

  it('or after the days that it is told', async () => {
    // 2^(−150/300) = 0.7071, and 1.4142 for both: Bob 3.293 + 0.2319 − 0.2225 = 3.3024.
    // Ann 4.391 + 0.164 − 0.321·ln 2.4142 = 4.2721, of which that is 0.773.
    expect(await told('present', of(150), { halfLifeDays: 300 })).toEqual({
      'a.ts': 'Ann Bob',
    });
  });

  it('never forgets who created a file', async () => {
    const [created, changed] = [TODAY - 3650 * DAY, TODAY - 150 * DAY];
    const everybody = [ann, bob].map(({ name, email }) => ({
      email,
      personId: `${name}`,
      active: true,
    }));
    // Ann, ten years ago: 4.391 − 0.321·ln 1.5 = 4.2608. Bob 3.293 + 0.082 = 3.375,
    // which is 0.792 of it.
    expect(
      await told(
        'present',
        [change(ann, 'a.ts', created), change(bob, 'a.ts', changed)],
        { identities: everybody },
      ),
    ).toEqual({ 'a.ts': 'Ann Bob' });
  });

  it('has only those who made a change within 365 days', async () => {
    const by = (age: number) => [
      change(ann, 'a.ts', TODAY - age),
      change(bob, 'b.ts', TODAY),
    ];
    expect(await told('present', by(365 * DAY))).toEqual({
      'a.ts': 'Ann',
      'b.ts': 'Bob',
    });
    expect(await told('present', by(365 * DAY + 1))).toEqual({
      'a.ts': '',
      'b.ts': 'Bob',
    });
  });

  it('compares with active people only', async () => {
    // Ann has 4.391 + 5·0.164 − 0.5166 = 4.6944 of all time, and Bob 0.7187 of that, as
    // above. In the present, all on one day 30 days ago, a change weighs
    // 2^(−30/150) = 0.8706: Bob 3.293 + 4·0.1428 − 0.321·ln(1 + 5·0.8706) = 3.3259.
    const at = TODAY - 30 * DAY;
    const commits = [
      ...times(6, () => change(ann, 'a.ts', at)),
      ...times(4, () => change(bob, 'a.ts', at)),
    ];
    const identities = [
      { email: 'ann@example.com', personId: 'ann', active: false },
      { email: 'bob@example.com', personId: 'bob', active: true },
    ];
    expect(await told('authors', commits, { identities })).toEqual({
      'a.ts': 'Ann',
    });
    expect(await told('present', commits, { identities })).toEqual({
      'a.ts': 'Bob',
    });
  });
});

describe('the absence factor', () => {
  /** Of files with one author each. */
  async function factorOf(...owners: TestPerson[]) {
    const knowledge = await readAfter(
      owners.map((owner, place) => change(owner, `${place}.ts`, day(place))),
    );
    return knowledge.absenceFactorOf(knowledge.sources).allTime;
  }

  it('goes on while half of the files have an author', async () => {
    // Without Ann 2 of 4, which is half; without Bob 1 of 4.
    expect(await factorOf(ann, ann, bob, cem)).toEqual({
      factor: 2,
      files: 4,
      coverageAtStop: 0.25,
    });
  });

  it('stops under half, and tells by how much', async () => {
    // Without Ann 2 of 5.
    expect(await factorOf(ann, ann, ann, bob, cem)).toEqual({
      factor: 1,
      files: 5,
      coverageAtStop: 0.4,
    });
  });

  it('removes whoever has most files, wherever they stand', async () => {
    // Without Cem 2 of 5. In another order, without Ann and Bob, 3 of 5.
    expect(await factorOf(ann, bob, cem, cem, cem)).toMatchObject({
      factor: 1,
    });
  });

  it('counts files without an author as lost', async () => {
    // 2 of 4 have one, which is half; without Ann 1 of 4.
    expect(await factorOf(ann, bob, robot, robot)).toEqual({
      factor: 1,
      files: 4,
      coverageAtStop: 0.25,
    });
    // 1 of 3 from the beginning.
    expect(await factorOf(ann, robot, robot)).toEqual({
      factor: 0,
      files: 3,
      coverageAtStop: 1 / 3,
    });
  });

  it('needs all authors of a file to be gone', async () => {
    // a.ts has Ann and Bob, b.ts has Bob. Without Bob 1 of 2, without Ann none.
    const knowledge = await readAfter([
      change(ann),
      change(bob),
      change(bob, 'b.ts'),
    ]);
    expect(knowledge.absenceFactorOf(knowledge.sources).allTime).toEqual({
      factor: 2,
      files: 2,
      coverageAtStop: 0,
    });
  });
});

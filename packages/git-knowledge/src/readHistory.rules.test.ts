import { TestPerson, ann, bob, cem, day } from './__testUtils__/commits';
import { NOW } from './__testUtils__/reading';
import { change, times, useRules } from './__testUtils__/rules';

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

const { readAfter, told, authorsAfter } = useRules();
const robot: TestPerson = { name: 'robot[bot]', email: 'robot@example.com' };
const TODAY = Date.parse(NOW) / 1000;
const DAY = 24 * 60 * 60;

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

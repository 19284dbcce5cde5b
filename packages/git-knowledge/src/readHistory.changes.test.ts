import {
  TestCommit,
  TestPerson,
  ann,
  bob,
  cem,
  commit,
  lines,
} from './__testUtils__/commits';
import { change, fileAt, times, useRules } from './__testUtils__/rules';

// What counts as a change by whom, by histories that are small enough to recompute by
// hand; the rules stand in readHistory.rules.test.ts.

const { readAfter, told, authorsAfter } = useRules();

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

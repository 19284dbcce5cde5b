import {
  TestCommit,
  TestPerson,
  ann,
  bob,
  cem,
  commit,
  day,
  lines,
  similarTo,
} from '../__testUtils__/commits';
import { git } from '../__testUtils__/repositories';
import { useModel } from './__testUtils__/useModel';
import { degreeOfExpertise } from './doe';

const { repositories, read, authorsAfter: expertsAfter } = useModel('doe');

/** The day of the readings; {@link ann}'s changes are of day 0. */
const TODAY = 365;
const today = { at: day(TODAY) };

/** Lines that Ann wrote a year ago, and others of today. */
function written(hers: number, others: number): TestCommit[] {
  return [
    commit(ann, { 'a.js': lines('a', hers) }, { at: day(0) }),
    commit(bob, { 'a.js': lines('a', hers) + lines('b', others) }, today),
  ];
}

describe('degreeOfExpertise', () => {
  it('is that of Cury et al.', () => {
    // 5.28223 + 0.23173·ln 21 + 0.36151 − 0.19421·ln 11 − 0.28761·ln 20
    // = 5.28223 + 0.70551 + 0.36151 − 0.46570 − 0.86160
    expect(
      degreeOfExpertise({
        firstAuthor: true,
        linesAdded: 20,
        daysSinceLastChange: 10,
        lines: 20,
      }),
    ).toBeCloseTo(5.02195, 5);
    expect(
      degreeOfExpertise({
        firstAuthor: false,
        linesAdded: 0,
        daysSinceLastChange: 0,
        lines: 1,
      }),
    ).toBe(5.28223);
  });
});

describe('experts', () => {
  it.each([
    // Ann: 5.28223 + 0.23173·ln 2 + 0.36151 − 0.19421·ln 366 − 0.28761·ln 47 = 3.5507.
    // Bob: 5.28223 + 0.23173·ln 47 − 0.28761·ln 47 = 5.0671. 3.5507/5.0671 = 0.70073.
    [46, ['Ann', 'Bob']],
    // 3.5446/5.0659 = 0.69970: there are more lines that are not hers.
    [47, ['Bob']],
  ])(
    'have 0.7 of the highest degree, besides %i lines: %j',
    async (by, who) => {
      expect(await expertsAfter(written(1, by))).toEqual({ 'a.js': who });
    },
  );

  it('have added lines', async () => {
    // Bob's degree is the higher one, with 0.19421·ln 366 more and 0.23173·ln 21 and
    // 0.36151 less, but all that he did is to remove some.
    expect(
      await expertsAfter([
        commit(ann, { 'a.js': lines('a') }, { at: day(0) }),
        commit(bob, { 'a.js': lines('a', 10) }, today),
      ]),
    ).toEqual({ 'a.js': ['Ann'] });
  });

  it('have changed this file of late, whatever else they did', async () => {
    // As above: had Ann's last change of anything counted, hers were 4.697.
    expect(
      await expertsAfter([
        ...written(1, 47),
        commit(ann, { 'b.js': lines('b') }, today),
      ]),
    ).toEqual({ 'a.js': ['Bob'], 'b.js': ['Ann'] });
    // Her last one counts, here one of 65 days ago, wherever it stands: 2 lines added and
    // one removed, 80 of Bob's. 5.28223 + 0.25458 + 0.36151 − 0.81367 − 0.28761·ln 81
    // = 3.8208, 0.7586 of 5.0367; of a year ago 3.4881, 0.6925 of it.
    expect(
      await expertsAfter([
        commit(ann, { 'a.js': lines('a', 2) }, { at: day(300) }),
        commit(ann, { 'a.js': lines('a', 1) }, { at: day(0) }),
        commit(bob, { 'a.js': lines('a', 1) + lines('b', 80) }, today),
      ]),
    ).toEqual({ 'a.js': ['Ann', 'Bob'] });
  });

  it('are told by when it was written, not by when it was committed', async () => {
    const [first, second] = written(1, 47);
    expect(
      await expertsAfter([{ ...first, committedAt: day(TODAY) }, second]),
    ).toEqual({ 'a.js': ['Bob'] });
  });

  it('are told by the lines of all their changes', async () => {
    // 47 lines as above, of which the 24 of one change would leave Ann 0.721.
    expect(
      await expertsAfter([
        ...written(1, 23),
        commit(bob, { 'a.js': lines('a', 1) + lines('b', 47) }, today),
      ]),
    ).toEqual({ 'a.js': ['Bob'] });
  });

  it('stay those of a file that has become empty', async () => {
    expect(
      await expertsAfter([
        commit(ann, { 'a.js': lines('a') }, today),
        commit(bob, { 'a.js': '' }, today),
      ]),
    ).toEqual({ 'a.js': ['Ann'] });
  });

  it('are told by the lines of the file, which others may have removed', async () => {
    // After 47 lines of Bob's only 40 stay, by Cem: Ann 5.28223 + 0.16062 + 0.36151
    // − 1.14635 − 0.28761·ln 40 = 3.5970; Bob 5.1199: 0.70257.
    expect(
      await expertsAfter([
        ...written(1, 47),
        commit(cem, { 'a.js': lines('a', 1) + lines('b', 39) }, today),
      ]),
    ).toEqual({ 'a.js': ['Ann', 'Bob'] });
  });

  it('are told by whole days until the reading', async () => {
    // Ann: 5.28223 + 0.16062 + 0.36151 − 0.19421·ln(1 + days) − 1.10734 (47 lines). 365
    // days are 0.70073 of Bob's, 366 are 3.5501/5.0671 = 0.70062, and 376 days 0.6996,
    // where Bob's are those of the reading.
    const expertsAtAge = (seconds: number) =>
      expertsAfter([
        commit(ann, { 'a.js': lines('a', 1) }, { at: day(0) - seconds }),
        commit(bob, { 'a.js': lines('a', 1) + lines('b', 46) }, today),
      ]);
    expect(await expertsAtAge(0)).toEqual({ 'a.js': ['Ann', 'Bob'] });
    expect(await expertsAtAge(11 * 24 * 60 * 60)).toEqual({ 'a.js': ['Bob'] });
  });
});

describe('who first wrote a file', () => {
  it('is who added it, not who came back to it', async () => {
    // Ann wrote it and Cem adds a line the same day. Ann's degree with 46 lines of Bob's
    // besides (48 in all): 3.5447, 0.7000 of Bob's 5.0639. Cem lacks the 0.36151.
    expect(
      await expertsAfter([
        commit(ann, { 'a.js': lines('a', 1) }, { at: day(0) }),
        commit(cem, { 'a.js': lines('a', 1) + lines('c', 1) }, { at: day(0) }),
        commit(
          bob,
          { 'a.js': lines('a', 1) + lines('c', 1) + lines('b', 45) },
          today,
        ),
      ]),
    ).toEqual({ 'a.js': ['Ann', 'Bob'] });
  });

  it('is not known at the end of a shallow clone', async () => {
    const repository = repositories.create([
      commit(cem, { 'a.js': lines('c', 1) }, { at: day(0) }),
      commit(ann, { 'a.js': lines('a', 1) }, { at: day(0) }),
      commit(bob, { 'a.js': lines('a', 1) + lines('b', 46) }, today),
    ]);
    const clone = repositories.folder();
    const url = `file://${repository}`;
    git(clone, ['clone', '--quiet', '--bare', '--depth=2', url, '.']);
    const { authors } = await read(clone);
    // Without 0.36151 Ann has 3.189, 0.629 of Bob's.
    expect(authors).toEqual({ 'a.js': ['Bob'] });
  });
});

describe('what is known of a file', () => {
  it.each([
    [11, ['Ann', 'Bob']],
    [9, ['Bob']],
  ])('moves with it where %i of 20 lines stay: %j', async (kept, expected) => {
    expect(
      await expertsAfter([
        commit(ann, { 'a.js': lines('a') }, { at: day(0) }),
        commit(
          bob,
          { 'b.js': similarTo('a', kept) },
          { ...today, moves: { 'a.js': 'b.js' } },
        ),
      ]),
    ).toEqual({ 'b.js': expected });
  });

  it('ends where it is removed', async () => {
    expect(
      await expertsAfter([
        commit(ann, { 'a.js': lines('a') }, today),
        commit(cem, { 'a.js': undefined }, today),
        commit(bob, { 'a.js': lines('b') }, today),
      ]),
    ).toEqual({ 'a.js': ['Bob'] });
  });

  it('is nothing that merges do', async () => {
    expect(
      await expertsAfter([
        commit(ann, { 'a.js': lines('a') }, today),
        commit(
          ann,
          { 'b.js': '1' },
          { ...today, branch: 'side', from: 'main' },
        ),
        commit(
          bob,
          { 'a.js': lines('b'), 'b.js': '1' },
          { ...today, merges: 'side' },
        ),
      ]),
    ).toEqual({ 'a.js': ['Ann'], 'b.js': ['Ann'] });
  });
});

describe('people and files', () => {
  it('are those of our own model', async () => {
    const message = 'x\n\nCo-authored-by: Cem <CEM@example.com>\n';
    const ci: TestPerson = { name: 'CI', email: 'ci@example.com' };
    const home: TestPerson = { name: 'Home', email: 'home@example.com' };
    const bot: TestPerson = { name: 'robot[bot]', email: 'r@example.com' };
    const files = {
      'README.md': '1',
      'yarn.lock': '1',
      'data.json': '1',
      'empty.js': '',
      'binary.js': '\0',
    };
    expect(
      await expertsAfter(
        [
          commit(ann, { 'a.js': '1', ...files }, { ...today, message }),
          commit(ci, { 'b.js': '1' }, today),
          commit(bot, { 'c.js': '1' }, today),
          commit(home, { 'd.js': '1' }, today),
        ],
        {
          bots: ['ci@example.com'],
          identities: ['ann', 'home'].map(name => ({
            email: `${name}@example.com`,
            personId: 'ann',
            active: true,
          })),
        },
      ),
    ).toEqual({
      'a.js': ['Cem', 'Home'],
      'b.js': [],
      'c.js': [],
      'd.js': ['Home'],
      'data.json': ['Cem', 'Home'],
      // Nobody added a line to these.
      'binary.js': [],
      'empty.js': [],
    });
  });

  it('make a factor', async () => {
    const { absenceFactor } = await read([
      commit(ann, { 'a.js': '1', 'b.js': '1' }, today),
      commit(bob, { 'c.js': '1' }, today),
    ]);
    expect(absenceFactor).toEqual({
      factor: 1,
      files: 3,
      coverageAtStop: 1 / 3,
    });
  });
});

describe('contents that are missing', () => {
  it('are not gone round', async () => {
    const repository = repositories.create(written(1, 1));
    const clone = repositories.folder();
    git(repository, ['config', 'uploadpack.allowFilter', 'true']);
    git(clone, [
      'clone',
      '--quiet',
      '--bare',
      '--filter=blob:none',
      `file://${repository}`,
      '.',
    ]);
    await expect(read(clone)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('clone without --filter'),
    });
  });
});

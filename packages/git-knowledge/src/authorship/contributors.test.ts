import fc from 'fast-check';
import { day, dayText } from '../__testUtils__/commits';
import {
  MadeCommit,
  Step,
  commitsOf,
  hashOf,
} from '../__testUtils__/histories';
import { FileHistories } from '../history/FileHistories';
import { CommitPeople } from '../people/CommitPeople';
import { peopleOf } from '../people/people';
import { absenceFactor as factorOf } from './absenceFactor';
import { contributorsOf } from './contributors';
import { DegreesOfAuthorship } from './doa';

/**
 * Somebody touches files on a day, alone or together (`ann+bob`); the first touch of a
 * file creates it.
 */
type Touch = readonly [person: string, day: number, ...files: string[]];

const NOW = day(300);

function authorshipOf(
  touches: readonly Touch[],
  options: { left?: readonly string[]; halfLifeDays?: number } = {},
) {
  const there = new Set<string>();
  const commits = commitsOf(
    touches.map(([names, on, ...files]): MadeCommit => {
      const [by, ...others] = names
        .split('+')
        .map(name => ({ name, email: `${name}@example.com` }));
      const changes = files.map(
        (path): Step => [there.has(path) ? 'M' : 'A', path],
      );
      files.forEach(path => there.add(path));
      return {
        by,
        roles: others.map(one => ['co-author', one]),
        at: day(on),
        changes,
      };
    }),
    NOW,
  );
  const identities = ['ann', 'bob', 'cem'].map(name => ({
    email: `${name}@example.com`,
    personId: name,
    active: !options.left?.includes(name),
  }));
  const people = new CommitPeople(
    commits,
    peopleOf(commits.contacts, { identities, bots: [] }),
    { now: NOW, identitiesGiven: true },
  );
  const histories = new FileHistories(commits.history, commits.order, {
    unseenBefore: () => false,
    counts: () => true,
  });
  const degrees = new DegreesOfAuthorship(histories, commits, people, {
    now: NOW,
    halfLifeDays: options.halfLifeDays ?? 150,
  });
  const files = [...there].map(path => histories.find(path));
  return {
    ...contributorsOf(Int32Array.from(files), {
      histories,
      degrees,
      commits,
      people,
    }),
    absenceFactor: {
      allTime: factorOf(files.map(file => degrees.authorsOf(file))),
      present: factorOf(files.map(file => degrees.presentOf(file))),
    },
  };
}

function filesOf({ people }: ReturnType<typeof authorshipOf>) {
  return Object.fromEntries(
    people.map(one => [one.name, [one.authoredFiles, one.knownFiles]]),
  );
}

/** The same touch again and again. */
function times(count: number, touch: Touch): Touch[] {
  return Array.from({ length: count }, () => touch);
}

describe('contributorsOf', () => {
  it('counts the files that people author and know', () => {
    // f: ann 4.391 - 0.321 ln 2 = 4.168, bob 3.457, which is 0.83 of it: both.
    // g: ann 4.391 + 0.164 - 0.321 ln 2 = 4.332, bob 3.457 - 0.223 = 3.234: too low.
    const result = authorshipOf([
      ['ann', 0, 'f', 'g'],
      ['bob', 1, 'f', 'g'],
      ['ann', 2, 'g'],
    ]);
    expect(filesOf(result)).toEqual({ ann: [2, 2], bob: [1, 2] });
    // Without ann, one of two files has an author left; without bob, none.
    expect(result.absenceFactor.allTime).toEqual({
      factor: 2,
      files: 2,
      coverageAtStop: 0,
    });
  });

  it("counts a change made together for each, and as nobody else's", () => {
    // ann and bob: 3.293 + 1.098 + 0.164 - 0.321 ln 2 = 4.332 each; cem, the one other:
    // 3.293 + 0.164 - 0.321 ln 2 = 3.234.
    const result = authorshipOf([
      ['ann+bob', 0, 'f'],
      ['bob+ann', 1, 'f'],
      ['cem', 2, 'f'],
    ]);
    expect(filesOf(result)).toEqual({ ann: [1, 1], bob: [1, 1], cem: [0, 1] });
    expect(result.people.map(one => [one.name, one.commits])).toEqual([
      ['cem', 1],
      ['ann', 2],
      ['bob', 2],
    ]);
    expect(result.absenceFactor.allTime.factor).toBe(2);
  });

  it('takes people as knowing a file from a degree of 2.4 on', () => {
    // With 25 changes of others 3.457 - 0.321 ln 26 = 2.411, with 26 2.399.
    const until = (others: number) =>
      filesOf(
        authorshipOf([
          ['ann', 0, 'f'],
          ['bob', 1, 'f'],
          ...times(others, ['ann', 2, 'f']),
        ]),
      ).bob;
    expect(until(25)).toEqual([0, 1]);
    expect(until(26)).toEqual([0, 0]);
  });

  it('tells the first and latest change of each, the latest person first', () => {
    const { people } = authorshipOf([
      ['ann', 0, 'f'],
      ['bob', 1, 'f', 'g'],
      ['ann', 5, 'g'],
    ]);
    expect(people).toMatchObject([
      { name: 'ann', commits: 2, firstAt: dayText(0), latestAt: dayText(5) },
      { name: 'bob', commits: 1, firstAt: dayText(1), latestAt: dayText(1) },
    ]);
  });

  it('goes by the time of commits, and not by their order', () => {
    const { people } = authorshipOf([
      ['ann', 5, 'f'],
      ['ann', 2, 'f'],
    ]);
    expect(people[0]).toMatchObject({
      firstAt: dayText(2),
      latestAt: dayText(5),
      latestCommit: hashOf(0),
    });
  });

  it('knows nobody of no files', () => {
    expect(authorshipOf([['ann', 0]])).toEqual({
      people: [],
      numbers: [],
      reviewers: [],
      assistedCommits: 0,
      absenceFactor: {
        allTime: { factor: 0, files: 0, coverageAtStop: 0 },
        present: { factor: 0, files: 0, coverageAtStop: 0 },
      },
    });
  });

  describe('in the present', () => {
    it('leaves out who has left', () => {
      const touches: Touch[] = [
        ['ann', 0, 'f', 'g'],
        ['bob', 1, 'h'],
      ];
      const { absenceFactor } = authorshipOf(touches, { left: ['ann'] });
      expect(absenceFactor.allTime.factor).toBe(1);
      // 1 of 3 files has an author who is there: under half from the beginning.
      expect(absenceFactor.present).toEqual({
        factor: 0,
        files: 3,
        coverageAtStop: 1 / 3,
      });
    });

    it('lets changes fade by their half-life', () => {
      // All time: ann 4.391 - 0.321 ln 11 = 3.621, bob 3.293 + 1.64 = 4.933, of which
      // ann has 0.734: bob alone. 150 days ago counts half: ann 4.391 - 0.321 ln 6 =
      // 3.816, bob 3.293 + 0.82 = 4.113, of which ann has 0.928: both.
      const touches: Touch[] = [
        ['ann', 0, 'f'],
        ...times(10, ['bob', 150, 'f']),
      ];
      const { absenceFactor } = authorshipOf(touches);
      expect(absenceFactor.allTime.factor).toBe(1);
      expect(absenceFactor.present.factor).toBe(2);
      // With one of 15000 days 9.93 changes are left: ann 4.391 - 0.321 ln 10.93 =
      // 3.623, bob 3.293 + 1.629 = 4.922, of which ann has 0.736: bob alone again.
      expect(
        authorshipOf(touches, { halfLifeDays: 15_000 }).absenceFactor.present
          .factor,
      ).toBe(1);
    });
  });

  const person = fc.constantFrom('ann', 'bob', 'cem');
  const touch: fc.Arbitrary<Touch> = fc
    .tuple(
      person,
      fc.integer({ min: 0, max: 299 }),
      fc.uniqueArray(fc.constantFrom('f', 'g', 'h'), { minLength: 1 }),
    )
    .map(([name, on, files]) => [name, on, ...files]);
  const touches = fc.array(touch, { minLength: 1, maxLength: 30 });

  describe('of any history', () => {
    it('is the same in whatever order later changes come', () => {
      fc.assert(
        fc.property(touches, fc.nat(30), (some, by) => {
          const created: Touch = ['ann', 0, 'f', 'g', 'h'];
          const turned = [...some.slice(by), ...some.slice(0, by)];
          const one = authorshipOf([created, ...some]);
          const other = authorshipOf([created, ...turned]);
          expect(filesOf(other)).toEqual(filesOf(one));
          expect(other.absenceFactor.allTime).toEqual(
            one.absenceFactor.allTime,
          );
        }),
      );
    });

    it('gains no author by another change of the only one', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 0, max: 299 }),
          (count, on) => {
            const alone = times(count, ['ann', on, 'f']);
            expect(filesOf(authorshipOf(alone))).toEqual({ ann: [1, 1] });
          },
        ),
      );
    });

    it('never counts more authors than people or files than there are', () => {
      fc.assert(
        fc.property(touches, some => {
          const { people, absenceFactor } = authorshipOf(some);
          for (const one of people) {
            expect(one.authoredFiles).toBeLessThanOrEqual(one.knownFiles);
            expect(one.knownFiles).toBeLessThanOrEqual(
              absenceFactor.allTime.files,
            );
          }
          for (const { factor } of Object.values(absenceFactor)) {
            expect(factor).toBeLessThanOrEqual(people.length);
          }
        }),
      );
    });

    it('is the same of all time and at present while nothing has aged', () => {
      fc.assert(
        fc.property(touches, some => {
          const today = some.map(
            ([name, , ...files]): Touch => [name, 300, ...files],
          );
          const { absenceFactor } = authorshipOf(today);
          expect(absenceFactor.present).toEqual(absenceFactor.allTime);
        }),
      );
    });
  });
});

import fc from 'fast-check';
import { instants, peoples, settingsOf } from '../__testUtils__/arbitraries';
import {
  evidence,
  inDays,
  justBefore,
  person,
} from '../__testUtils__/builders';
import { ALL_KINDS, collecting, judge } from '../__testUtils__/judging';
import { defaultSettings } from '../settings';
import { PersonRecord } from './records';
import {
  judgePeople,
  kindsNeeded,
  knows,
  standsBesideOthers,
} from './understanding';

describe('kindsNeeded', () => {
  it.each([
    [2, ALL_KINDS, 2],
    [2, ['authored'] as const, 1],
    [3, ['authored', 'reviewed'] as const, 2],
    [1, ALL_KINDS, 1],
    [2, [], 1],
  ])('%d of %j is %d', (minimumKinds, collectedKinds, expected) => {
    const { understands } = collecting(collectedKinds, minimumKinds);
    expect(kindsNeeded(understands)).toBe(expected);
  });

  it('asks for at least one kind, and for none that is not collected', () => {
    fc.assert(
      fc.property(settingsOf, ({ understands }) => {
        const needed = kindsNeeded(understands);
        expect(needed).toBeGreaterThanOrEqual(1);
        expect(needed).toBeLessThanOrEqual(
          Math.max(1, understands.collectedKinds.length),
        );
        expect(needed).toBeLessThanOrEqual(understands.minimumKinds);
      }),
    );
  });
});

describe('judgePeople', () => {
  it.each([
    [
      'two fresh kinds',
      [evidence('authored', 1), evidence('reviewed', 9)],
      true,
    ],
    ['one fresh kind', [evidence('authored', 1)], false],
    [
      'one kind twice',
      [evidence('authored', 1), evidence('authored', 2)],
      false,
    ],
    [
      'a second kind that fades',
      [evidence('authored', 1), evidence('reviewed', 180)],
      false,
    ],
    [
      'a second kind that is just fresh',
      [evidence('authored', 1), evidence('reviewed', 179.99)],
      true,
    ],
    ['taught alone', [evidence('taught', 30, true)], true],
    ['taught by their own word alone', [evidence('taught', 30)], false],
    ['taught that fades', [evidence('taught', 180, true)], false],
    [
      'one kind twice, once verified',
      [evidence('authored', 1), evidence('authored', 2, true)],
      false,
    ],
    ['nothing', [], false],
    [
      'a document beside code',
      [evidence('authored', 1), evidence('documented', 1)],
      true,
    ],
    [
      'a document, and shifts in which nothing happened',
      [evidence('documented', 1, true), evidence('operated', 1)],
      false,
    ],
    [
      'a document, and an incident',
      [evidence('documented', 1), evidence('operated', 1, true)],
      true,
    ],
  ])('%s', (_, given, understands) => {
    const [judged] = judge([person('Ann', given)]).people;
    expect(judged).toMatchObject({ active: true, understands });
    expect(knows(judged)).toBe(understands);
  });

  it('needs one kind where only one is collected', () => {
    const [judged] = judge(
      [person('Ann', [evidence('authored', 1)])],
      defaultSettings,
    ).people;
    expect(judged.understands).toBe(true);
  });

  it('takes no document, and no shift, for understanding of the whole', () => {
    fc.assert(
      fc.property(
        peoples,
        settingsOf,
        fc.array(fc.constantFrom('documented', 'operated'), { minLength: 1 }),
        fc.integer({ min: 0, max: 200 }),
        (all, settings, kinds, daysAgo) => {
          const weak = kinds.map(kind => evidence(kind, daysAgo));
          const alone = judge([person('Ann', weak)], settings).people[0];
          expect(alone.understands).toBe(false);
          // Beside others it counts, and takes nothing away.
          const before = judge(all, settings).people.filter(knows);
          const after = judge(
            all.map(one => ({ ...one, evidence: [...one.evidence, ...weak] })),
            settings,
          ).people.filter(knows);
          expect(after.map(one => one.personRef)).toEqual(
            expect.arrayContaining(before.map(one => one.personRef)),
          );
          for (const { evidence: found, correction } of after) {
            expect(
              correction?.type === 'from-elsewhere' ||
                found.some(
                  one =>
                    one.freshness === 'fresh' &&
                    one.kind !== 'documented' &&
                    (one.kind !== 'operated' || one.verified),
                ),
            ).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(['left', 'not-in-catalog'] as const)(
    'never counts who is %s, and shows the evidence all the same',
    status => {
      const [judged] = judge([
        person(
          'Ann',
          [evidence('taught', 1, true), evidence('authored', 1)],
          status,
        ),
      ]).people;
      expect(judged).toMatchObject({
        status,
        active: false,
        understands: true,
        evidence: [{ freshness: 'fresh' }, { freshness: 'fresh' }],
      });
      expect(knows(judged)).toBe(false);
    },
  );

  it('shows those to ask first, then by latest evidence, then by name', () => {
    const { people } = judge(
      [
        person('Zoe', [evidence('authored', 200)]),
        person('Left', [evidence('authored', 1)], 'left'),
        person('Eve', [evidence('authored', 30)]),
        person('Ann', [evidence('authored', 30)]),
        person('Nil', []),
        person('Bob', [evidence('reviewed', 40), evidence('authored', 20)]),
      ],
      defaultSettings,
    );
    expect(people.map(one => one.displayName)).toEqual([
      'Bob',
      'Ann',
      'Eve',
      'Left',
      'Zoe',
      'Nil',
    ]);
    expect(people[0].evidence.map(one => one.kind)).toEqual([
      'authored',
      'reviewed',
    ]);
  });

  it('shows two people of one name always in the same order', () => {
    const given = ['b', 'a'].map(name => ({
      ...person('Ann', [evidence('authored', 30)]),
      personRef: `user:default/${name}`,
    }));
    for (const people of [given, [...given].reverse()]) {
      expect(judge(people).people.map(one => one.personRef)).toEqual([
        'user:default/a',
        'user:default/b',
      ]);
    }
  });

  it('knows when anything changes next', () => {
    const { until } = judge([
      person('Ann', [evidence('authored', 10), evidence('reviewed', 300)]),
      person('Bob', [evidence('authored', 179)], 'left'),
      person('Cem', [evidence('authored', 400)]),
    ]);
    expect(until).toBe(inDays(1));
    expect(judge([person('Cem', [evidence('authored', 400)])]).until).toBe(
      undefined,
    );
    expect(judge([])).toEqual({ people: [], until: undefined });
  });

  it('does not depend on the order of its input, and does not change it', () => {
    fc.assert(
      fc.property(
        peoples.chain(people =>
          fc.record({
            people: fc.constant(people),
            shuffled: fc
              .shuffledSubarray(people, { minLength: people.length })
              .chain(all =>
                fc.tuple(
                  ...all.map(one =>
                    fc
                      .shuffledSubarray([...one.evidence], {
                        minLength: one.evidence.length,
                      })
                      .map(given => ({ ...one, evidence: given })),
                  ),
                ),
              ),
          }),
        ),
        instants,
        settingsOf,
        ({ people, shuffled }, now, settings) => {
          const before = JSON.stringify(people);
          expect(judgePeople({ people: shuffled, now, settings })).toEqual(
            judgePeople({ people, now, settings }),
          );
          expect(JSON.stringify(people)).toBe(before);
        },
      ),
    );
  });

  it('counts only active people, who reach the needed kinds by fresh evidence', () => {
    fc.assert(
      fc.property(peoples, instants, settingsOf, (people, now, settings) => {
        for (const one of judgePeople({ people, now, settings }).people) {
          const said = one.correction;
          const fresh = one.evidence.filter(
            record =>
              record.freshness === 'fresh' &&
              !(said?.type === 'no-longer' && record.latestAt <= said.at),
          );
          const kinds = new Set(fresh.map(record => record.kind));
          const more = said?.type === 'from-elsewhere' ? 1 : 0;
          expect(knows(one)).toBe(
            one.status === 'active' &&
              (fresh.some(
                ({ kind, verified }) => kind === 'taught' && verified,
              ) ||
                (kinds.size + more >= kindsNeeded(settings.understands) &&
                  (more > 0 || !fresh.every(standsBesideOthers)))),
          );
        }
      }),
    );
  });

  it('changes exactly at until, and not before', () => {
    const stateOf = (people: readonly PersonRecord[], now: string) =>
      judgePeople({ people, now, settings: defaultSettings }).people;
    fc.assert(
      fc.property(peoples, instants, (people, now) => {
        const { people: judged, until } = judgePeople({
          people,
          now,
          settings: defaultSettings,
        });
        const due = until ?? '2999-01-01T00:00:00.000Z';
        expect(due > now).toBe(true);
        expect(stateOf(people, justBefore(due))).toEqual(judged);
        const later = JSON.stringify(stateOf(people, due));
        expect(later === JSON.stringify(judged)).toBe(until === undefined);
      }),
    );
  });
});

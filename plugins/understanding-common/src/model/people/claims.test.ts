import fc from 'fast-check';
import { instants, peoples, settingsOf } from '../__testUtils__/arbitraries';
import { evidence, person } from '../__testUtils__/builders';
import { ALL_KINDS, judge } from '../__testUtils__/judging';
import { judgePeople } from './understanding';

describe('the order of those who are asked', () => {
  it('places nobody above fresh verified evidence by claims', () => {
    const { people } = judge([
      person('Spoofed', [evidence('authored', 0), evidence('reviewed', 0)]),
      person('Verified', [evidence('reviewed', 170, true)]),
      person('Both', [
        evidence('authored', 0),
        evidence('reviewed', 175, true),
      ]),
      person('Left', [evidence('reviewed', 1, true)], 'left'),
    ]);
    expect(people.map(one => one.displayName)).toEqual([
      'Verified',
      'Both',
      'Spoofed',
      'Left',
    ]);
  });

  it('keeps claims from lifting anybody above fresh verified evidence', () => {
    const verified = peoples.map(all =>
      all.map(one => ({
        ...one,
        evidence: one.evidence.filter(record => record.verified),
        correction: undefined,
      })),
    );
    const spoof = fc.record({
      kind: fc.constantFrom(...ALL_KINDS),
      latestAt: instants,
      count: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(
        verified,
        fc.array(spoof, { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        instants,
        settingsOf,
        (people, spoofed, index, now, settings) => {
          fc.pre(people.length > 0);
          const target = people[index % people.length];
          const before = judgePeople({ people, now, settings }).people;
          const after = judgePeople({
            people: people.map(one =>
              one === target
                ? {
                    ...one,
                    evidence: [
                      ...one.evidence,
                      ...spoofed.map(record => ({
                        ...record,
                        verified: false,
                      })),
                    ],
                  }
                : one,
            ),
            now,
            settings,
          }).people;
          // Whom the target stands before, of those with fresh verified evidence.
          const passed = (all: typeof before) =>
            all
              .slice(
                all.findIndex(one => one.personRef === target.personRef) + 1,
              )
              .map(one => one.personRef)
              .filter(ref =>
                before.some(
                  one =>
                    one.personRef === ref &&
                    one.active &&
                    one.evidence.some(e => e.freshness === 'fresh'),
                ),
              );
          expect(passed(after)).toEqual(passed(before));
        },
      ),
      { numRuns: 500 },
    );
  });
});

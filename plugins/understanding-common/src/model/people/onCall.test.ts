import fc from 'fast-check';
import { NOW, inDays, justBefore } from '../__testUtils__/builders';
import { onCallAt, servedShifts, shiftsAfterReading } from './onCall';

const shift = (who: string, from: number, to: number) => ({
  who,
  startsAt: inDays(from),
  endsAt: inDays(to),
});
const shifts = fc.array(
  fc
    .record({
      who: fc.constantFrom('ann', 'ben'),
      from: fc.integer({ min: -9, max: 9 }),
      days: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ who, from, days }) => shift(who, from, from + days)),
  { maxLength: 8 },
);
const now = fc.integer({ min: -10, max: 15 }).map(days => inDays(days));

describe('onCallAt', () => {
  it('tells who has it, and until when, also of shifts that overlap', () => {
    const told = onCallAt(
      [
        shift('ben', -2, 5),
        shift('ann', -1, 1),
        shift('ann', 1, 3),
        shift('ann', 4, 6),
        shift('cem', 0.1, 1),
        shift('dora', -2, 0),
      ],
      NOW,
    );
    expect(told.map(one => [one.shift.who, one.until])).toEqual([
      ['ann', inDays(3)],
      ['ben', inDays(5)],
    ]);
  });

  it('begins and ends at the very instants', () => {
    const at = (instant: string) => onCallAt([shift('ann', 0, 1)], instant);
    expect(at(justBefore(NOW))).toEqual([]);
    expect(at(NOW)).toHaveLength(1);
    expect(at(justBefore(inDays(1)))).toHaveLength(1);
    expect(at(inDays(1))).toEqual([]);
  });

  it('names everybody who has it and nobody else, until it is a gap', () => {
    fc.assert(
      fc.property(shifts, now, (all, instant) => {
        const has = (who: string, at: string) =>
          all.some(
            one => one.who === who && one.startsAt <= at && at < one.endsAt,
          );
        const told = onCallAt(all, instant);
        expect(told.map(one => one.shift.who).sort()).toEqual(
          ['ann', 'ben'].filter(who => has(who, instant)),
        );
        for (const { shift: one, until } of told) {
          expect(has(one.who, until)).toBe(false);
          expect(has(one.who, justBefore(until))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('shiftsAfterReading', () => {
  it('loses nothing that was served, and takes back what was only planned', () => {
    fc.assert(
      fc.property(shifts, shifts, now, (present, read, readAt) => {
        const after = shiftsAfterReading(present, read, readAt);
        for (const one of present) {
          expect(
            after.some(other => JSON.stringify(other) === JSON.stringify(one)),
          ).toBe(
            one.endsAt <= readAt ||
              read.some(other => JSON.stringify(other) === JSON.stringify(one)),
          );
        }
        expect(shiftsAfterReading(after, read, readAt)).toEqual(after);
        expect(shiftsAfterReading([], read, undefined)).toEqual(
          shiftsAfterReading(read, read, undefined),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('servedShifts', () => {
  it('counts what is over, from the instant at which it is', () => {
    const all = [shift('ann', -9, -8), shift('ann', -2, 0), shift('ben', 0, 1)];
    expect(servedShifts(all, NOW)).toEqual([{ last: all[1], count: 2 }]);
    expect(servedShifts(all, justBefore(NOW))).toEqual([
      { last: all[0], count: 1 },
    ]);
  });
});

import fc from 'fast-check';
import { instants } from './__testUtils__/arbitraries';
import { daysAfter, earliest } from './settings';

describe('daysAfter', () => {
  it.each([
    ['2026-01-31T00:00:00.000Z', 1, '2026-02-01T00:00:00.000Z'],
    ['2024-02-28T23:59:59.999Z', 1, '2024-02-29T23:59:59.999Z'],
    // A day is 24 hours, also where clocks are changed.
    ['2026-03-28T12:00:00.000Z', 2, '2026-03-30T12:00:00.000Z'],
    ['2026-01-01T00:00:00Z', 0, '2026-01-01T00:00:00.000Z'],
  ])('%s and %d days is %s', (instant, days, expected) => {
    expect(daysAfter(instant, days)).toBe(expected);
  });
});

describe('earliest', () => {
  it('is undefined of none', () => {
    expect(earliest([])).toBeUndefined();
    expect(earliest([undefined, undefined])).toBeUndefined();
  });

  it('is one of those given, and after none of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(instants, { nil: undefined }), { minLength: 1 }),
        all => {
          const first = earliest(all);
          expect(all).toContain(first);
          for (const instant of all.filter(one => one !== undefined)) {
            expect(Date.parse(first!)).toBeLessThanOrEqual(Date.parse(instant));
          }
        },
      ),
    );
  });
});

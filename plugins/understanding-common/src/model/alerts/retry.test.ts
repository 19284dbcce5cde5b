import fc from 'fast-check';
import { MAX_ATTEMPTS, retryAfterSeconds } from './retry';

describe('retryAfterSeconds', () => {
  it.each([
    [1, 5],
    [2, 5 * 60],
    [3, 30 * 60],
    [4, 2 * 3600],
    [5, 5 * 3600],
    [6, 10 * 3600],
    [7, 14 * 3600],
    [8, 20 * 3600],
    [9, 24 * 3600],
    [10, undefined],
    [11, undefined],
  ])('after %d attempts waits %p seconds', (attempts, seconds) => {
    expect(retryAfterSeconds(attempts, 0)).toBe(seconds);
  });

  it('spreads a wait by up to a tenth', () => {
    expect(retryAfterSeconds(2, 0.5)).toBe(315);
    expect(retryAfterSeconds(2, 1)).toBe(330);
  });

  it('ends, and waits longer each time until then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, jitter) => {
          const wait = retryAfterSeconds(attempts, jitter)!;
          const least = retryAfterSeconds(attempts, 0)!;
          expect(wait).toBeGreaterThanOrEqual(least);
          expect(wait).toBeLessThanOrEqual(Math.round(least * 1.1));
          expect(
            retryAfterSeconds(attempts + 1, 0) ?? Number.POSITIVE_INFINITY,
          ).toBeGreaterThan(wait);
        },
      ),
    );
    expect(retryAfterSeconds(MAX_ATTEMPTS, 0)).toBeUndefined();
  });

  it('gives a wait even to who did not count', () => {
    expect(retryAfterSeconds(0, 0)).toBe(5);
  });
});

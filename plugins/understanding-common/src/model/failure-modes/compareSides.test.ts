import { compareSides, retryAmplification } from './compareSides';

const nothing = { guarantees: [] };

describe('compareSides', () => {
  it('names what is counted on beyond what is promised', () => {
    expect(
      compareSides(
        {
          availability: 99.95,
          timeoutMs: 100,
          retries: 3,
          guarantees: ['ordered', 'idempotent'],
        },
        {
          availability: 99.9,
          latencyMs: 300,
          retries: 1,
          guarantees: ['idempotent'],
        },
      ),
    ).toEqual([
      'An availability of 99.95 % is counted on, and 99.9 % are promised',
      'An answer is waited for 100 ms, and may take 300 ms',
      'A request is tried again 3 times, and 1 are wanted at most',
      'Not promised: ordered',
    ]);
  });

  it('has nothing against what suffices, to the limit', () => {
    const both = { availability: 99.9, retries: 2, guarantees: [] };
    expect(
      compareSides({ ...both, timeoutMs: 300 }, { ...both, latencyMs: 300 }),
    ).toEqual([]);
  });

  it('compares what nobody says with nothing', () => {
    expect(compareSides(nothing, { ...nothing, latencyMs: 300 })).toEqual([]);
    expect(compareSides({ ...nothing, retries: 9 }, nothing)).toEqual([]);
    expect(compareSides(undefined, nothing)).toEqual([]);
    expect(compareSides(undefined, undefined)).toEqual([]);
    expect(compareSides(nothing, undefined)).toEqual([
      'Something is counted on, and nothing is promised',
    ]);
  });
});

describe('retryAmplification', () => {
  it.each([
    [[3, 3, 3], 64],
    [[0, 2], 3],
    [[undefined, 2, undefined], 3],
    [[undefined], undefined],
    [[], undefined],
  ])('of %j is %p', (retries, expected) => {
    expect(retryAmplification(retries)).toBe(expected);
  });
});

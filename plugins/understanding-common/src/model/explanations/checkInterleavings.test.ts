import fc from 'fast-check';
import {
  interleavings,
  liveThrough,
} from '../__testUtils__/checkInterleavings';

describe('a check', () => {
  it('is green on no head without a valid explanation, whatever comes when', () => {
    let green = 0;
    fc.assert(
      fc.property(interleavings, interleaving => {
        const lived = liveThrough(interleaving);
        green += lived.green;
        expect(lived.mistakes).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    // Else nothing was tried.
    expect(green).toBeGreaterThan(100);
  });
});

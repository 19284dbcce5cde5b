import fc from 'fast-check';
import {
  interleavings,
  liveThrough,
} from '../__testUtils__/checkInterleavings';

describe('a check', () => {
  it('is not green where the host was asked in the second of a push that was undone', () => {
    const { mistakes } = liveThrough([
      { seconds: 0, step: { type: 'edit' } },
      { seconds: 0, step: { type: 'read' } },
      { seconds: 0, step: { type: 'push' } },
      {
        seconds: 1,
        step: { type: 'assess', reviewer: 'bob', result: 'genuine' },
      },
      { seconds: 0, step: { type: 'back' } },
    ]);
    expect(mistakes).toEqual([]);
  });

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

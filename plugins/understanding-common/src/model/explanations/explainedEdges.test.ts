import fc from 'fast-check';
import {
  EdgeStanding,
  edgeChanged,
  edgesSettleAt,
  unsettledSince,
} from './explainedEdges';

const standings = fc.constantFrom<EdgeStanding | undefined>(
  'HARD',
  'SOFT',
  'UNCLASSIFIED',
  'gone',
  undefined,
);

describe('a dependency that was explained', () => {
  it.each<[EdgeStanding | undefined, EdgeStanding | undefined, boolean]>([
    ['HARD', 'gone', true],
    ['UNCLASSIFIED', 'gone', true],
    ['HARD', 'SOFT', true],
    ['SOFT', 'HARD', true],
    // It comes back.
    ['gone', 'HARD', true],
    // It is said for the first time, or not said any more.
    ['UNCLASSIFIED', 'HARD', false],
    ['HARD', 'UNCLASSIFIED', false],
    // Nobody knows yet how it was, or is.
    [undefined, 'gone', false],
    ['HARD', undefined, false],
  ])('as %s and is %s has changed: %s', (explained, present, changed) => {
    expect(edgeChanged(explained, present)).toBe(changed);
  });

  it('has not changed while it stays as it is', () => {
    fc.assert(
      fc.property(standings, one => {
        expect(edgeChanged(one, one)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it('is what the merge made of it for a day', () => {
    const merge = '2026-05-20T10:00:00.000Z';
    expect(edgesSettleAt(merge)).toBe('2026-05-21T10:00:00.000Z');
    expect(unsettledSince(edgesSettleAt(merge))).toBe(merge);
  });
});

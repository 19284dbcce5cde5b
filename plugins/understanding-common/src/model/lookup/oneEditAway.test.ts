import fc from 'fast-check';
import { oneEditAway } from './oneEditAway';

/** The optimal string alignment distance, by its definition. */
function distance(a: string, b: string): number {
  const rows = [...Array(a.length + 1)].map((_, i) =>
    [...Array(b.length + 1)].map((__, j) => Math.max(i, j)),
  );
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + (same ? 0 : 1),
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? rows[i - 2][j - 2] + 1
          : Infinity,
      );
    }
  }
  return rows[a.length][b.length];
}

const word = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'abz09'), minLength, maxLength });

describe('oneEditAway', () => {
  it.each(['refuds', 'refunsd', 'refundss', 'refindz', 'rrefunds'])(
    '%s may be refunds, or is too far from it',
    typed => {
      expect(oneEditAway(typed).includes('refunds')).toBe(typed !== 'refindz');
    },
  );

  it('is exactly what is one edit away', () => {
    const edits: Array<(typed: string, at: number, letter: string) => string> =
      [
        (typed, at) => typed.slice(0, at) + typed.slice(at + 1),
        (typed, at, letter) => typed.slice(0, at) + letter + typed.slice(at),
        (typed, at, letter) =>
          typed.slice(0, at) + letter + typed.slice(at + 1),
        (typed, at) =>
          typed.slice(0, at) +
          typed
            .slice(at, at + 2)
            .split('')
            .reverse()
            .join('') +
          typed.slice(at + 2),
        (_, __, letter) => `${letter}${letter}za9`,
      ];
    fc.assert(
      fc.property(
        word(4, 8),
        fc.constantFrom(...edits),
        fc.nat(8),
        word(1, 1),
        (typed, edit, at, letter) => {
          const meant = edit(typed, at, letter);
          expect(oneEditAway(typed).includes(meant)).toBe(
            distance(typed, meant) === 1,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never is the word itself, nor anything of one that is short, long or not typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), typed => {
        const edits = oneEditAway(typed);
        expect(edits).not.toContain(typed);
        expect(new Set(edits).size).toBe(edits.length);
      }),
      { numRuns: 100 },
    );
    for (const none of [
      'api',
      'a'.repeat(61),
      'led\u0000ger',
      'led\ud800ger',
    ]) {
      expect(oneEditAway(none)).toEqual([]);
    }
  });
});

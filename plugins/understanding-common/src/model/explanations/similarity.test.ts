import fc from 'fast-check';
import { wordsOf } from './plainText';
import { sketchSimilarity, textSketch } from './similarity';

const TEXT =
  'The ledger rounds amounts once, when it books them, and not in each of the clients, since those lost cents whenever an order had more than one line with a discount of its own.';

describe('sketchSimilarity', () => {
  const similarity = (a: string, b: string) =>
    sketchSimilarity(textSketch(a), textSketch(b));

  it('finds the same text, also where it only looks different', () => {
    expect(similarity(TEXT, TEXT)).toBe(1);
    const disguised = TEXT.toUpperCase()
      .replace(/ /g, '  \u200b')
      .replace(/,/g, ' –');
    expect(similarity(TEXT, disguised)).toBe(1);
  });

  it('finds a text with a word changed, and no other one', () => {
    expect(similarity(TEXT, TEXT.replace('ledger', 'cart'))).toBeGreaterThan(
      0.8,
    );
    expect(similarity(TEXT, TEXT.split(' ').reverse().join(' '))).toBeLessThan(
      0.1,
    );
  });

  it('says nothing of texts that are too short', () => {
    expect(textSketch('It cannot fail in any way that I know of.')).toEqual([]);
    expect(similarity('None', 'None')).toBe(0);
  });

  it('estimates the share of shingles in common', () => {
    const words = fc.array(fc.constantFrom(...'abcdefgh'), {
      minLength: 40,
      maxLength: 200,
    });
    const shinglesOf = (text: string) => {
      const all = wordsOf(text);
      return new Set(
        all.slice(3).map((_, index) => all.slice(index, index + 4).join(' ')),
      );
    };
    fc.assert(
      fc.property(words, words, fc.nat(200), (a, b, shared) => {
        const one = a.join(' ');
        const other = [...a.slice(0, shared), ...b].join(' ');
        const left = shinglesOf(one);
        const right = shinglesOf(other);
        fc.pre(left.size >= 12 && right.size >= 12);
        const both = [...left].filter(shingle => right.has(shingle)).length;
        const exact = both / (left.size + right.size - both);
        // Five standard errors of 64 samples of a share.
        expect(Math.abs(similarity(one, other) - exact)).toBeLessThan(5 / 16);
      }),
      { numRuns: 300 },
    );
  });
});

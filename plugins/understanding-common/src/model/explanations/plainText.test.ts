import fc from 'fast-check';
import { comparable, wordsOf } from './plainText';

describe('comparable', () => {
  it.each([
    ['How it can fail?', 'how it can fail'],
    ['  HOW\tit\u00a0can\u200b fail ', 'how it can fail'],
    ['Hоw it саn fаil', 'how it can fail'],
    ['Ｈow it can ﬁnish', 'how it can finish'],
    ['e\u0301te\u0301', 'été'],
    ['\u200b\u3164', ''],
  ])('of %j is %j', (text, expected) => {
    expect(comparable(text)).toBe(expected);
  });

  it('is the same of what it gave', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(comparable(comparable(text))).toBe(comparable(text));
        expect(wordsOf(text).join(' ')).toBe(comparable(text));
      }),
      { numRuns: 1000 },
    );
  });
});

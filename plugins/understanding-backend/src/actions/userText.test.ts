import fc from 'fast-check';
import { userText } from './userText';

describe('userText', () => {
  it('marks it, without what cannot be seen', () => {
    expect(userText('Ledger\u200b \u202etxt\u0007\n\tnext 👩‍🚀 é')).toEqual({
      trust: 'user-written',
      text: 'Ledger txt\n\tnext 👩🚀 é',
    });
  });

  it('keeps all that can be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const seen = [...text].filter(
          one => !/\p{C}/u.test(one) || /[\n\t]/.test(one),
        );
        expect(userText(text).text).toBe(seen.join(''));
      }),
    );
  });
});

import fc from 'fast-check';
import { searchWords } from './searchWords';

const LEDGER = {
  entityRef: 'component:default/payments-ledger',
  name: 'payments-ledger',
  title: 'The Ledger',
};

describe('searchWords', () => {
  it('are the whole of reference, name and title, and their words', () => {
    expect(
      searchWords({
        ...LEDGER,
        type: 'service',
        description: 'Posts a payment.',
      }),
    ).toEqual([
      'component:default/payments-ledger',
      'payments-ledger',
      'the ledger',
      'payments',
      'ledger',
      'the',
      'service',
      'posts',
      'payment',
    ]);
  });

  it('are few, short and in lower case, whatever a catalog says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary', maxLength: 3000 }),
        (title, description) => {
          const words = searchWords({ ...LEDGER, title, description });
          expect(new Set(words).size).toBe(words.length);
          expect(words.length).toBeLessThanOrEqual(100);
          expect(words).toContain('payments-ledger');
          for (const word of words) {
            expect(word.length).toBeLessThanOrEqual(100);
            expect(word).toBe(word.toLowerCase());
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

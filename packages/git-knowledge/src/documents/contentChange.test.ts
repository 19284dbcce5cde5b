import fc from 'fast-check';
import { isContentChange } from './contentChange';

describe('isContentChange', () => {
  it.each`
    removed                      | added                       | why
    ${''}                        | ${''}                       | ${'nothing'}
    ${'one two'}                 | ${'one  two '}              | ${'spaces'}
    ${'one two'}                 | ${'one\n\ntwo'}             | ${'line breaks'}
    ${'one\ttwo'}                | ${'  one two'}              | ${'indentation'}
    ${'one two three'}           | ${'three one two'}          | ${'words in another order'}
    ${'As of 2024-01-05'}        | ${'As of 2025-11-30'}       | ${'an ISO date'}
    ${'At 2024-01-05T10:00:00Z'} | ${'At 2024-01-06T11:30Z'}   | ${'an ISO instant'}
    ${'On 5.1.2024'}             | ${'On 30.11.2025'}          | ${'a date with dots'}
    ${'On 1/5/24'}               | ${'On 11/30/2025'}          | ${'a date with slashes'}
    ${'On 5 January 2024'}       | ${'On 30 Nov 2025'}         | ${'a day before a month'}
    ${'On Jan 5, 2024'}          | ${'On November 30, 2025'}   | ${'a day after a month'}
    ${'In May 2024'}             | ${'In Sept. 2025'}          | ${'a month'}
    ${'IN MAY 2024'}             | ${'IN june 2025'}           | ${'whatever its case'}
    ${'Updated 2024-01-05'}      | ${'Updated'}                | ${'a date that goes'}
    ${'It recieves data'}        | ${'It receives data'}       | ${'a typo'}
    ${'the servce'}              | ${'the service'}            | ${'a missing letter'}
    ${'Teh servics and ladger'}  | ${'Teh service and ledger'} | ${'two typos'}
  `('takes $why for none', ({ removed, added }) => {
    expect(isContentChange(removed, added)).toBe(false);
    expect(isContentChange(added, removed)).toBe(false);
  });

  it.each`
    removed                 | added                   | why
    ${''}                   | ${'one'}                | ${'a new word'}
    ${'one two'}            | ${'one two two'}        | ${'a word once more'}
    ${'one'}                | ${'two'}                | ${'another word'}
    ${'is on'}              | ${'is off'}             | ${'another short word'}
    ${'port'}               | ${'part'}               | ${'a word under five letters'}
    ${'ledger'}             | ${'payment'}            | ${'a quite different word'}
    ${'stored'}             | ${'restores'}           | ${'three edits'}
    ${'limit1'}             | ${'limit2'}             | ${'a digit in a word'}
    ${'after 5000 calls'}   | ${'after 6000 calls'}   | ${'a number'}
    ${'version 1.2.3'}      | ${'version 1.2.4'}      | ${'a version'}
    ${'2024-01-05'}         | ${'2024-01-05 gone'}    | ${'a word beside a date'}
    ${'Node 22.11.10'}      | ${'Node 22.12.10'}      | ${'a version like a date'}
    ${'decoded 1024 bytes'} | ${'decoded 2048 bytes'} | ${'a word that begins like a month'}
    ${'we may try 2000'}    | ${'we may try 3000'}    | ${'a number after a month'}
    ${'See `src/a.ts`'}     | ${'See `src/b.ts`'}     | ${'a path'}
    ${'call readAll()'}     | ${'call readAny()'}     | ${'a call'}
    ${'`ledger`'}           | ${'`ledgers`'}          | ${'a code span'}
    ${'user_name'}          | ${'user_names'}         | ${'an identifier'}
    ${'--input'}            | ${'--output'}           | ${'an option'}
  `('takes $why for one', ({ removed, added }) => {
    expect(isContentChange(removed, added)).toBe(true);
    expect(isContentChange(added, removed)).toBe(true);
  });

  it('takes a word for mistyped with punctuation around it', () => {
    expect(
      isContentChange(
        "(recieve), *servce* don't.",
        "(receive), *service* dont'.",
      ),
    ).toBe(false);
  });

  it.each([
    ['one endless word', 'a'.repeat(1_000_000), 'b'.repeat(1_000_000)],
    ['months without end', 'jan'.repeat(300_000), 'sept '.repeat(200_000)],
    ['digits without end', '1'.repeat(1_000_000), '1/'.repeat(500_000)],
    ['signs without end', '-'.repeat(1_000_000), "'".repeat(1_000_000)],
    ['many words', 'first '.repeat(200_000), 'fives '.repeat(200_000)],
  ])('is not held up by %s', (_, removed, added) => {
    expect(typeof isContentChange(removed, added)).toBe('boolean');
  });

  const word = fc.constantFrom('ledger', 'pays', 'a', '12', '`src/a.ts`', 'ä');
  const words = fc.array(word);
  const space = fc.constantFrom(' ', '\n', '\t', '  ', '\r\n');

  it('takes no change of white space for one', () => {
    fc.assert(
      fc.property(words, space, space, (some, one, other) => {
        expect(isContentChange(some.join(one), some.join(other))).toBe(false);
      }),
    );
  });

  it('takes a word that is only on one side for one', () => {
    fc.assert(
      fc.property(words, word, (some, extra) => {
        expect(
          isContentChange(some.join(' '), [...some, extra].join(' ')),
        ).toBe(true);
      }),
    );
  });

  it('is the same in both directions', () => {
    fc.assert(
      fc.property(words, words, (some, others) => {
        const [removed, added] = [some.join(' '), others.join(' ')];
        expect(isContentChange(removed, added)).toBe(
          isContentChange(added, removed),
        );
      }),
    );
  });
});

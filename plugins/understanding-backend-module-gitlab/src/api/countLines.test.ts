import fc from 'fast-check';
import { countLines } from './countLines';

describe('countLines', () => {
  it('counts the lines of hunks, whatever is in them', () => {
    const line = fc
      .string()
      .map(text => text.replace(/[\n\r]/g, ''))
      .filter(text => !text.startsWith('@@'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('+', '-', ' ', '\\'), line)),
        fc.boolean(),
        (lines, header) => {
          const diff = [
            ...(header ? ['--- a/x', '+++ b/x'] : []),
            '@@ -1 +1 @@',
            ...lines.map(([sign, text]) => `${sign}${text}`),
          ].join('\n');
          const count = (sign: string) =>
            lines.filter(([one]) => one === sign).length;
          expect(countLines(diff)).toEqual({
            additions: count('+'),
            deletions: count('-'),
          });
          expect(countLines(`${diff}\n`)).toEqual(countLines(diff));
        },
      ),
    );
  });

  it('counts nothing where there is no diff', () => {
    for (const diff of ['', '\n', 'Binary files a and b differ']) {
      expect(countLines(diff)).toEqual({ additions: 0, deletions: 0 });
    }
  });
});

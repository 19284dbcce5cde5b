import fc from 'fast-check';
import { parseJsonBody } from './parseJsonBody';

describe('parseJsonBody', () => {
  it('parses what JSON.parse does', () => {
    const anything = fc
      .json({ depthSize: 'small', maxDepth: 20 })
      .filter(text => !text.includes('u0000'));
    fc.assert(
      fc.property(anything, text => {
        expect(parseJsonBody(Buffer.from(text))).toEqual({
          value: JSON.parse(text),
        });
      }),
    );
  });

  it('leaves out what no database keeps, and nothing that looks like it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\0', '\\', 'u0000', '"', 'a') }),
        text => {
          expect(parseJsonBody(Buffer.from(JSON.stringify([text])))).toEqual({
            value: [text.replaceAll('\0', '')],
          });
        },
      ),
    );
  });

  it('counts the depth, whatever strings hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.string(), (n, s) => {
        const string = JSON.stringify(`${s}\\"[{`);
        const nested = Buffer.from(
          `${'[{"a":'.repeat(n)}${string}${'}]'.repeat(n)}`,
        );
        expect('problem' in parseJsonBody(nested)).toBe(2 * n > 64);
      }),
    );
  });

  it('builds nothing of a million brackets', () => {
    const bomb = Buffer.alloc(2_000_000, '[');
    expect(parseJsonBody(bomb)).toEqual({
      problem: expect.stringContaining('levels deep'),
    });
  });

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'body: not JSON'],
    ['words', Buffer.from('secret=1'), 'body: not JSON'],
    ['half of it', Buffer.from('{"secret":'), 'body: not JSON'],
    ['an open string', Buffer.from('"secret\\'), 'body: not JSON'],
    ['another encoding', Buffer.from([0x22, 0xff, 0x22]), 'body: not UTF-8'],
  ])('tells what is wrong with %s, and nothing of it', (_, body, problem) => {
    expect(parseJsonBody(body)).toEqual({ problem });
  });
});

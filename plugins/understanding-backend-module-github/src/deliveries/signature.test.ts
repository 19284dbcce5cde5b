import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { isSigned } from './signature';

const SECRETS = ['the newer of two secrets', 'the older of two secrets'];
const BODY = Buffer.from('{"action":"opened","text":"grüße"}');

function signed(body: Buffer, secret: string, algorithm = 'sha256'): string {
  const hex = createHmac(algorithm, secret).update(body).digest('hex');
  return `${algorithm}=${hex}`;
}

describe('isSigned', () => {
  it("knows GitHub's own example", () => {
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    expect(
      isSigned(
        Buffer.from('Hello, World!'),
        'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
        ["It's a Secret to Everybody"],
      ),
    ).toBe(true);
  });

  it.each(SECRETS)('takes what is signed by %s', secret => {
    expect(isSigned(BODY, signed(BODY, secret), SECRETS)).toBe(true);
  });

  it('takes no body at all, if it is signed', () => {
    const none = Buffer.alloc(0);
    expect(isSigned(none, signed(none, SECRETS[0]), SECRETS)).toBe(true);
  });

  it.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['SHA-1', signed(BODY, SECRETS[0], 'sha1')],
    ['SHA-512', signed(BODY, SECRETS[0], 'sha512')],
    ['a secret that was taken away', signed(BODY, 'a secret of last year')],
    ['the empty secret', signed(BODY, '')],
    ['capitals', signed(BODY, SECRETS[0]).toUpperCase()],
    [
      'capital digits',
      `sha256=${signed(BODY, SECRETS[0]).slice(7).toUpperCase()}`,
    ],
    ['no prefix', signed(BODY, SECRETS[0]).slice(7)],
    ['a new line after it', `${signed(BODY, SECRETS[0])}\n`],
    ['two at once', `${signed(BODY, SECRETS[0])},${signed(BODY, SECRETS[1])}`],
  ])('refuses %s', (_name, signature) => {
    expect(isSigned(BODY, signature, SECRETS)).toBe(false);
  });

  it('refuses everything where there is no secret', () => {
    expect(isSigned(BODY, signed(BODY, ''), [])).toBe(false);
  });

  it('refuses each of a thousand changes of what was signed', () => {
    const bitOf = (bytes: Buffer) => fc.nat({ max: bytes.length * 8 - 1 });
    const flip = (bytes: Buffer, bit: number) => {
      const flipped = Buffer.from(bytes);
      // eslint-disable-next-line no-bitwise
      flipped[bit >> 3] ^= 1 << (bit & 7);
      return flipped;
    };
    const forgery = fc
      .tuple(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.constantFrom(...SECRETS),
      )
      .chain(([bytes, secret]) => {
        const body = Buffer.from(bytes);
        const signature = signed(body, secret);
        return fc.oneof(
          bitOf(body).map(bit => ({ body: flip(body, bit), signature })),
          bitOf(Buffer.from(signature)).map(bit => ({
            body,
            signature: flip(Buffer.from(signature), bit).toString('latin1'),
          })),
          fc.nat({ max: body.length - 1 }).map(length => ({
            body: body.subarray(0, length),
            signature,
          })),
          fc.uint8Array({ minLength: 1, maxLength: 8 }).map(more => ({
            body: Buffer.concat([body, more]),
            signature,
          })),
          fc.nat({ max: signature.length - 1 }).map(length => ({
            body,
            signature: signature.slice(0, length),
          })),
          fc.string({ maxLength: 80 }).map(text => ({ body, signature: text })),
          fc.string().map(other => ({
            body,
            signature: signed(body, `${secret}${other} `),
          })),
        );
      });
    fc.assert(
      fc.property(forgery, ({ body, signature }) => {
        expect(isSigned(body, signature, SECRETS)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

import fc from 'fast-check';
import { createHmac, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { HookSecrets } from '../config';
import { verifyDelivery } from './verifyDelivery';

jest.setTimeout(60_000);

const NOW = new Date('2026-01-01T09:00:00.000Z');
const TOKENS = ['first-token-of-this-test', 'second-token-of-this-test'];
const KEYS = [randomBytes(32), randomBytes(32)];
const ID = 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f';
const BODY = Buffer.from('{"object_kind":"push"}');

const WITH_TOKENS: HookSecrets = {
  tokens: TOKENS,
  signingKeys: [],
  allowUnsigned: false,
};
const WITH_KEYS: HookSecrets = {
  tokens: [],
  signingKeys: KEYS,
  allowUnsigned: false,
};
const WITH_BOTH: HookSecrets = { ...WITH_TOKENS, signingKeys: KEYS };

/** The headers that GitLab sends with every delivery. */
const DELIVERY = {
  'content-type': 'application/json',
  'user-agent': 'GitLab/19.1.0',
  'idempotency-key': ID,
  'webhook-id': ID,
  'webhook-timestamp': String(NOW.getTime() / 1000),
  'x-gitlab-event': 'Push Hook',
  'x-gitlab-event-uuid': '13792a34-cac6-4fda-95a8-c58e00a3954e',
  'x-gitlab-instance': 'https://gitlab.acme.example',
  'x-gitlab-webhook-uuid': '02affd2d-2cba-4033-917d-ec22d5dc4b38',
};

function withToken(token: string): Record<string, string> {
  return { ...DELIVERY, 'x-gitlab-token': token };
}

/** Signed by the library that the makers of Standard Webhooks publish. */
function signedBy(key: Buffer, at = NOW): Record<string, string> {
  return {
    ...DELIVERY,
    'webhook-timestamp': String(at.getTime() / 1000),
    'webhook-signature': new Webhook(key.toString('base64')).sign(
      ID,
      at,
      BODY.toString(),
    ),
  };
}

function verify(
  headers: Record<string, string>,
  secrets: HookSecrets,
  body = BODY,
) {
  return verifyDelivery({ headers, body }, secrets, NOW);
}

describe('verifyDelivery', () => {
  it('takes any of the tokens and signatures that are configured', () => {
    const told = { deliveryId: ID, event: 'Push Hook' };
    for (const secrets of [WITH_TOKENS, WITH_BOTH]) {
      for (const token of TOKENS) {
        expect(verify(withToken(token), secrets)).toEqual(told);
      }
    }
    for (const secrets of [WITH_KEYS, WITH_BOTH]) {
      for (const key of KEYS) {
        expect(verify(signedBy(key), secrets)).toEqual(told);
      }
    }
    // A webhook that has both, of which one is configured here.
    const both = { ...signedBy(randomBytes(32)), ...withToken(TOKENS[1]) };
    expect(verify(both, WITH_BOTH)).toEqual(told);
    // One that is being changed bears two.
    const two = signedBy(KEYS[1]);
    two['webhook-signature'] = `v1,${randomBytes(32).toString('base64')} ${
      two['webhook-signature']
    }`;
    expect(verify(two, WITH_KEYS)).toEqual(told);
  });

  it('takes none of 1,000 forgeries by token', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TOKENS),
        fc.nat(),
        fc.oneof(fc.string({ maxLength: 3 }), fc.constant('\u0000')),
        fc.constantFrom('replace', 'insert', 'cut', 'case', 'twice', 'none'),
        (token, at, text, how) => {
          const place = at % token.length;
          const head = token.slice(0, place);
          const tail = token.slice(place + 1);
          const forged = {
            replace: `${head}${text}${tail}`,
            insert: `${head}${text}${token.slice(place)}`,
            cut: head,
            case: token.toUpperCase(),
            twice: `${token}, ${token}`,
            none: '',
          }[how] as string;
          fc.pre(!TOKENS.includes(forged));
          for (const secrets of [WITH_TOKENS, WITH_KEYS, WITH_BOTH]) {
            expect(verify(withToken(forged), secrets)).toBeUndefined();
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('takes none of 1,000 forgeries by signature', () => {
    const genuine = signedBy(KEYS[0]);
    fc.assert(
      fc.property(
        fc.constantFrom(
          'body',
          'webhook-id',
          'webhook-timestamp',
          'webhook-signature',
        ),
        fc.nat(),
        fc.nat(7),
        fc.constantFrom('bit', 'cut', 'longer', 'absent'),
        (part, at, bit, how) => {
          const headers: Record<string, string> = { ...genuine };
          const original =
            part === 'body' ? BODY : Buffer.from(genuine[part], 'latin1');
          const place = at % original.length;
          const flipped = Buffer.from(original);
          flipped[place] = flipped[place] ^ (1 << bit);
          const forged = {
            bit: flipped,
            cut: original.subarray(0, place),
            longer: Buffer.concat([original, Buffer.from('0')]),
            absent: Buffer.alloc(0),
          }[how] as Buffer;
          if (part !== 'body') {
            headers[part] = forged.toString('latin1');
          }
          expect(
            verify(headers, WITH_BOTH, part === 'body' ? forged : BODY),
          ).toBeUndefined();
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', DELIVERY],
    ['no header at all', {}],
    [
      'another scheme',
      {
        ...signedBy(KEYS[0]),
        'webhook-signature': createHmac('sha1', KEYS[0])
          .update(BODY)
          .digest('base64'),
      },
    ],
    [
      'a later version',
      {
        ...signedBy(KEYS[0]),
        'webhook-signature': signedBy(KEYS[0])['webhook-signature'].replace(
          'v1,',
          'v2,',
        ),
      },
    ],
    [
      'a timestamp of words',
      { ...signedBy(KEYS[0]), 'webhook-timestamp': 'now' },
    ],
    [
      'the signature of an hour ago',
      signedBy(KEYS[0], new Date(NOW.getTime() - 3_600_000)),
    ],
    [
      'the signature of an hour to come',
      signedBy(KEYS[0], new Date(NOW.getTime() + 3_600_000)),
    ],
    ['the key as a token', withToken(`whsec_${KEYS[0].toString('base64')}`)],
    [
      'many signatures, of which a late one is right',
      {
        ...signedBy(KEYS[0]),
        'webhook-signature': `${'v1,x '.repeat(5)}${
          signedBy(KEYS[0])['webhook-signature']
        }`,
      },
    ],
  ])('refuses %s', (_name, headers) => {
    expect(verify(headers, WITH_BOTH)).toBeUndefined();
  });

  it('takes what nobody signed where that was asked for', () => {
    expect(
      verify(DELIVERY, { tokens: [], signingKeys: [], allowUnsigned: true }),
    ).toEqual({ deliveryId: ID, event: 'Push Hook' });
  });

  it('knows a delivery again by the one header that stays the same', () => {
    const { 'webhook-id': _id, ...before19 } = withToken(TOKENS[0]);
    const { 'idempotency-key': _key, ...before17 } = before19;
    expect(verify(before19, WITH_TOKENS)).toEqual({
      deliveryId: ID,
      event: 'Push Hook',
    });
    expect(verify(before17, WITH_TOKENS)).toEqual({
      deliveryId: undefined,
      event: 'Push Hook',
    });
  });

  it('keeps no header that GitLab would not send', () => {
    expect(
      verify(
        {
          'x-gitlab-token': TOKENS[0],
          'webhook-id': `'; DROP TABLE inbox`,
          'x-gitlab-event': '<script>'.repeat(1_000),
        },
        WITH_TOKENS,
      ),
    ).toEqual({ deliveryId: undefined, event: 'unknown' });
  });
});

import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { GithubHost } from './GithubHost';
import { ScriptedAnswer } from './__testUtils__/ScriptedServer';
import { CHECK, NOW, SHOP, hostFixture } from './__testUtils__/hostFixture';

jest.setTimeout(60_000);

describe('GithubHost', () => {
  const fixture = hostFixture();
  const { options, hostWith, failureOf } = fixture;

  describe('cloneAddress', () => {
    it.each(['app', 'token'] as const)(
      'keeps the credentials of the %s out of the address',
      async credentials => {
        const { url, headers } = await hostWith(credentials).cloneAddress(
          SHOP,
          options(),
        );
        expect(url).toBe('https://github.com/acme/shop.git');
        const [scheme, encoded] = headers.authorization.split(' ');
        expect(scheme).toBe('Basic');
        expect(Buffer.from(encoded, 'base64').toString()).toMatch(
          credentials === 'app'
            ? /^x-access-token:ghs_/
            : /^x-access-token:ghp_/,
        );
      },
    );

    it('needs none where none are configured', async () => {
      await expect(
        hostWith('none').cloneAddress(SHOP, options()),
      ).resolves.toEqual({
        url: 'https://github.com/acme/shop.git',
        headers: {},
      });
    });
  });

  describe('readFile', () => {
    const PATH = 'services/shop/catalog-info.yaml';
    const read = (ref = 'main') =>
      hostWith('app').readFile(
        { ...SHOP, path: PATH, ref, maxBytes: 10 },
        options(),
      );
    const content = (text: string, more = {}) => ({
      type: 'file',
      size: Buffer.byteLength(text),
      encoding: 'base64',
      content: Buffer.from(text).toString('base64'),
      ...more,
    });

    it('reads a file of a commit or branch', async () => {
      fixture.github.contents.set(`main ${PATH}`, content('a: é'));
      await expect(read()).resolves.toEqual({ text: 'a: é' });
      await expect(read('other')).resolves.toBeUndefined();
    });

    it.each([
      ['too much', content('x'.repeat(11)), { tooLarge: 11 }],
      [
        'so much that GitHub leaves it out',
        content('', { encoding: 'none', size: 2_000_000 }),
        { tooLarge: 2_000_000 },
      ],
      ['a folder', [content('a')], undefined],
      ['a submodule', { type: 'submodule', size: 0 }, undefined],
    ])('tells no text of %s', async (_, body, expected) => {
      fixture.github.contents.set(`main ${PATH}`, body);
      await expect(read()).resolves.toEqual(expected);
    });

    it('says what GitHub answers instead', async () => {
      fixture.github.answerNext({ status: 403, body: {} });
      await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
    });
  });

  describe('mayReview', () => {
    it.each([
      ['admin', true],
      ['write', true],
      ['read', false],
      ['none', false],
      [undefined, false],
    ])('is by rights to write: %s', async (permission, may) => {
      if (permission) {
        fixture.github.permissions.set('grace', permission);
      }
      await expect(
        hostWith('app').mayReview({ ...SHOP, login: 'grace' }, options()),
      ).resolves.toBe(may);
    });

    it('says so where GitHub does not tell', async () => {
      fixture.github.answerNext({ status: 403, body: { message: 'No' } });
      await expect(
        hostWith('token').mayReview({ ...SHOP, login: 'grace' }, options()),
      ).rejects.toMatchObject({ code: 'forbidden' });
    });
  });

  describe('when GitHub fails', () => {
    const list = (signal?: AbortSignal) =>
      hostWith('app').listChanges(SHOP, options(signal));

    it.each<[string, ScriptedAnswer[]]>([
      ['502 and 503', [{ status: 502 }, { status: 503 }]],
      ['two lost connections', ['reset', 'reset']],
    ])('gets over %s', async (_name, answers) => {
      fixture.github.openPull('Acme/Shop');
      fixture.github.answerNext(...answers);
      const page = await list();
      expect(page.changes).toHaveLength(1);
      expect(fixture.requests).toBe(3);
      expect(fixture.github.requests).toHaveLength(3);
    });

    it.each<[string, ScriptedAnswer, Partial<ChangeHostError>]>([
      [
        'a secondary limit',
        {
          status: 403,
          headers: { 'retry-after': '30' },
          body: { message: 'You have exceeded a secondary rate limit' },
        },
        { code: 'rate-limited', retryAfterSeconds: 30 },
      ],
      [
        'a secondary limit that names no time',
        {
          status: 403,
          body: { message: 'You have exceeded a secondary rate limit' },
        },
        { code: 'rate-limited', retryAfterSeconds: 60 },
      ],
      [
        'a spent limit',
        {
          status: 403,
          headers: {
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': String(NOW.getTime() / 1_000 + 90),
          },
        },
        { code: 'rate-limited', retryAfterSeconds: 90 },
      ],
      [
        'a spent limit that is over already',
        {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
        },
        { code: 'rate-limited', retryAfterSeconds: 1 },
      ],
      ['429', { status: 429 }, { code: 'rate-limited', retryAfterSeconds: 60 }],
      ['403', { status: 403 }, { code: 'forbidden' }],
      ['401', { status: 401 }, { code: 'forbidden' }],
      ['404', { status: 404 }, { code: 'not-found' }],
      ['422', { status: 422 }, { code: 'not-found' }],
      [
        'an answer of another form',
        { body: [{ number: 'wordsOfTheStandIn' }] },
        { code: 'unavailable', message: expect.stringContaining('0.number') },
      ],
    ])('tells %s at once', async (_name, answer, failure) => {
      fixture.github.answerNext(answer);
      const error = await failureOf(list());
      expect(error).toBeInstanceOf(ChangeHostError);
      expect(error).toMatchObject(failure);
      expect(fixture.github.requests).toHaveLength(1);
    });

    it.each<[string, ScriptedAnswer]>([
      ['errors', { status: 500, body: { message: 'wordsOfTheStandIn' } }],
      ['lost connections', 'reset'],
    ])('gives up after three %s', async (_name, answer) => {
      fixture.github.answerNext(answer, answer, answer);
      await expect(failureOf(list())).resolves.toMatchObject({
        code: 'unavailable',
      });
      expect(fixture.github.requests).toHaveLength(3);
    });

    it('stops waiting as soon as the signal says so', async () => {
      const abort = new AbortController();
      fixture.github.answerNext('hang');
      const failure = failureOf(list(abort.signal));
      while (fixture.github.requests.length === 0) {
        await new Promise(setImmediate);
      }
      abort.abort();
      await expect(failure).resolves.toMatchObject({ code: 'unavailable' });
    });

    it('asks nothing when the signal has said so before', async () => {
      await expect(failureOf(list(AbortSignal.abort()))).resolves.toMatchObject(
        { code: 'unavailable' },
      );
      expect(fixture.github.requests).toEqual([]);
    });

    it('passes on what a budget throws, and asks no more', async () => {
      const refusal = new Error('The budget is spent');
      const refused = hostWith('app').listChanges(SHOP, {
        ...options(),
        onRequest: () => {
          throw refusal;
        },
      });
      await expect(refused).rejects.toBe(refusal);
      expect(fixture.github.requests).toEqual([]);
    });

    it('tells without credentials of it where the App may not act for the owner', async () => {
      const failure = await failureOf(
        hostWith('app').writeCheck(
          { ...CHECK, repository: 'elsewhere/shop' },
          options(),
        ),
      );
      expect(failure).toBeInstanceOf(ChangeHostError);
      expect(fixture.github.checkRuns('Acme/Shop')).toEqual([]);
    });

    it('says that a private key cannot be used', async () => {
      const [app] = fixture.github.integration('app').apps || [];
      const host = GithubHost.create({
        instances: [
          {
            ...fixture.github.integration('none'),
            apps: [{ ...app, privateKey: 'not a PRIVATE KEY' }],
          },
        ],
        secrets: [],
        now: () => NOW,
        second: 1,
      });
      const failure = await failureOf(
        host.requestRedelivery?.(
          { host: 'github.com', since: NOW.toISOString() },
          options(),
        ) as Promise<number>,
      );
      expect(failure).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('privateKey of the App 4711'),
      });
    });
  });
});

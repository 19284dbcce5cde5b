import { attributes, standInMergeRequest } from './__testUtils__/answers';
import { REPOSITORY } from './__testUtils__/expected';
import { Instance } from './__testUtils__/Instance';
import { HOST } from './__testUtils__/payloads';
import { Fault } from './__testUtils__/StandInGitlab';

jest.setTimeout(60_000);

let instance: Instance;

beforeEach(async () => {
  instance = await Instance.start();
});

afterEach(() => instance.stop());

describe('listChanges', () => {
  it('lists the last updated first, a hundred with a request', async () => {
    instance.gitlab.projects.set(
      'acme/shop',
      Array.from({ length: 230 }, (_, n) =>
        standInMergeRequest({
          attributes: attributes({
            iid: n + 1,
            updated_at: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
          }),
        }),
      ),
    );
    const numbers: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await instance.host.listChanges(
        { ...REPOSITORY, cursor },
        instance.options(),
      );
      numbers.push(...page.changes.map(({ number }) => number));
      cursor = page.nextCursor;
    } while (cursor);
    expect(numbers).toEqual(Array.from({ length: 230 }, (_, n) => 230 - n));
    expect(instance.counted).toBe(3);
    expect(instance.gitlab.requests[0].query).toMatchObject({
      state: 'all',
      order_by: 'updated_at',
      sort: 'desc',
    });
  });

  it('tells the same of a change as reading it does', async () => {
    const { changes } = await instance.host.listChanges(
      REPOSITORY,
      instance.options(),
    );
    expect(changes).toEqual([(await instance.read())?.change]);
  });
});

describe('readFile', () => {
  const query = {
    ...REPOSITORY,
    path: 'services/shop/catalog-info.yaml',
    ref: 'main',
    maxBytes: 10,
  };
  const read = (ref = 'main') =>
    instance.host.readFile({ ...query, ref }, instance.options());

  it('reads a file of a commit or branch with one request', async () => {
    instance.gitlab.files.set('main services/shop/catalog-info.yaml', 'a: é');
    await expect(read()).resolves.toEqual({ text: 'a: é' });
    expect(instance.counted).toBe(1);
    await expect(read('other')).resolves.toBeUndefined();
  });

  it('tells no text that is too large', async () => {
    instance.gitlab.files.set(
      'main services/shop/catalog-info.yaml',
      'x'.repeat(11),
    );
    await expect(read()).resolves.toEqual({ tooLarge: 11 });
  });

  it('says what GitLab answers instead', async () => {
    instance.gitlab.faults.push({ status: 403 });
    await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('cloneAddress', () => {
  it('has the token in a header alone', async () => {
    const { url, headers } = await instance.host.cloneAddress(REPOSITORY);
    expect(url).toBe(`https://${HOST}/acme/shop.git`);
    const [scheme, basic] = headers.authorization.split(' ');
    expect(scheme).toBe('Basic');
    expect(Buffer.from(basic, 'base64').toString()).toBe(
      `oauth2:${instance.gitlab.token}`,
    );
  });

  it('has none where none is configured', async () => {
    await expect(
      instance.hostWith({ token: undefined }).cloneAddress(REPOSITORY),
    ).resolves.toEqual({ url: `https://${HOST}/acme/shop.git`, headers: {} });
  });

  it('is below the address of the instance', async () => {
    await expect(
      instance
        .hostWith({ baseUrl: `https://${HOST}/git` })
        .cloneAddress(REPOSITORY),
    ).resolves.toMatchObject({ url: `https://${HOST}/git/acme/shop.git` });
  });

  it.each([
    [HOST, '..', /not a path of a project/],
    [HOST, 'acme', /not a path of a project/],
    [HOST, 'acme/..', /not a path of a project/],
    [HOST, '/acme/shop', /not a path of a project/],
    [HOST, 'acme//shop', /not a path of a project/],
    [HOST, 'acme/../../evil', /not a path of a project/],
    [HOST, '-oProxyCommand=x/y', /not a path of a project/],
    [HOST, 'acme/shop?x', /not a path of a project/],
    ['evil.example', 'acme/shop', /not one of integrations.gitlab/],
  ])('is none for %s and %s', async (host, repository, message) => {
    const failure = {
      code: 'not-found',
      message: expect.stringMatching(message),
    };
    const where = { host, repository };
    await expect(instance.host.cloneAddress(where)).rejects.toMatchObject(
      failure,
    );
    await expect(
      instance.host.listChanges(where, instance.options()),
    ).rejects.toMatchObject(failure);
    expect(instance.gitlab.requests).toEqual([]);
  });
});

describe('what GitLab answers instead', () => {
  it.each<[string, Fault, object]>([
    ['401', { status: 401 }, { code: 'forbidden' }],
    ['403', { status: 403 }, { code: 'forbidden' }],
    [
      '429',
      { status: 429, headers: { 'retry-after': '42' } },
      { code: 'rate-limited', retryAfterSeconds: 42 },
    ],
    [
      '429 without a time',
      { status: 429 },
      { code: 'rate-limited', retryAfterSeconds: undefined },
    ],
    ['500', { status: 500 }, { code: 'unavailable' }],
    [
      '503',
      { status: 503, headers: { 'retry-after': '5' } },
      { code: 'unavailable' },
    ],
    ['a closed connection', 'reset', { code: 'unavailable' }],
    ['half an answer', 'cut', { code: 'unavailable' }],
    [
      'an answer without end',
      'flood',
      {
        code: 'unavailable',
        message: `${HOST} gave an answer that is too large`,
      },
    ],
    ['a page', { status: 200, body: '<html>' }, { code: 'unavailable' }],
    [
      'another form',
      { status: 200, body: '{"secret":1}' },
      { code: 'unavailable' },
    ],
    [
      'a loop',
      { status: 302, headers: { location: '/elsewhere' } },
      { code: 'unavailable' },
    ],
  ])('is told apart: %s', async (_name, fault, failure) => {
    const at = instance.gitlab.requests.length;
    for (const call of [
      () => instance.read(),
      () => instance.host.listChanges(REPOSITORY, instance.options()),
    ]) {
      instance.gitlab.faults.push(
        typeof fault === 'object'
          ? { ...fault, body: fault.body ?? `secret ${instance.gitlab.token}` }
          : fault,
      );
      const error = await call().catch(thrown => thrown);
      expect(error).toMatchObject({ name: 'ChangeHostError', ...failure });
      expect(`${error.message} ${error.stack}`).not.toMatch(
        /secret|glpat|Bearer/,
      );
    }
    // Whoever called decides when to ask again.
    expect(instance.gitlab.requests.length - at).toBe(2);
    expect(instance.counted).toBe(2);
  });

  it.each([0, 1, 2, 3, 4])('is told also after %i good answers', async good => {
    const call = instance.read({
      onRequest: () => {
        if (instance.gitlab.requests.length === good) {
          instance.gitlab.faults.push({ status: 502 });
        }
      },
    });
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
    expect(instance.gitlab.requests).toHaveLength(good + 1);
  });

  it('is nothing for ever, until the signal aborts', async () => {
    const abort = new AbortController();
    instance.gitlab.faults.push('hang');
    const call = instance.read({
      signal: abort.signal,
      onRequest: () => setImmediate(() => abort.abort()),
    });
    await expect(call).rejects.toMatchObject({
      code: 'unavailable',
      message: `${HOST} was given up before it answered`,
    });
  });

  it('is nothing where nobody listens', async () => {
    await instance.gitlab.close();
    await expect(instance.read()).rejects.toMatchObject({
      code: 'unavailable',
      message: `${HOST} gave no answer (ECONNREFUSED)`,
    });
    await instance.gitlab.listen();
  });

  it('ends when there is no budget left for another request', async () => {
    let left = 2;
    const call = instance.read({
      onRequest: () => {
        if (left-- === 0) {
          throw new Error('The budget is spent');
        }
      },
    });
    await expect(call).rejects.toThrow('The budget is spent');
    expect(instance.gitlab.requests).toHaveLength(2);
  });

  it('is not asked for again here, also where Backstage does so', async () => {
    const retrying = instance.hostWith({
      retry: { maxRetries: 3, retryStatusCodes: [503] },
    });
    instance.gitlab.faults.push({ status: 503 });
    await expect(
      retrying.listChanges(REPOSITORY, instance.options()),
    ).rejects.toMatchObject({ code: 'unavailable' });
    expect(instance.gitlab.requests).toHaveLength(1);
  });

  it('does not wait for its turn once the signal aborts', async () => {
    const spaced = instance.hostWith({ retry: { maxApiRequestsPerMinute: 1 } });
    await spaced.listChanges(REPOSITORY, instance.options());
    const abort = new AbortController();
    const call = spaced.listChanges(REPOSITORY, {
      ...instance.options(),
      signal: abort.signal,
      onRequest: () => setImmediate(() => abort.abort()),
    });
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
    expect(instance.gitlab.requests).toHaveLength(1);
  });
});

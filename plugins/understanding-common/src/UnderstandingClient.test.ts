import { AnsweringServer } from './client/__testUtils__/AnsweringServer';
import { UnderstandingClient } from './UnderstandingClient';

const summary = {
  entityRef: 'component:default/ledger',
  kind: 'component',
  namespace: 'default',
  name: 'ledger',
  title: 'Ledger',
  example: false,
  understoodBy: 2,
  understoodByMinimum: 2,
  documentState: 'fresh',
  coverage: { required: 0, answered: 0, tested: 0 },
  flags: [],
  computedAt: '2026-03-01T12:00:00.000Z',
};
const understanding = {
  summary,
  source: { type: 'unknown', reason: 'It is not there.' },
  edges: [],
  hiddenEdges: 0,
  understandingRule: {
    collectedKinds: ['authored'],
    kindsNeeded: 1,
    freshDays: 180,
  },
  documents: [],
  flags: [],
  failureModes: [],
};
const page = { items: [], totalItems: 0 };
const ingestStatus = {
  moving: true,
  hosts: [
    {
      host: 'github',
      instances: ['github.com'],
      lastReceivedAt: '2026-03-01T12:00:00.000Z',
      deliveries: { pending: 1, done: 2, ignored: 3, dead: 4 },
    },
  ],
  schedules: [
    {
      schedule: 'payments',
      readAt: '2026-03-01T12:00:00.000Z',
      notices: ['The event that begins 2026-03-28T09:00:00 names nobody'],
    },
  ],
  queues: [{ queue: 'delivery', due: 1, retrying: 0, oldestSeconds: 0.2 }],
  repositories: [
    { host: 'github.com', repository: 'acme/shop', changes: 3, unread: 1 },
  ],
  repositoriesTruncated: false,
  goneEntities: [
    {
      entityRef: 'component:default/shop',
      goneAt: '2026-03-01T12:00:00.000Z',
      records: 2,
    },
  ],
  goneEntitiesTruncated: false,
};
const delivery = {
  id: 'd1',
  host: 'github',
  deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  event: 'pull_request',
  size: 20480,
  receivedAt: '2026-03-01T12:00:00.000Z',
  state: 'dead',
  reason: 'An odd field',
  settledAt: '2026-03-01T12:00:01.000Z',
};

describe('UnderstandingClient', () => {
  let server: AnsweringServer;
  let client: UnderstandingClient;

  beforeAll(async () => {
    server = await AnsweringServer.start();
    client = server.client;
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    server.received = [];
  });

  it('says which version was read, and where nothing was there', async () => {
    server.answer({ asConsumer: [], asProvider: [], hidden: 0 });
    for (const version of [0, 3]) {
      await client.setPromise('component:default/ledger', version, {
        guarantees: [],
      });
    }
    expect(server.received).toMatchObject([
      { method: 'PUT', ifNoneMatch: '*', ifMatch: undefined },
      { method: 'PUT', ifNoneMatch: undefined, ifMatch: '"3"' },
    ]);
  });

  it('lists entities, and encodes what it asks', async () => {
    server.answer({ items: [summary], nextCursor: 'n+1/=', totalItems: 3 });
    await expect(
      client.listEntities({
        q: 'a & b=c+d#é',
        owner: 'group:default/team a',
        limit: 10,
        cursor: 'n+1/=',
        system: undefined,
      }),
    ).resolves.toEqual({
      items: [summary],
      nextCursor: 'n+1/=',
      totalItems: 3,
    });
    const { pathname, searchParams } = new URL(
      server.received[0].url!,
      'http://x',
    );
    expect(server.received[0].method).toBe('GET');
    expect(pathname).toBe('/api/understanding/entities');
    expect(Object.fromEntries(searchParams)).toEqual({
      q: 'a & b=c+d#é',
      owner: 'group:default/team a',
      limit: '10',
      cursor: 'n+1/=',
    });
  });

  it('asks without parameters where none are given', async () => {
    server.answer(page);
    await client.listEntities({ q: '' });
    await client.listFlags({});
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/entities',
      '/api/understanding/flags',
    ]);
  });

  it('lists flags', async () => {
    server.answer(page);
    await expect(
      client.listFlags({ rule: 'no-owner', state: 'resolved' }),
    ).resolves.toEqual(page);
    expect(server.received[0].url).toBe(
      '/api/understanding/flags?rule=no-owner&state=resolved',
    );
  });

  it('gets the values of the filters', async () => {
    const facets = {
      owners: [{ ref: 'group:default/team a', title: 'Team A' }],
      systems: [],
    };
    server.answer(facets);
    await expect(client.getFacets()).resolves.toEqual(facets);
    expect(server.received[0].url).toBe('/api/understanding/entities/facets');
  });

  it('gets entities in bulk, in order, null where unknown', async () => {
    server.answer({ items: [null, summary] });
    const request = {
      entityRefs: ['component:default/gone', 'component:default/ledger'],
    };
    await expect(client.getEntitiesByRefs(request)).resolves.toEqual({
      items: [null, summary],
    });
    expect(server.received).toEqual([
      {
        method: 'POST',
        url: '/api/understanding/entities/by-refs',
        contentType: 'application/json',
        body: JSON.stringify(request),
      },
    ]);
  });

  it('gets one entity', async () => {
    server.answer(understanding);
    await expect(client.getEntity('component:default/ledger')).resolves.toEqual(
      understanding,
    );
    await client.getEntity('group:ä/...');
    await client.getEntity('component:default/a?b#c/d%2f');
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/entities/by-name/component/default/ledger',
      '/api/understanding/entities/by-name/group/%C3%A4/...',
      '/api/understanding/entities/by-name/component/default/a%3Fb%23c%2Fd%252f',
    ]);
  });

  it.each([
    'ledger',
    'component:ledger',
    '',
    'Component:default/Ledger',
    'a:../..',
  ])('rejects the reference %p in words, without asking', async entityRef => {
    await expect(client.getEntity(entityRef)).rejects.toThrow(
      /must be a full, lower-case entity reference/,
    );
    expect(server.received).toEqual([]);
  });

  it('lists, gets, writes and assesses explanations', async () => {
    server.answer(page);
    const changeUrl = 'https://code.acme.example/acme/shop/pull/7?a=b&c';
    await client.listExplanations({ state: 'submitted', changeUrl });
    const record = {
      id: 'a/b',
      state: 'accepted',
      entityRefs: ['component:default/ledger'],
      planes: [],
      aiAssistance: 'unknown',
      required: false,
      because: 'Nobody says that coding agents had a part in it.',
      createdAt: '2026-03-01T12:00:00.000Z',
      updatedAt: '2026-03-01T12:00:00.000Z',
      hadPart: false,
      prompts: [],
      questions: [],
      versions: [],
      assessments: [],
    };
    server.answer(record);
    await expect(client.getExplanation('a/b')).resolves.toEqual(record);
    server.answer({ sections: { what: 'Once.' } });
    await expect(client.getExplanationText('a/b', 'c/d')).resolves.toEqual({
      sections: { what: 'Once.' },
    });
    expect(server.received.at(-1)).toMatchObject({
      url: expect.stringMatching(/\/explanations\/a%2Fb\/texts\/c%2Fd$/),
    });
    server.answer(record);
    const assessment = {
      result: 'genuine' as const,
      rubric: {
        mechanism: true,
        conditionAndEffect: true,
        alternativeRejected: true,
        observableSign: true,
      },
    };
    await expect(client.assessExplanation('a/b', assessment)).resolves.toEqual(
      record,
    );
    const created = {
      id: 'a/b',
      state: 'submitted',
      prompts: [],
      questions: [],
    };
    server.answer(created);
    const explanation = {
      entityRefs: ['component:default/ledger'],
      what: 'Rounds once.',
      howItFails: 'With negative amounts.',
      why: 'The client cannot.',
    };
    await expect(client.createExplanation(explanation)).resolves.toEqual(
      created,
    );
    const [listed, ...others] = server.received;
    const { pathname, searchParams } = new URL(listed.url!, 'http://x');
    expect(pathname).toBe('/api/understanding/explanations');
    expect(Object.fromEntries(searchParams)).toEqual({
      state: 'submitted',
      changeUrl,
    });
    expect(others.map(one => [one.method, one.url, one.body])).toEqual([
      ['GET', '/api/understanding/explanations/a%2Fb', ''],
      ['GET', '/api/understanding/explanations/a%2Fb/texts/c%2Fd', ''],
      [
        'POST',
        '/api/understanding/explanations/a%2Fb/assessments',
        JSON.stringify(assessment),
      ],
      ['POST', '/api/understanding/explanations', JSON.stringify(explanation)],
    ]);
  });

  it('lists explanations that wait, and those that are owed', async () => {
    server.answer(page);
    await client.listMyExplanations({ as: 'reviewer' });
    await client.listExplanationDebts({ owner: 'group:default/shop' });
    const overview = { items: [{ open: 2, paid: 1 }], totalItems: 1 };
    server.answer(overview);
    await expect(
      client.getExplanationDebtOverview({ by: 'system' }),
    ).resolves.toEqual(overview);
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/explanations/mine?as=reviewer',
      '/api/understanding/explanations/debts?owner=group%3Adefault%2Fshop',
      '/api/understanding/explanations/debts/overview?by=system',
    ]);
  });

  it('asks when explanations are asked for', async () => {
    const policy = {
      policy: 'always',
      inWords: 'With every change.',
      headings: {
        what: 'What',
        howItFails: 'How',
        why: 'Why',
        operate: 'Operate',
        expected: 'Expect',
      },
    };
    server.answer(policy);
    await expect(
      client.getExplanationPolicy({ entity: 'component:default/cart' }),
    ).resolves.toEqual(policy);
    await client.getExplanationPolicy({});
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/explanations/policy?entity=component%3Adefault%2Fcart',
      '/api/understanding/explanations/policy',
    ]);
  });

  it('gives, writes and assesses walkthroughs, and says whether records helped', async () => {
    const cart = 'component:default/cart';
    const walkthrough = {
      entityRef: cart,
      state: 'missing',
      questions: [],
      due: [],
      significantChanges: 0,
      hadPart: false,
      readings: { helped: 0, notHelped: 0 },
      versions: [],
      assessments: [],
    };
    server.answer(walkthrough);
    await expect(client.getWalkthrough(cart)).resolves.toEqual(walkthrough);
    await client.writeWalkthrough(cart, { readVersion: 0, answers: [] });
    const found = {
      version: 1,
      result: 'genuine' as const,
      rubric: {
        mechanism: true,
        conditionAndEffect: true,
        alternativeRejected: true,
        observableSign: true,
      },
    };
    await client.assessWalkthrough(cart, found);
    await client.readWalkthrough(cart, false);
    server.answer({ walkthrough: { state: 'missing', due: [] }, groups: [] });
    await client.getReadingPath(cart);
    server.answer({ helped: 1, notHelped: 0, mine: true });
    await client.readExplanation('a b', true);
    await client.getReadings('a b');
    const base = '/api/understanding/entities/by-name/component/default/cart';
    expect(
      server.received.map(({ body, method, url }) => [method, url, body]),
    ).toEqual([
      ['GET', `${base}/walkthrough`, ''],
      [
        'POST',
        `${base}/walkthrough/versions`,
        JSON.stringify({ readVersion: 0, answers: [] }),
      ],
      ['POST', `${base}/walkthrough/assessments`, JSON.stringify(found)],
      ['PUT', `${base}/walkthrough/reading`, '{"helped":false}'],
      ['GET', `${base}/reading-path`, ''],
      [
        'PUT',
        '/api/understanding/explanations/a%20b/reading',
        '{"helped":true}',
      ],
      ['GET', '/api/understanding/explanations/a%20b/reading', ''],
    ]);
  });

  it('lists, gives and ends exemptions', async () => {
    server.answer({ items: [], totalItems: 0 });
    await client.listExemptions('component:default/cart');
    const exemption = {
      id: 'x/y',
      entityRef: 'component:default/cart',
      reason: 'It is generated.',
      createdAt: '2026-03-01T12:00:00.000Z',
      until: '2026-04-01T12:00:00.000Z',
      holds: true,
    };
    server.answer(exemption);
    const { entityRef, reason, until } = exemption;
    const request = { entityRef, reason, until };
    await expect(client.createExemption(request)).resolves.toEqual(exemption);
    await client.endExemption('x/y');
    expect(server.received.map(one => [one.method, one.url])).toEqual([
      [
        'GET',
        '/api/understanding/explanations/exemptions?entity=component%3Adefault%2Fcart',
      ],
      ['POST', '/api/understanding/explanations/exemptions'],
      ['DELETE', '/api/understanding/explanations/exemptions/x%2Fy'],
    ]);
  });

  it('reads, keeps and removes drafts', async () => {
    const draft = {
      key: 'entities api:default/a',
      savedAt: '2026-03-01T12:00:00.000Z',
      content: { what: 'Half', planes: ['data'] },
    };
    server.answer({ draft });
    await expect(client.getDraft(draft.key)).resolves.toEqual({ draft });
    const { key, content } = draft;
    await client.keepDraft({ key, content });
    await client.removeDraft(key);
    const path = '/api/understanding/explanations/drafts';
    const query = '?key=entities+api%3Adefault%2Fa';
    expect(server.received.map(one => [one.method, one.url, one.body])).toEqual(
      [
        ['GET', `${path}${query}`, ''],
        ['PUT', path, JSON.stringify({ key, content })],
        ['DELETE', `${path}${query}`, ''],
      ],
    );
  });

  it('asks who understands', async () => {
    const response = { query: 'src/a b.ts', answers: [], truncated: false };
    server.answer(response);
    await expect(client.whoUnderstands('src/a b.ts')).resolves.toEqual(
      response,
    );
    expect(server.received[0].url).toBe(
      '/api/understanding/who-understands?query=src%2Fa+b.ts',
    );
  });

  it('gets how ingest is doing', async () => {
    server.answer(ingestStatus);
    await expect(client.getIngestStatus()).resolves.toEqual(ingestStatus);
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      url: '/api/understanding/admin/ingest',
    });
  });

  it('lists deliveries', async () => {
    server.answer({ items: [delivery], nextCursor: 'n', totalItems: 2 });
    await expect(client.listDeliveries({})).resolves.toEqual({
      items: [delivery],
      nextCursor: 'n',
      totalItems: 2,
    });
    await client.listDeliveries({ state: 'ignored', limit: 20, cursor: 'n=' });
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/admin/ingest/deliveries',
      '/api/understanding/admin/ingest/deliveries?state=ignored&limit=20&cursor=n%3D',
    ]);
  });

  it('replays a dead letter, whose id cannot lead elsewhere', async () => {
    server.answer('', 204);
    await expect(client.replayDelivery('d1')).resolves.toBeUndefined();
    await client.replayDelivery('../d/2?');
    expect(server.received.map(({ method, url }) => [method, url])).toEqual([
      ['POST', '/api/understanding/admin/ingest/deliveries/d1/replay'],
      [
        'POST',
        '/api/understanding/admin/ingest/deliveries/..%2Fd%2F2%3F/replay',
      ],
    ]);
  });

  it('rejects where there is nothing to replay', async () => {
    server.answer(
      {
        error: { name: 'NotFoundError', message: 'No dead letter d1.' },
        request: { method: 'POST', url: '/' },
        response: { statusCode: 404 },
      },
      404,
    );
    await expect(client.replayDelivery('d1')).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { name: 'NotFoundError', message: 'No dead letter d1.' },
    });
  });

  it('rejects with the error of the answer', async () => {
    server.answer(
      {
        error: { name: 'NotFoundError', message: 'Nothing is known of it.' },
        request: { method: 'GET', url: '/' },
        response: { statusCode: 404 },
      },
      404,
    );
    await expect(
      client.getEntity('component:default/gone'),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      message: 'Request failed with 404 Not Found',
      cause: { name: 'NotFoundError', message: 'Nothing is known of it.' },
    });
  });

  it('rejects with the status where the answer is no error of Backstage', async () => {
    server.answer('<html>Bad Gateway</html>', 502);
    await expect(client.getFacets()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 502,
    });
  });

  it('rejects answers of another form, with the place', async () => {
    server.answer({
      items: [{ ...summary, documentState: 'splendid' }],
      totalItems: 1,
    });
    await expect(client.listEntities({})).rejects.toThrow(
      /another version: .*at items\[0\]\.documentState$/s,
    );
    server.answer({ ...ingestStatus, moving: 'perhaps' });
    await expect(client.getIngestStatus()).rejects.toThrow('at moving');
    server.answer({ ...page, items: [{ ...delivery, state: 'lost' }] });
    await expect(client.listDeliveries({})).rejects.toThrow(
      'at items[0].state',
    );
    server.answer({ ...understanding, source: { type: 'read' } });
    await expect(client.getEntity('component:default/ledger')).rejects.toThrow(
      'another version',
    );
  });

  it('rejects where nobody answers', async () => {
    const alone = UnderstandingClient.create({
      discoveryApi: { getBaseUrl: async () => 'http://127.0.0.1:1' },
      fetchApi: { fetch },
    });
    await expect(alone.getFacets()).rejects.toThrow();
  });
});

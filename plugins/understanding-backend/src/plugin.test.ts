import { mockCredentials } from '@backstage/backend-test-utils';
import {
  coverageResponseSchema,
  edgePageSchema,
  edgeSchema,
  entitiesByRefsResponseSchema,
  entityFacetsSchema,
  entitySummaryPageSchema,
  entityUnderstandingSchema,
  flagPageSchema,
  graphResponseSchema,
  outageResponseSchema,
  whoUnderstandsResponseSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import request from 'supertest';
import { z } from 'zod';
import { ADA, CART, LEDGER, httpApi } from './__testUtils__/HttpApi';
import { HttpBackend, catalogEntity } from './__testUtils__/HttpBackend';
import { readers, testPolicy } from './__testUtils__/policy';
import { describeExplanations } from './features/explanations/__testUtils__/describeExplanations';

jest.setTimeout(180_000);

const SERVICES = 25;

/** @param source - the annotation that says where the source is */
function catalogEntities(source: Record<string, string>): string[] {
  const service = (name: string, annotations = {}, spec = {}) =>
    catalogEntity(
      'Component',
      name,
      { type: 'service', lifecycle: 'production', owner: 'payments', ...spec },
      annotations,
    );
  return [
    service('cart', source, { dependsOn: ['component:ledger'] }),
    service('ledger', {
      ...source,
      'understanding.dev/source-paths': 'ledger',
    }),
    ...Array.from({ length: SERVICES - 2 }, (_, index) =>
      service(`service-${String(index).padStart(2, '0')}`),
    ),
    catalogEntity('Group', 'payments', { type: 'team', children: [] }),
    catalogEntity('User', 'ada', {
      memberOf: ['payments'],
      profile: { displayName: 'Ada Okafor', email: 'ada@acme.example' },
    }),
  ];
}

describe('the HTTP API', () => {
  let backend: HttpBackend;

  beforeAll(async () => {
    backend = await HttpBackend.start({
      repository: {
        name: 'shop',
        by: 'ada',
        files: { 'README.md': '# Shop\n', 'ledger/book.ts': 'x\n' },
      },
      entities: catalogEntities,
      features: [testPolicy],
    });
    for (;;) {
      const { items } = await list('?limit=200');
      const read = items.filter(item => item.understoodBy !== undefined);
      if (items.length === SERVICES && read.length === 2) {
        break;
      }
      await new Promise(done => setTimeout(done, 200));
    }
  });

  afterAll(() => backend.stop());

  const api = httpApi(() => backend);
  const { get, post } = api;

  async function list(query: string, reader?: string) {
    const { body, status } = await get(`/entities${query}`, reader);
    expect({ status, error: body.error }).toEqual({ status: 200 });
    return entitySummaryPageSchema.parse(body);
  }

  it('answers every route as the contract says', async () => {
    const strict = (schema: z.ZodType, body: unknown) => {
      // Nothing is answered that the contract does not name.
      expect(schema.parse(body)).toEqual(body);
    };
    strict(entitySummaryPageSchema, (await get('/entities').expect(200)).body);
    strict(
      entityFacetsSchema,
      (await get('/entities/facets').expect(200)).body,
    );
    strict(
      entityUnderstandingSchema,
      (await get('/entities/by-name/component/default/cart').expect(200)).body,
    );
    strict(
      entitiesByRefsResponseSchema,
      (await post('/entities/by-refs', { entityRefs: [CART] }).expect(200))
        .body,
    );
    strict(
      edgePageSchema,
      (await get('/entities/by-name/component/default/cart/edges').expect(200))
        .body,
    );
    strict(flagPageSchema, (await get('/flags').expect(200)).body);
    strict(
      whoUnderstandsResponseSchema,
      (await get('/who-understands?query=cart').expect(200)).body,
    );
  });

  it('gives each entity once, page by page, in every order', async () => {
    for (const orderBy of [
      'title',
      'owner:desc',
      'understoodBy:desc',
      'documentState',
      'flags:desc',
      'system',
    ]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(
          `?limit=7&orderBy=${orderBy}${cursor ? `&cursor=${cursor}` : ''}`,
        );
        expect(page.totalItems).toBe(SERVICES);
        expect(page.items.length).toBeLessThanOrEqual(7);
        seen.push(...page.items.map(item => item.entityRef));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toHaveLength(SERVICES);
      expect(new Set(seen).size).toBe(SERVICES);
    }
  });

  it('filters and searches', async () => {
    const names = async (query: string) =>
      (await list(query)).items.map(item => item.name);
    await expect(names('?q=LEDGER')).resolves.toEqual(['ledger']);
    await expect(names('?flag=stale-docs')).resolves.toEqual(['ledger']);
    await expect(
      names('?flag=thin-understanding&kind=component'),
    ).resolves.toEqual(['cart', 'ledger']);
    await expect(names('?flag=no-owner')).resolves.toEqual([]);
    await expect(
      names('?owner=group:default/payments&limit=1'),
    ).resolves.toEqual(['cart']);
    await expect(names('?kind=api')).resolves.toEqual([]);
    await expect(names('?q=100%25')).resolves.toEqual([]);
  });

  it('keeps the order asked for by references, and null where nothing is known', async () => {
    const { body } = await post('/entities/by-refs', {
      entityRefs: [LEDGER, 'component:default/none', CART],
    }).expect(200);
    expect(
      body.items.map((item: { name: string } | null) => item?.name),
    ).toEqual(['ledger', undefined, 'cart']);
  });

  it.each([
    ['/entities?limit=0', /limit/],
    ['/entities?limit=many', /limit/],
    ['/entities?orderBy=luck', /must be one of title, owner/],
    ['/entities?cursor=nonsense', /begin again without it/],
    ['/entities?colour=red', /colour/],
    ['/entities?kind=spaceship', /kind/],
    ['/entities?owner=payments', /owner/],
    ['/flags?state=maybe', /state/],
    ['/flags?cursor=eyJhIjoxfQ', /begin again without it/],
    ['/entities/coverage?by=mood', /by/],
    ['/who-understands', /query/],
    [`/who-understands?query=${'x'.repeat(2000)}`, /query/],
  ])('refuses GET %s, and says why', async (path, message) => {
    const { body } = await get(path).expect(400);
    expect(body.error).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['{', 400],
    [{}, 400],
    [{ entityRefs: [] }, 400],
    [{ entityRefs: ['cart'] }, 400],
    [{ entityRefs: Array.from({ length: 201 }, () => CART) }, 400],
    [{ entityRefs: [CART], more: 1 }, 400],
    [{ entityRefs: ['x'.repeat(200_000)] }, 413],
  ])('refuses references %#', async (body, status) => {
    const answer = await post('/entities/by-refs', body);
    expect(answer.status).toBe(status);
  });

  const ROUTES = [
    '/entities',
    '/entities/facets',
    '/entities/by-name/component/default/cart',
    '/entities/by-name/component/default/cart/edges',
    '/failure-modes',
    '/failure-modes/file?entity=component:default/cart',
    '/failure-modes/export?entity=component:default/cart',
    '/graph?root=component:default/cart',
    '/graph/structure',
    '/entities/coverage?by=team',
    '/flags',
    '/who-understands?query=cart',
  ];

  it.each(ROUTES)(
    'GET %s needs a caller, and the permission to read',
    async path => {
      await request(backend.server)
        .get(`/api/understanding${path}`)
        .set('Authorization', mockCredentials.none.header())
        .expect(401);
      const { body } = await get(path, readers.withoutUnderstanding).expect(
        403,
      );
      expect(body.error.message).toMatch(/understanding\.entity\.read/);
    },
  );

  it('reading by references needs them too', async () => {
    const body = { entityRefs: [CART] };
    const stranger = await request(backend.server)
      .post('/api/understanding/entities/by-refs')
      .set('Authorization', mockCredentials.none.header())
      .send(body);
    const forbidden = await post(
      '/entities/by-refs',
      body,
      readers.withoutUnderstanding,
    );
    expect([stranger.status, forbidden.status]).toEqual([401, 403]);
  });

  it('shows counts, and no name of a person, without the permission to see them', async () => {
    for (const path of ROUTES) {
      const { text } = await get(path, readers.withoutNames).expect(200);
      expect(text).not.toMatch(ADA);
    }
    const { text } = await post(
      '/entities/by-refs',
      { entityRefs: [CART] },
      readers.withoutNames,
    ).expect(200);
    expect(text).not.toMatch(ADA);
    const page = await list('?q=cart', readers.withoutNames);
    expect(page.items[0].understoodBy).toBeDefined();
    expect((await get(ROUTES[2])).text).toMatch(ADA);
  });

  it.each([
    [readers.onlyCart, ['cart']],
    [readers.withoutCatalog, []],
  ])('shows %s only what the catalog shows', async (reader, names) => {
    const page = await list('?limit=200', reader);
    expect(page.items.map(item => item.name)).toEqual(names);
    expect(page.totalItems).toBe(names.length);

    const hidden = await get(
      '/entities/by-name/component/default/ledger',
      reader,
    ).expect(404);
    const missing = await get(
      '/entities/by-name/component/default/ledgex',
      reader,
    ).expect(404);
    expect(hidden.body.error.message.replace('ledger', '*')).toBe(
      missing.body.error.message.replace('ledgex', '*'),
    );
    const { body: refs } = await post(
      '/entities/by-refs',
      { entityRefs: [LEDGER] },
      reader,
    ).expect(200);
    expect(refs.items).toEqual([null]);
    const { body: flags } = await get('/flags', reader).expect(200);
    expect(JSON.stringify(flags)).not.toContain('ledger');
    const { body: answer } = await get(
      '/who-understands?query=ledger',
      reader,
    ).expect(200);
    expect(answer.answers).toEqual([]);
    const { body: facets } = await get('/entities/facets', reader).expect(200);
    expect(facets.owners).toHaveLength(names.length);
  });

  it('answers as if what is hidden were not there', async () => {
    // "ledger" is the name of one that this reader may not see, and a word of another.
    const { body } = await get(
      '/who-understands?query=ledger',
      readers.onlyCart,
    ).expect(200);
    expect(
      body.answers.map((answer: { entityRef: string }) => answer.entityRef),
    ).toEqual([]);
    const { body: path } = await get(
      '/who-understands?query=ledger/book.ts',
      readers.onlyCart,
    ).expect(200);
    expect(
      path.answers.map((answer: { entityRef: string }) => answer.entityRef),
    ).toEqual([CART]);
  });

  const EDGES = '/entities/by-name/component/default/cart/edges';
  const send = (
    method: 'put' | 'post',
    path: string,
    body: unknown,
    authorization: string = mockCredentials.user.header(readers.everything),
  ) =>
    request(backend.server)
      [method](`/api/understanding${path}`)
      .set('Authorization', authorization)
      .set('If-None-Match', '*')
      .set(
        'Content-Type',
        typeof body === 'string' ? 'text/plain' : 'application/json',
      )
      .send(body as string | object);

  it('says how many dependencies are hidden, and not which', async () => {
    const { body } = await get(EDGES, readers.onlyCart).expect(200);
    expect(body).toEqual({
      items: [],
      totalItems: 0,
      hidden: 1,
      proposed: [],
      unread: [],
    });
    const { body: whole, text } = await get(
      '/entities/by-name/component/default/cart',
      readers.onlyCart,
    ).expect(200);
    expect(whole).toMatchObject({ edges: [], hiddenEdges: 1 });
    expect(text).not.toContain('ledger');
    expect((await get(EDGES)).body.items).toMatchObject([
      { targetRef: LEDGER, targetTitle: 'ledger' },
    ]);
  });

  it('classifies an edge for those who may, and only what they see', async () => {
    const body = {
      type: 'dependsOn',
      targetRef: LEDGER,
      criticality: 'HARD',
      comment: 'Nothing can be sold without it.',
    };
    const as = mockCredentials.user.header;
    const refused = await send(
      'put',
      EDGES,
      body,
      as(readers.withoutUnderstanding),
    ).expect(403);
    expect(refused.body.error.message).toMatch(/understanding\.edge\.classify/);
    await send('put', EDGES, body, as(readers.onlyCart)).expect(404);
    await send('put', EDGES, body, mockCredentials.none.header()).expect(401);
    await send('put', EDGES, body, mockCredentials.service.header()).expect(
      403,
    );
    const wrong = await send('put', EDGES, { ...body, criticality: 'VERY' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toMatch(/criticality/);
    await send('put', EDGES, { ...body, weight: 3 }).expect(400);
    const { body: edge } = await send('put', EDGES, body).expect(200);
    expect(edgeSchema.parse(edge)).toMatchObject({
      criticality: 'HARD',
      classified: { by: readers.everything },
    });
  });

  it('adds up coverage of what a reader may see', async () => {
    const byTeam = async (reader?: string) =>
      coverageResponseSchema.parse(
        (await get('/entities/coverage?by=team', reader).expect(200)).body,
      );
    expect((await byTeam()).items).toMatchObject([
      { ref: 'group:default/payments', entities: SERVICES },
    ]);
    expect((await byTeam(readers.onlyCart)).items).toMatchObject([
      { entities: 1, coverage: { required: 3 } },
    ]);
  });

  it('simulates without names of what may not be seen', async () => {
    const { body, text } = await send(
      'post',
      '/simulations/outage',
      { entityRef: CART, condition: 'down' },
      mockCredentials.user.header(readers.onlyCart),
    ).expect(200);
    expect(body.affected).toEqual([]);
    const hidden = { entityRef: LEDGER, condition: 'down' };
    await send(
      'post',
      '/simulations/outage',
      hidden,
      mockCredentials.user.header(readers.onlyCart),
    ).expect(404);
    const { body: seen } = await send('post', '/simulations/outage', hidden);
    expect(outageResponseSchema.parse(seen)).toMatchObject({
      affected: [{ entityRef: CART, distance: 1, path: [LEDGER, CART] }],
    });
    const graph = await get(`/graph?root=${CART}`, readers.onlyCart);
    expect(graphResponseSchema.parse(graph.body)).toMatchObject({
      nodes: [{ entityRef: CART }],
      edges: [],
      leftOut: { nodes: 0, hidden: 1 },
    });
    const structure = await get('/graph/structure', readers.onlyCart);
    expect(`${text}${graph.text}${structure.text}`).not.toMatch(/ledger/);
    await send('post', '/simulations/outage', {
      entityRef: CART,
      condition: 'sad',
    }).expect(400);
    await send(
      'post',
      '/simulations/outage',
      hidden,
      mockCredentials.user.header(readers.withoutUnderstanding),
    ).expect(403);
  });

  it('hides failure modes of what may not be seen, also by what they depend on', async () => {
    const content = {
      entityRef: CART,
      edge: { type: 'dependsOn', targetRef: LEDGER },
      condition: 'slow',
      plane: 'data',
      title: 'Ledger slow',
      cause: 'x',
      localEffect: 'x',
      endEffect: 'x',
      observations: {
        dataLossOrCorruption: true,
        customerVisible: true,
        happenedWithinYear: true,
        needsTwoFaults: false,
      },
    };
    const as = mockCredentials.user.header;
    for (const [reader, status] of [
      [readers.withoutUnderstanding, 403],
      [readers.onlyCart, 400],
      [readers.everything, 201],
    ] as const) {
      const answer = await send('post', '/failure-modes', content, as(reader));
      expect(answer.status).toBe(status);
    }
    const { body: all } = await get('/failure-modes').expect(200);
    expect(all.items).toHaveLength(1);
    const { body, text } = await get('/failure-modes', readers.onlyCart);
    expect(body).toEqual({ items: [], totalItems: 0 });
    await get(`/failure-modes/${all.items[0].id}`, readers.onlyCart).expect(
      404,
    );
    const { text: file } = await get(
      `/failure-modes/export?entity=${CART}`,
      readers.onlyCart,
    );
    const findings = () =>
      get('/flags?rule=unprevented-failure', readers.onlyCart);
    while ((await findings()).body.totalItems === 0) {
      await new Promise(done => setTimeout(done, 100));
    }
    // The finding is there, without the name of what it is about.
    expect((await findings()).body.items[0].reasons).toEqual([
      { message: '1 more that you may not see' },
    ]);
    const whole = await get(
      '/entities/by-name/component/default/cart',
      readers.onlyCart,
    );
    expect(`${text}${file}${whole.text}`).not.toMatch(/ledger/i);
    const { body: named } = await get(
      `/failure-modes/${all.items[0].id}`,
      readers.withoutNames,
    ).expect(200);
    expect(named.updatedBy).toBeUndefined();
  });

  it('takes service-graph metrics as text, of services and of people who may', async () => {
    const path = '/edges/observations';
    const metrics =
      'traces_service_graph_request_total{client="cart",server="ledger"} 3\n';
    const { body } = await send(
      'post',
      path,
      metrics,
      mockCredentials.service.header(),
    ).expect(200);
    expect(body).toEqual({ pairs: 1, seen: 1, unknownServices: [] });
    const { body: bad } = await send(
      'post',
      path,
      `${metrics}traces_service_graph_request_total{client="cart"} 1`,
    ).expect(400);
    expect(bad.error.message).toMatch(/^line 2: /);
    await send('post', path, { a: 1 }).expect(400);
    await send('post', path, 'x'.repeat(6_000_000)).expect(413);
    await send(
      'post',
      path,
      metrics,
      mockCredentials.user.header(readers.withoutUnderstanding),
    ).expect(403);
    await send('post', path, metrics, mockCredentials.none.header()).expect(
      401,
    );
  });

  it('reads neither names nor repositories from a path that climbs', async () => {
    await get('/entities/by-name/component/default/..%2F..%2Fetc').expect(404);
    const { body } = await get(
      '/who-understands?query=../../etc/passwd',
    ).expect(200);
    expect(body.answers).toEqual([]);
  });

  describeExplanations(api);
});

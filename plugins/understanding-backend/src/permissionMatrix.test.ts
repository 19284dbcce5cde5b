import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import searchPlugin from '@backstage/plugin-search-backend';
import searchModule from '@understanding-dev/backstage-plugin-search-backend-module-understanding';
import request from 'supertest';
import {
  HttpBackend,
  HttpBackendOptions,
  catalogEntity,
} from './__testUtils__/HttpBackend';
import { createSlackRouter } from './features/lookup/slack/slackRoutes';
import { createRouter } from './router';

jest.setTimeout(180_000);

/** Who asks, in the order of the columns below. */
const CALLERS = [
  'anonymous',
  // Signed in, in no team; a reader only.
  'user',
  // Of the team that owns the entity.
  'owner',
  // Of another team; a reader only.
  'other',
  // Whom evidence and proposals name.
  'self',
  'admin',
  'service',
  // A service whose token is restricted to another permission.
  'restricted',
] as const;
type Caller = (typeof CALLERS)[number];

/** `-` 401, `x` 403, `n` 404, `i` another refusal of what was sent, `o` an answer. */
const LETTERS: Record<number, string> = { 401: '-', 403: 'x', 404: 'n' };

const CART = '/entities/by-name/component/default/cart';
const ENTITY = '/entities/by-name/:kind/:namespace/:name';
const REF = 'component:default/cart';
const LATER = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString();
const FAILURE_MODE = {
  entityRef: REF,
  plane: 'data',
  title: 'Slow disk',
  cause: 'A disk is slow.',
  localEffect: 'Writes wait.',
  endEffect: 'Buyers wait.',
  observations: {
    dataLossOrCorruption: false,
    customerVisible: true,
    happenedWithinYear: false,
    needsTwoFaults: false,
  },
};
const ASSUMPTION = {
  entityRef: REF,
  statement: 'Load stays below 10 requests a second.',
  basis: 'estimate',
  refutedBy: 'A peak above it.',
  verifyBy: LATER,
};
const TEST = {
  kind: 'game-day',
  plannedAt: LATER,
  expected: 'Buyers are told to wait.',
};
const EXPLANATION = {
  what: 'It writes less often, so that a slow disk does no harm.',
  howItFails: 'When the disk fails, what was not written is lost.',
  why: 'A faster disk was rejected, since it costs more than this.',
};
const ASSESSMENT = {
  result: 'genuine',
  rubric: {
    mechanism: true,
    conditionAndEffect: true,
    alternativeRejected: true,
    observableSign: true,
  },
};
const EVIDENCE = (personRef: string) => ({
  entityRef: REF,
  kind: 'taught',
  personRef,
  at: '2026-01-05T09:00:00.000Z',
});
const MATCH = { 'If-Match': '"1"' };
const NEW = { 'If-None-Match': '*' };

interface Row {
  /** Who gets what, in the order of {@link CALLERS}. */
  readonly expected: string;
  /** The path that is asked; by default that of the route. */
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Whoever may read gets an answer; a restricted token may not read here. */
const READ = '-oooooox';
/** The same of something that is not there. */
const READ_NONE = '-nnnnnnx';

/** One row for each route; a route without one fails. */
const MATRIX: Record<string, Row> = {
  // Entities
  'GET /entities': { expected: READ },
  'GET /entities/facets': { expected: READ },
  'GET /entities/coverage': {
    expected: READ,
    path: '/entities/coverage?by=team',
  },
  'POST /entities/by-refs': { expected: READ, body: { entityRefs: [REF] } },
  [`GET ${ENTITY}`]: { expected: READ, path: CART },
  [`GET ${ENTITY}/edges`]: { expected: READ, path: `${CART}/edges` },
  [`PUT ${ENTITY}/edges`]: {
    expected: '-xnxnnxx',
    path: `${CART}/edges`,
    body: {
      type: 'dependsOn',
      targetRef: 'component:default/none',
      criticality: 'SOFT',
    },
    headers: MATCH,
  },
  [`PUT ${ENTITY}/edges/acceptances`]: {
    expected: '-xnxnnxx',
    path: `${CART}/edges/acceptances`,
    body: {
      targetRef: 'component:default/none',
      condition: 'down',
      reason: 'It is cheaper to wait.',
      until: LATER,
    },
    headers: NEW,
  },
  [`DELETE ${ENTITY}/edges/acceptances`]: {
    expected: '-xnxnnxx',
    path: `${CART}/edges/acceptances?targetRef=component:default/none&condition=down`,
    headers: MATCH,
  },
  'POST /edges/observations': {
    expected: '-xoxooox',
    body: 'traces_service_graph_request_total{client="a",server="b"} 1\n',
  },
  // Both sides
  [`GET ${ENTITY}/sides`]: { expected: READ, path: `${CART}/sides` },
  [`PUT ${ENTITY}/sides/expectation`]: {
    expected: '-xnxnnxx',
    path: `${CART}/sides/expectation`,
    body: { targetRef: 'component:default/none', timeoutMs: 100 },
    headers: NEW,
  },
  [`PUT ${ENTITY}/sides/promise`]: {
    expected: '-xoxiixx',
    path: `${CART}/sides/promise`,
    body: { availability: 99 },
    headers: NEW,
  },
  // Failure modes
  'GET /failure-modes': { expected: READ },
  'POST /failure-modes': { expected: '-xoxooxx', body: FAILURE_MODE },
  'GET /failure-modes/export': {
    expected: READ,
    path: `/failure-modes/export?entity=${REF}`,
  },
  'GET /failure-modes/file': {
    expected: READ,
    path: `/failure-modes/file?entity=${REF}`,
  },
  'GET /failure-modes/:id': { expected: READ_NONE },
  'PUT /failure-modes/:id': {
    expected: '-xnxnnxx',
    body: FAILURE_MODE,
    headers: MATCH,
  },
  'DELETE /failure-modes/:id': { expected: '-xnxnnxx', headers: MATCH },
  'GET /failure-modes/:id/history': { expected: READ_NONE },
  'GET /failure-modes/:id/comments': { expected: READ_NONE },
  'POST /failure-modes/:id/comments': {
    expected: '-xnxnnxx',
    body: { text: 'So it was.' },
  },
  'GET /failure-modes/:id/tests': { expected: READ_NONE },
  'POST /failure-modes/:id/tests': { expected: '-xnxnnxx', body: TEST },
  'PUT /failure-modes/:id/tests/:testId': {
    expected: '-xnxnnxx',
    body: TEST,
    headers: MATCH,
  },
  'POST /failure-modes/:id/tests/:testId/confirmations': {
    expected: '-nnnnnxx',
  },
  'GET /failure-modes/:id/tests/:testId/calendar.ics': { expected: READ_NONE },
  // Assumptions
  'GET /assumptions': { expected: READ },
  'POST /assumptions': { expected: '-xoxooxx', body: ASSUMPTION },
  'PUT /assumptions/:id': {
    expected: '-xnxnnxx',
    body: ASSUMPTION,
    headers: MATCH,
  },
  'GET /assumptions/:id/history': { expected: READ_NONE },
  'POST /assumptions/:id/verifications': {
    expected: '-xnxnnxx',
    body: { result: 'refuted' },
    headers: MATCH,
  },
  // Explanations
  'GET /explanations': { expected: READ },
  'POST /explanations': {
    expected: '-xoxooxx',
    body: { ...EXPLANATION, entityRefs: [REF] },
  },
  'GET /explanations/mine': { expected: '-oooooxx' },
  'GET /explanations/drafts': {
    expected: '-oooooxx',
    path: '/explanations/drafts?key=one',
  },
  'PUT /explanations/drafts': {
    expected: '-oooooxx',
    body: { key: 'one', content: { what: 'It' } },
  },
  'DELETE /explanations/drafts': {
    expected: '-oooooxx',
    path: '/explanations/drafts?key=one',
  },
  'GET /explanations/debts': { expected: READ },
  'GET /explanations/debts/overview': { expected: READ },
  'GET /explanations/:id/sessions': {
    expected: READ_NONE,
    path: `/explanations/none/sessions?entity=${REF}`,
  },
  'POST /explanations/:id/sessions': {
    expected: '-xnxnnxx',
    body: { entityRef: REF, sessionId: 'none' },
  },
  'GET /explanations/policy': {
    expected: READ,
    path: `/explanations/policy?entity=${REF}`,
  },
  'GET /explanations/:id': { expected: READ_NONE },
  'GET /explanations/:id/texts/:textId': { expected: READ_NONE },
  'GET /explanations/exemptions': {
    expected: READ,
    path: `/explanations/exemptions?entity=${REF}`,
  },
  'POST /explanations/exemptions': {
    expected: '-xoxooxx',
    body: { entityRef: REF, reason: 'It is not ours.', until: LATER },
  },
  'DELETE /explanations/exemptions/:id': { expected: '-xnxnnxx' },
  'GET /explanations/:id/reading': { expected: READ_NONE },
  'PUT /explanations/:id/reading': {
    expected: '-nnnnnxx',
    body: { helped: true },
  },
  [`GET ${ENTITY}/walkthrough`]: {
    expected: READ,
    path: `${CART}/walkthrough`,
  },
  [`POST ${ENTITY}/walkthrough/versions`]: {
    expected: '-xixiixx',
    path: `${CART}/walkthrough/versions`,
    body: {
      readVersion: 0,
      answers: [{ key: 'load', question: 'How?', answer: 'It sheds it.' }],
    },
  },
  [`POST ${ENTITY}/walkthrough/assessments`]: {
    expected: '-xixiixx',
    path: `${CART}/walkthrough/assessments`,
    body: { ...ASSESSMENT, version: 1 },
  },
  [`PUT ${ENTITY}/walkthrough/reading`]: {
    expected: '-nnnnnxx',
    path: `${CART}/walkthrough/reading`,
    body: { helped: true },
  },
  [`GET ${ENTITY}/reading-path`]: {
    expected: READ,
    path: `${CART}/reading-path`,
  },
  'POST /explanations/:id/assessments': {
    expected: '-xnxnnxx',
    body: ASSESSMENT,
  },
  // Flags, look-ups, simulations
  'GET /flags': { expected: READ },
  'GET /who-understands': {
    expected: READ,
    path: '/who-understands?query=cart',
  },
  'GET /who-understands/suggestions': {
    expected: READ,
    path: '/who-understands/suggestions?query=car',
  },
  'POST /simulations/outage': {
    expected: READ,
    body: { entityRef: REF, condition: 'down' },
  },
  // What names people is not for readers only.
  'POST /simulations/departure': {
    expected: '-xoxooox',
    body: { people: ['user:default/self'] },
  },
  'GET /graph': { expected: READ, path: `/graph?root=${REF}` },
  'GET /graph/structure': { expected: READ },
  // Teams and systems: counts and entities, and no names.
  'GET /absence-factors': { expected: READ },
  'GET /absence-factors/by-name/:kind/:namespace/:name': {
    expected: READ,
    path: '/absence-factors/by-name/group/default/payments',
  },
  'GET /teams/by-name/:kind/:namespace/:name/entities': {
    expected: READ,
    path: '/teams/by-name/group/default/payments/entities?list=owned-not-understood',
  },
  // People: what is said of them is for them, whatever else they may do.
  'GET /me': { expected: '-oooooxx' },
  'PUT /me/suggestions': { expected: '-oooooxx', body: { suggested: true } },
  'GET /evidence': { expected: '-oooooxx' },
  'POST /evidence': {
    expected: '-xoxiixx',
    body: EVIDENCE('user:default/self'),
  },
  'POST /evidence/:id/confirmation': { expected: '-nnnnnxx' },
  'POST /evidence/:id/refusal': { expected: '-nnnnnxx' },
  'DELETE /evidence/:id': { expected: '-nnnnnxx' },
  [`PUT ${ENTITY}/correction`]: {
    expected: '-oooooxx',
    path: `${CART}/correction`,
    body: { type: 'no-longer' },
  },
  [`DELETE ${ENTITY}/correction`]: {
    expected: '-oooooxx',
    path: `${CART}/correction`,
  },
  // Who is who: addresses are for admins, and for whom they may be of.
  'GET /identities/candidates': { expected: '-xxxxoxx' },
  'GET /identities/links': { expected: '-xxxxoxx' },
  'GET /identities/contradictions': { expected: '-xxxxoxx' },
  'GET /identities/leavers': { expected: '-xxxxoxx' },
  'GET /identities/bots': { expected: '-xxxxoxx' },
  'GET /identities/mine': { expected: '-oooooxx' },
  'POST /identities/mailmap': {
    expected: '-xxxxoxx',
    body: { text: '<self@acme.example> <self@home.example>' },
  },
  'POST /identities/links': {
    // Whoever it is about is told that it is nothing of theirs.
    expected: '-xxxnoxx',
    body: {
      decisions: [
        {
          identifier: { type: 'email', value: 'self@home.example' },
          personRef: 'user:default/self',
          state: 'confirmed',
        },
      ],
    },
  },
  'DELETE /identities/links': {
    expected: '-xxxonxx',
    path: '/identities/links?type=email&value=self@home.example&personRef=user:default/self',
  },
  // Whoever Slack has signed the words of
  'POST /slack/commands/who-understands': {
    expected: '--------',
    body: 'user_id=U012AB3CD&text=cart',
  },
  // For those who run this Backstage
  'GET /health': { expected: 'oooooooo' },
  'POST /admin/erasures': {
    expected: '-xxxxoxx',
    body: { personRef: 'user:default/gone' },
  },
  'GET /admin/ingest': { expected: '-xxxxoox' },
  'GET /admin/ingest/deliveries': { expected: '-xxxxoox' },
  'POST /admin/ingest/deliveries/:id/replay': { expected: '-xxxxnnx' },
};

/**
 * One row for each action, with what it is asked; one without a row fails. An action
 * that the caller may not see is not there.
 */
const ACTIONS: Record<string, { expected: string; input: object }> = {
  'entity-understanding': {
    expected: '-oooooon',
    input: { entityRef: REF },
  },
  'list-flags': { expected: '-oooooon', input: {} },
  operability: { expected: '-oooooon', input: { entityRef: REF } },
  'who-understands': { expected: '-oooooon', input: { query: 'cart' } },
};

/**
 * One row for each type of document in search, with words that find one; a type
 * without a row fails. Who may not read the entity finds nothing.
 */
const SEARCH_TYPES: Record<string, { expected: string; term: string }> = {
  'understanding-explanation': { expected: '-oooooon', term: 'disk' },
};

/** Readers only read; admin is for one, and departures for those who own things. */
class Policy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const who = user?.info.userEntityRef ?? '';
    const isReader = /user:default\/(user|other)$/.test(who);
    const allowed =
      permission.name === 'understanding.admin'
        ? who === 'user:default/admin'
        : !isReader || /\.read$/.test(permission.name);
    return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}

const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'matrix-policy',
  register(env) {
    env.registerInit({
      deps: { policies: policyExtensionPoint },
      async init({ policies }) {
        policies.setPolicy(new Policy());
      },
    });
  },
});

const RESTRICTED = 'Bearer restricted-token';

/** Of a token that may do one thing only. */
const restricted: HttpBackendOptions['credentialsOf'] = (req, options) => {
  if (req.headers.authorization !== RESTRICTED) {
    return undefined;
  }
  if (options?.allow && !options.allow.includes('service' as never)) {
    throw new NotAllowedError('This endpoint is not for services');
  }
  return mockCredentials.service('external:deploy', {
    permissionNames: ['catalog.location.read'],
  });
};

/** A service, its team and another, and a User for each caller who is one. */
function catalogEntities(source: Record<string, string>): string[] {
  const user = (name: string, team?: string) =>
    catalogEntity('User', name, {
      memberOf: team ? [team] : [],
      profile: { displayName: name, email: `${name}@acme.example` },
    });
  return [
    catalogEntity(
      'Component',
      'cart',
      { type: 'service', lifecycle: 'production', owner: 'payments' },
      source,
    ),
    catalogEntity('Group', 'payments', { type: 'team', children: [] }),
    catalogEntity('Group', 'ordering', { type: 'team', children: [] }),
    user('user'),
    user('owner', 'payments'),
    user('other', 'ordering'),
    user('self', 'payments'),
    user('admin', 'ordering'),
  ];
}

function headersOf(caller: Caller): Record<string, string> {
  switch (caller) {
    case 'anonymous':
      return {};
    case 'service':
      return { Authorization: mockCredentials.service.header() };
    case 'restricted':
      return { Authorization: RESTRICTED };
    default:
      return {
        Authorization: mockCredentials.user.header(`user:default/${caller}`),
      };
  }
}

/** The routes of the routers that the back end runs, as `GET /path`. */
function routesOf(): string[] {
  // What the handlers call is not asked for anything here.
  const anything = new Proxy({}, { get: () => ({}) }) as never;
  const stack = [createRouter(anything), createSlackRouter(anything)].flatMap(
    router => router.stack,
  ) as Array<{
    route?: { path: string; methods: Record<string, boolean> };
  }>;
  return stack.flatMap(({ route }) =>
    route
      ? Object.keys(route.methods).map(
          method => `${method.toUpperCase()} ${route.path}`,
        )
      : [],
  );
}

describe('who may do what', () => {
  const scheduler = mockServices.scheduler();
  let backend: HttpBackend;

  beforeAll(async () => {
    backend = await HttpBackend.start({
      repository: {
        name: 'cart',
        by: 'self',
        files: { 'README.md': '# Cart\n', 'src/cart.ts': 'x\n' },
      },
      entities: catalogEntities,
      features: [
        policy,
        actionsRegistryServiceFactory,
        searchPlugin,
        searchModule,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
      understanding: { slack: { signingSecret: 'of-slack' } },
      credentialsOf: restricted,
    });
    for (;;) {
      const { body } = await ask('self', 'GET', '/entities');
      if (body.items?.[0]?.understoodBy !== undefined) {
        break;
      }
      await new Promise(done => setTimeout(done, 200));
    }
    await ask('self', 'POST', '/explanations', {
      body: { ...EXPLANATION, entityRefs: [REF] },
    });
    for (const id of await indexTasks()) {
      await scheduler.triggerTask(id);
    }
  });

  /** Those by which search reads documents into its index, one for each type. */
  async function indexTasks() {
    return (await scheduler.getScheduledTasks())
      .map(({ id }) => id)
      .filter(id => id.startsWith('search_index_'));
  }

  const find = (caller: Caller, term: string, ...types: string[]) =>
    request(backend.server)
      .get('/api/search/query')
      .query({ term, types })
      .set(headersOf(caller));

  afterAll(() => backend.stop());

  function ask(
    caller: Caller,
    method: string,
    path: string,
    { body, headers = {} }: Pick<Row, 'body' | 'headers'> = {},
  ) {
    const verb = method.toLowerCase() as 'get' | 'put' | 'post' | 'delete';
    const asked = request(backend.server)
      [verb](`/api/understanding${path}`)
      .set({ ...headers, ...headersOf(caller) });
    if (body === undefined) {
      return asked;
    }
    return typeof body === 'string'
      ? asked.set('Content-Type', 'text/plain').send(body)
      : asked.send(body as object);
  }

  it('is written down for every route, and for no other', () => {
    expect(Object.keys(MATRIX).sort()).toEqual(routesOf().sort());
  });

  it.each(Object.entries(MATRIX))('%s', async (route, row) => {
    const [method, own] = route.split(' ');
    const answered: string[] = [];
    const told: string[] = [];
    for (const caller of CALLERS) {
      const { status, body } = await ask(caller, method, row.path ?? own, row);
      expect(status).toBeLessThan(500);
      answered.push(LETTERS[status] ?? (status < 300 ? 'o' : 'i'));
      told.push(`${caller} ${status} ${body?.error?.message ?? ''}`);
    }
    expect(`${answered.join('')}\n${told.join('\n')}`).toBe(
      `${row.expected}\n${told.join('\n')}`,
    );
  });

  it('is written down for every action, and for no other', async () => {
    const { body } = await ask(
      'admin',
      'GET',
      '/.backstage/actions/v1/actions',
    );
    expect(
      body.actions.map(({ name }: { name: string }) => name).sort(),
    ).toEqual(Object.keys(ACTIONS));
  });

  it.each(Object.entries(ACTIONS))('action %s', async (name, row) => {
    const answered: string[] = [];
    for (const caller of CALLERS) {
      const { status } = await ask(
        caller,
        'POST',
        `/.backstage/actions/v1/actions/understanding:${name}/invoke`,
        { body: row.input },
      );
      answered.push(LETTERS[status] ?? (status < 300 ? 'o' : 'i'));
    }
    expect(answered.join('')).toBe(row.expected);
  });

  it('is written down for every type of document in search, and for no other', async () => {
    expect(await indexTasks()).toEqual(
      Object.keys(SEARCH_TYPES).map(
        type => `search_index_${type.replace('-', '_')}`,
      ),
    );
  });

  it.each(Object.entries(SEARCH_TYPES))('search for %s', async (type, row) => {
    const answered: string[] = [];
    for (const caller of CALLERS) {
      const { status, body } = await find(caller, row.term, type);
      answered.push(LETTERS[status] ?? (body.results?.length > 0 ? 'o' : 'n'));
    }
    expect(answered.join('')).toBe(row.expected);
  });

  it('searching for a person finds nothing of what they know or wrote', async () => {
    for (const term of ['self', 'self@acme.example']) {
      const { body } = await find('admin', term);
      expect(body.results).toEqual([]);
    }
    const { body } = await find('admin', 'disk');
    expect(body.results).not.toEqual([]);
    expect(JSON.stringify(body)).not.toContain('default/self');
  });
});

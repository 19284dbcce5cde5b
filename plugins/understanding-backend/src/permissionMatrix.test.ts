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
import {
  CALLERS,
  Caller,
  PermissionRow,
  PermissionRows,
  READ,
  REF,
} from './__testUtils__/permissionRows';
import { ENTITY_ROUTES } from './features/entities/__testUtils__/permissions';
import {
  EXPLANATION,
  EXPLANATION_ROUTES,
} from './features/explanations/__testUtils__/permissions';
import { FAILURE_MODE_ROUTES } from './features/failure-modes/__testUtils__/permissions';
import { INGEST_ROUTES } from './features/ingest/__testUtils__/permissions';
import { LOOKUP_ROUTES } from './features/lookup/__testUtils__/permissions';
import { PEOPLE_ROUTES } from './features/people/__testUtils__/permissions';
import { SIMULATION_ROUTES } from './features/simulation/__testUtils__/permissions';
import { createSlackRouter } from './features/lookup/slack/slackRoutes';
import { createRouter } from './router';

jest.setTimeout(180_000);

/** How an answer is written in a row. */
const LETTERS: Record<number, string> = { 401: '-', 403: 'x', 404: 'n' };

/** One row for each route, beside the feature; a route without one fails. */
const MATRIX: PermissionRows = {
  ...ENTITY_ROUTES,
  ...FAILURE_MODE_ROUTES,
  ...EXPLANATION_ROUTES,
  'GET /flags': { expected: READ },
  ...LOOKUP_ROUTES,
  ...SIMULATION_ROUTES,
  ...PEOPLE_ROUTES,
  'GET /health': { expected: 'oooooooo' },
  ...INGEST_ROUTES,
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
    // Of whom something is kept, and whom the catalog does not have.
    await request(backend.server)
      .put('/api/understanding/me/suggestions')
      .set('Authorization', mockCredentials.user.header('user:default/gone'))
      .send({ suggested: false })
      .expect(204);
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
    { body, headers = {} }: Pick<PermissionRow, 'body' | 'headers'> = {},
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

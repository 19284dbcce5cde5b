import { Entity } from '@backstage/catalog-model';
import { FlatRoutes } from '@backstage/core-app-api';
import { RouteRef } from '@backstage/core-plugin-api';
import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  catalogApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  EntityUnderstanding,
  UnderstandingApi,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { screen } from '@testing-library/react';
import { Link, Route, useLocation } from 'react-router-dom';
import {
  EntityExplanationsContent,
  EntityFailureModesContent,
  EntityUnderstandingCard,
  EntityUnderstandingContent,
  UnderstandingPage,
  understandingPlugin as classicPlugin,
} from '..';
import newPlugin from '../alpha';
import { rootRouteRef } from '../routes';
import { StandInBackend } from './StandInBackend';
import { ledgerEntity, peopleEntities, understanding } from './fixtures';

// Not where a catalog is by default, so that nothing can count on that.
const ENTITY_PATH = '/inventory/:namespace/:kind/:name';
const ENTITY_URL = '/inventory/default/component/ledger';

/** Shows where the app is, as the address of a browser does, and a link as of a menu. */
function Address() {
  const { pathname, search } = useLocation();
  return (
    <>
      <div data-testid="address">{pathname + search}</div>
      <Link to="/understanding">Menu</Link>
    </>
  );
}

// The test app has no discovery of its own to make the plugin's API with.
function classicApi() {
  const [{ factory }] = classicPlugin.getApis();
  const client = factory({
    discoveryApi: {
      getBaseUrl: async (id: string) => `http://localhost:7007/api/${id}`,
    },
    fetchApi: { fetch },
  });
  return [understandingApiRef, client as UnderstandingApi] as const;
}

function catalogApi() {
  return [
    catalogApiRef,
    catalogApiMock({ entities: peopleEntities() }),
  ] as const;
}

/** The path and the search that {@link Address} shows. */
export function getAddress(): string | null {
  return screen.getByTestId('address').textContent;
}

function permissionApi(allowed: boolean) {
  const result = allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY;
  return [
    permissionApiRef,
    mockApis.permission({ authorize: result }),
  ] as const;
}

function renderClassic(
  path: string,
  url: string,
  element: JSX.Element,
  allowed: boolean = true,
  mountedRoutes: Record<string, RouteRef> = {},
) {
  return renderInTestApp(
    <TestApiProvider
      apis={[classicApi(), catalogApi(), permissionApi(allowed)]}
    >
      <Address />
      <FlatRoutes>
        <Route path={path} element={element} />
      </FlatRoutes>
    </TestApiProvider>,
    {
      routeEntries: [url],
      mountedRoutes: { [ENTITY_PATH]: entityRouteRef, ...mountedRoutes },
    },
  );
}

const classic = {
  renderPage: (rest: string = '', allowed: boolean = true) =>
    renderClassic(
      '/understanding',
      `/understanding${rest}`,
      <UnderstandingPage />,
      allowed,
    ),
  renderTab: (entity: Entity) =>
    renderClassic(
      ENTITY_PATH,
      ENTITY_URL,
      <EntityProvider entity={entity}>
        <EntityUnderstandingContent />
      </EntityProvider>,
    ),
  renderFailureModes: (entity: Entity) =>
    renderClassic(
      ENTITY_PATH,
      ENTITY_URL,
      <EntityProvider entity={entity}>
        <EntityFailureModesContent />
      </EntityProvider>,
      true,
      { '/understanding': rootRouteRef },
    ),
  renderExplanations: (entity: Entity) =>
    renderClassic(
      ENTITY_PATH,
      ENTITY_URL,
      <EntityProvider entity={entity}>
        <EntityExplanationsContent />
      </EntityProvider>,
      true,
      { '/understanding': rootRouteRef },
    ),
  renderCard: (entity: Entity) =>
    renderClassic(
      ENTITY_PATH,
      ENTITY_URL,
      <EntityProvider entity={entity}>
        <EntityUnderstandingCard />
      </EntityProvider>,
    ),
};

const addressModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootElementBlueprint.make({
      name: 'address',
      params: { element: <Address /> },
    }),
  ],
});

/** @param only - the extension of the plugin that is shown */
function renderOnEntityPage(entity: Entity, only: string) {
  const extensions = [
    'entity-card:understanding',
    'entity-content:understanding',
    'entity-content:understanding/failure-modes',
    'entity-content:understanding/explanations',
  ];
  return renderTestApp({
    features: [newPlugin],
    extensions: [createTestEntityPage({ entity })],
    apis: [catalogApi()],
    initialRouteEntries: [ENTITY_URL],
    config: {
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [
          { 'page:test/test-entity': { config: { path: ENTITY_PATH } } },
          ...extensions.filter(id => id !== only).map(id => ({ [id]: false })),
        ],
      },
      backend: { baseUrl: 'http://localhost:7007' },
    },
  });
}

const modern = {
  renderPage: async (rest: string = '', allowed: boolean = true) =>
    renderTestApp({
      features: [newPlugin, addressModule],
      apis: [catalogApi(), permissionApi(allowed)],
      initialRouteEntries: [`/understanding${rest}`],
      mountedRoutes: { [ENTITY_PATH]: entityRouteRef },
    }),
  renderTab: async (entity: Entity) =>
    renderOnEntityPage(entity, 'entity-content:understanding'),
  renderFailureModes: async (entity: Entity) =>
    renderOnEntityPage(entity, 'entity-content:understanding/failure-modes'),
  renderExplanations: async (entity: Entity) =>
    renderOnEntityPage(entity, 'entity-content:understanding/explanations'),
  renderCard: async (entity: Entity) =>
    renderOnEntityPage(entity, 'entity-card:understanding'),
};

/**
 * Both front-end systems: each mounts the plugin by what it exports for it. A page is
 * rendered at the rest of its address, for somebody with all permissions or none.
 */
export const SYSTEMS = [
  ['classic', classic],
  ['new', modern],
] as const;

/** The tab of an entity of which that is known. */
export async function renderTab(
  system: typeof classic | typeof modern,
  known: Partial<EntityUnderstanding>,
): Promise<StandInBackend> {
  const backend = StandInBackend.start();
  backend.details = [understanding(known)];
  await system.renderTab(ledgerEntity());
  return backend;
}

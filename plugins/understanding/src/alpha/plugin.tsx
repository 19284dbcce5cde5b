import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { SearchFilterResultTypeBlueprint } from '@backstage/plugin-search-react/alpha';
import { RiLightbulbLine } from '@remixicon/react';
import {
  UnderstandingClient,
  entityKindSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { explanationsResultType } from '../features/explanations/explanationsResultType';
import {
  aboutMeRouteRef,
  departureRouteRef,
  entityContentRouteRef,
  explainRouteRef,
  explanationDebtsRouteRef,
  explanationRouteRef,
  explanationsRouteRef,
  failureModesRouteRef,
  identitiesRouteRef,
  ingestRouteRef,
  myExplanationsRouteRef,
  rootRouteRef,
  structureRouteRef,
} from '../routes';

const filter = { kind: { $in: [...entityKindSchema.options] } };

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: understandingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: options => UnderstandingClient.create(options),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/understanding',
    title: 'Understanding',
    icon: <RiLightbulbLine />,
    routeRef: rootRouteRef,
    loader: () => import('../Pages').then(m => <m.Pages />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: 'understanding',
    title: 'Understanding',
    group: 'operation',
    routeRef: entityContentRouteRef,
    filter: { kind: { $in: [...entityKindSchema.options, 'group'] } },
    loader: () =>
      import('../features/entities/EntityContent').then(m => (
        <m.EntityContent />
      )),
  },
});

const failureModesContent = EntityContentBlueprint.make({
  name: 'failure-modes',
  params: {
    path: 'failure-modes',
    title: 'Failure modes',
    group: 'operation',
    routeRef: failureModesRouteRef,
    filter,
    loader: () =>
      import('../features/failure-modes/FailureModesContent').then(m => (
        <m.FailureModesContent />
      )),
  },
});

const explanationsContent = EntityContentBlueprint.make({
  name: 'explanations',
  params: {
    path: 'explanations',
    title: 'Explanations',
    group: 'operation',
    routeRef: explanationsRouteRef,
    filter,
    loader: () =>
      import('../features/explanations/ExplanationsContent').then(m => (
        <m.ExplanationsContent />
      )),
  },
});

const explanationsInSearch = SearchFilterResultTypeBlueprint.make({
  name: 'explanations',
  params: explanationsResultType,
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter,
    loader: () =>
      import('../features/entities/EntityCard').then(m => <m.EntityCard />),
  },
});

/**
 * The plugin for apps of the new front-end system.
 * @public
 */
export const understandingPlugin = createFrontendPlugin({
  pluginId: 'understanding',
  title: 'Understanding',
  icon: <RiLightbulbLine />,
  info: { packageJson: () => import('../../package.json') },
  routes: {
    root: rootRouteRef,
    ingest: ingestRouteRef,
    aboutMe: aboutMeRouteRef,
    departure: departureRouteRef,
    identities: identitiesRouteRef,
    entityContent: entityContentRouteRef,
    failureModes: failureModesRouteRef,
    explanations: explanationsRouteRef,
    explanation: explanationRouteRef,
    explain: explainRouteRef,
    myExplanations: myExplanationsRouteRef,
    explanationDebts: explanationDebtsRouteRef,
    structure: structureRouteRef,
  },
  extensions: [
    api,
    page,
    entityContent,
    failureModesContent,
    explanationsContent,
    entityCard,
    explanationsInSearch,
  ],
});

import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { CatalogSearchResultListItemProps } from '@backstage/plugin-catalog';
import {
  SearchResultListItemExtensionProps,
  createSearchResultListItemExtension,
} from '@backstage/plugin-search-react';
import { UnderstandingClient } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { isCatalogResult } from './features/lookup/isCatalogResult';
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
} from './routes';

export { isUnderstandingAvailable } from './kinds';

/**
 * The plugin for apps of the classic front-end system.
 * @public
 */
export const understandingPlugin = createPlugin({
  id: 'understanding',
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
  apis: [
    createApiFactory({
      api: understandingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: options => UnderstandingClient.create(options),
    }),
  ],
});

/**
 * The overview with the question who understands what, and below it, at `ingest`,
 * how ingest is doing, for those who run this Backstage.
 * @public
 */
export const UnderstandingPage = understandingPlugin.provide(
  createRoutableExtension({
    name: 'UnderstandingPage',
    mountPoint: rootRouteRef,
    component: (): Promise<() => JSX.Element> =>
      import('./ClassicPages').then(m => m.ClassicPages),
  }),
);

/**
 * The tab of an entity, or of a Group with what it stands on.
 * @public
 */
export const EntityUnderstandingContent = understandingPlugin.provide(
  createRoutableExtension({
    name: 'EntityUnderstandingContent',
    mountPoint: entityContentRouteRef,
    component: (): Promise<() => JSX.Element> =>
      import('./features/entities/EntityContent').then(m => m.EntityContent),
  }),
);

/**
 * The tab of an entity with its failure modes, outages and graph.
 * @public
 */
export const EntityFailureModesContent = understandingPlugin.provide(
  createRoutableExtension({
    name: 'EntityFailureModesContent',
    mountPoint: failureModesRouteRef,
    component: (): Promise<() => JSX.Element> =>
      import('./features/failure-modes/FailureModesContent').then(
        m => m.FailureModesContent,
      ),
  }),
);

/**
 * The tab of an entity with the explanations of its changes.
 * @public
 */
export const EntityExplanationsContent = understandingPlugin.provide(
  createRoutableExtension({
    name: 'EntityExplanationsContent',
    mountPoint: explanationsRouteRef,
    component: (): Promise<() => JSX.Element> =>
      import('./features/explanations/ExplanationsContent').then(
        m => m.ExplanationsContent,
      ),
  }),
);

/**
 * The card of an entity's overview.
 * @public
 */
export const EntityUnderstandingCard = understandingPlugin.provide(
  createComponentExtension({
    name: 'EntityUnderstandingCard',
    component: {
      lazy: (): Promise<() => JSX.Element> =>
        import('./features/entities/EntityCard').then(m => m.EntityCard),
    },
  }),
);

/**
 * A result of the catalog in search with how many people understand the entity, in the
 * place of the catalog's own `CatalogSearchResultListItem`.
 * @public
 */
export const UnderstandingCatalogSearchResultListItem: (
  props: SearchResultListItemExtensionProps<CatalogSearchResultListItemProps>,
) => JSX.Element | null = understandingPlugin.provide(
  createSearchResultListItemExtension({
    name: 'UnderstandingCatalogSearchResultListItem',
    component: () =>
      import('./features/lookup/CatalogResult').then(m => m.CatalogResult),
    predicate: isCatalogResult,
  }),
);

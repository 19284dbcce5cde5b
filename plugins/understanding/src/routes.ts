import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

export const rootRouteRef = createRouteRef({ id: 'understanding' });
export const ingestRouteRef = createSubRouteRef({
  id: 'understanding.ingest',
  parent: rootRouteRef,
  path: '/ingest',
});
export const entityContentRouteRef = createRouteRef({
  id: 'understanding.entity',
});
export const failureModesRouteRef = createRouteRef({
  id: 'understanding.failure-modes',
});

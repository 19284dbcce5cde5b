import { createRouteRef } from '@backstage/core-plugin-api';

export const rootRouteRef = createRouteRef({ id: 'understanding' });
export const entityContentRouteRef = createRouteRef({
  id: 'understanding.entity',
});
export const failureModesRouteRef = createRouteRef({
  id: 'understanding.failure-modes',
});

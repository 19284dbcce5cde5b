import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

export const rootRouteRef = createRouteRef({ id: 'understanding' });
export const ingestRouteRef = createSubRouteRef({
  id: 'understanding.ingest',
  parent: rootRouteRef,
  path: '/ingest',
});
export const explanationRouteRef = createSubRouteRef({
  id: 'understanding.explanation',
  parent: rootRouteRef,
  path: '/explanations/:id',
});
export const explainRouteRef = createSubRouteRef({
  id: 'understanding.explain',
  parent: rootRouteRef,
  path: '/explain',
});
export const myExplanationsRouteRef = createSubRouteRef({
  id: 'understanding.my-explanations',
  parent: rootRouteRef,
  path: '/my-explanations',
});
export const explanationDebtsRouteRef = createSubRouteRef({
  id: 'understanding.explanation-debts',
  parent: rootRouteRef,
  path: '/explanation-debts',
});
export const aboutMeRouteRef = createSubRouteRef({
  id: 'understanding.about-me',
  parent: rootRouteRef,
  path: '/me',
});
export const identitiesRouteRef = createSubRouteRef({
  id: 'understanding.identities',
  parent: rootRouteRef,
  path: '/identities',
});
export const departureRouteRef = createSubRouteRef({
  id: 'understanding.departure',
  parent: rootRouteRef,
  path: '/departure',
});
export const structureRouteRef = createSubRouteRef({
  id: 'understanding.structure',
  parent: rootRouteRef,
  path: '/structure',
});
export const entityContentRouteRef = createRouteRef({
  id: 'understanding.entity',
});
export const failureModesRouteRef = createRouteRef({
  id: 'understanding.failure-modes',
});
export const explanationsRouteRef = createRouteRef({
  id: 'understanding.explanations',
});

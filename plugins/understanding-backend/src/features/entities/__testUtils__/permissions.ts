import {
  CART,
  ENTITY,
  LATER,
  MATCH,
  NEW,
  PermissionRows,
  READ,
  REF,
} from '../../../__testUtils__/permissionRows';

/** Who may do what with entities and their edges. */
export const ENTITY_ROUTES: PermissionRows = {
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
};

import {
  PermissionRows,
  READ,
  REF,
} from '../../../__testUtils__/permissionRows';

/** Who may see what an outage or a departure would mean. */
export const SIMULATION_ROUTES: PermissionRows = {
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
};

import {
  CART,
  ENTITY,
  LATER,
  MATCH,
  NEW,
  PermissionRows,
  READ,
  READ_NONE,
  REF,
} from '../../../__testUtils__/permissionRows';

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

/** Who may do what with both sides of an edge, failure modes, and assumptions. */
export const FAILURE_MODE_ROUTES: PermissionRows = {
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
};

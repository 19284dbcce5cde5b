import {
  CART,
  ENTITY,
  PermissionRows,
  READ,
  REF,
} from '../../../__testUtils__/permissionRows';

const EVIDENCE = (personRef: string) => ({
  entityRef: REF,
  kind: 'taught',
  personRef,
  at: '2026-01-05T09:00:00.000Z',
});

/** Who may do what with what is known of people. */
export const PEOPLE_ROUTES: PermissionRows = {
  // Teams and systems: counts and entities, and no names.
  'GET /absence-factors': { expected: READ },
  'GET /absence-factors/by-name/:kind/:namespace/:name': {
    expected: READ,
    path: '/absence-factors/by-name/group/default/payments',
  },
  'GET /teams/by-name/:kind/:namespace/:name/entities': {
    expected: READ,
    path: '/teams/by-name/group/default/payments/entities?list=owned-not-understood',
  },
  // People: what is said of them is for them, whatever else they may do.
  'GET /me': { expected: '-oooooxx' },
  'PUT /me/suggestions': { expected: '-oooooxx', body: { suggested: true } },
  'GET /evidence': { expected: '-oooooxx' },
  'POST /evidence': {
    expected: '-xoxiixx',
    body: EVIDENCE('user:default/self'),
  },
  'POST /evidence/:id/confirmation': { expected: '-nnnnnxx' },
  'POST /evidence/:id/refusal': { expected: '-nnnnnxx' },
  'DELETE /evidence/:id': { expected: '-nnnnnxx' },
  [`PUT ${ENTITY}/correction`]: {
    expected: '-oooooxx',
    path: `${CART}/correction`,
    body: { type: 'no-longer' },
  },
  [`DELETE ${ENTITY}/correction`]: {
    expected: '-oooooxx',
    path: `${CART}/correction`,
  },
  // Who is who: addresses are for admins, and for whom they may be of.
  'GET /identities/candidates': { expected: '-xxxxoxx' },
  'GET /identities/links': { expected: '-xxxxoxx' },
  'GET /identities/contradictions': { expected: '-xxxxoxx' },
  'GET /identities/leavers': { expected: '-xxxxoxx' },
  'GET /identities/bots': { expected: '-xxxxoxx' },
  'GET /identities/mine': { expected: '-oooooxx' },
  'POST /identities/mailmap': {
    expected: '-xxxxoxx',
    body: { text: '<self@acme.example> <self@home.example>' },
  },
  'POST /identities/links': {
    // Whoever it is about is told that it is nothing of theirs.
    expected: '-xxxnoxx',
    body: {
      decisions: [
        {
          identifier: { type: 'email', value: 'self@home.example' },
          personRef: 'user:default/self',
          state: 'confirmed',
        },
      ],
    },
  },
  'DELETE /identities/links': {
    expected: '-xxxonxx',
    path: '/identities/links?type=email&value=self@home.example&personRef=user:default/self',
  },
  // For those who run this Backstage
  'POST /admin/erasures': {
    expected: '-xxxxoxx',
    body: { personRef: 'user:default/gone' },
  },
};

import {
  CART,
  ENTITY,
  LATER,
  PermissionRows,
  READ,
  READ_NONE,
  REF,
} from '../../../__testUtils__/permissionRows';

export const EXPLANATION = {
  what: 'It writes less often, so that a slow disk does no harm.',
  howItFails: 'When the disk fails, what was not written is lost.',
  why: 'A faster disk was rejected, since it costs more than this.',
};
const ASSESSMENT = {
  result: 'genuine',
  rubric: {
    mechanism: true,
    conditionAndEffect: true,
    alternativeRejected: true,
    observableSign: true,
  },
};

/** Who may do what with explanations and walkthroughs. */
export const EXPLANATION_ROUTES: PermissionRows = {
  'GET /explanations': { expected: READ },
  'POST /explanations': {
    expected: '-xoxooxx',
    body: { ...EXPLANATION, entityRefs: [REF] },
  },
  'GET /explanations/mine': { expected: '-oooooxx' },
  'GET /explanations/drafts': {
    expected: '-oooooxx',
    path: '/explanations/drafts?key=one',
  },
  'PUT /explanations/drafts': {
    expected: '-oooooxx',
    body: { key: 'one', content: { what: 'It' } },
  },
  'DELETE /explanations/drafts': {
    expected: '-oooooxx',
    path: '/explanations/drafts?key=one',
  },
  'GET /explanations/debts': { expected: READ },
  'GET /explanations/debts/overview': { expected: READ },
  'GET /explanations/:id/sessions': {
    expected: READ_NONE,
    path: `/explanations/none/sessions?entity=${REF}`,
  },
  'POST /explanations/:id/sessions': {
    expected: '-xnxnnxx',
    body: { entityRef: REF, sessionId: 'none' },
  },
  'GET /explanations/policy': {
    expected: READ,
    path: `/explanations/policy?entity=${REF}`,
  },
  'GET /explanations/:id': { expected: READ_NONE },
  'GET /explanations/:id/texts/:textId': { expected: READ_NONE },
  'GET /explanations/exemptions': {
    expected: READ,
    path: `/explanations/exemptions?entity=${REF}`,
  },
  'POST /explanations/exemptions': {
    expected: '-xoxooxx',
    body: { entityRef: REF, reason: 'It is not ours.', until: LATER },
  },
  'DELETE /explanations/exemptions/:id': { expected: '-xnxnnxx' },
  'GET /explanations/:id/reading': { expected: READ_NONE },
  'PUT /explanations/:id/reading': {
    expected: '-nnnnnxx',
    body: { helped: true },
  },
  [`GET ${ENTITY}/walkthrough`]: {
    expected: READ,
    path: `${CART}/walkthrough`,
  },
  [`POST ${ENTITY}/walkthrough/versions`]: {
    expected: '-xixiixx',
    path: `${CART}/walkthrough/versions`,
    body: {
      readVersion: 0,
      answers: [{ key: 'load', question: 'How?', answer: 'It sheds it.' }],
    },
  },
  [`POST ${ENTITY}/walkthrough/assessments`]: {
    expected: '-xixiixx',
    path: `${CART}/walkthrough/assessments`,
    body: { ...ASSESSMENT, version: 1 },
  },
  [`PUT ${ENTITY}/walkthrough/reading`]: {
    expected: '-nnnnnxx',
    path: `${CART}/walkthrough/reading`,
    body: { helped: true },
  },
  [`GET ${ENTITY}/reading-path`]: {
    expected: READ,
    path: `${CART}/reading-path`,
  },
  'POST /explanations/:id/assessments': {
    expected: '-xnxnnxx',
    body: ASSESSMENT,
  },
};

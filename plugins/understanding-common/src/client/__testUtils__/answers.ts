/** What is known of an entity in short. */
export const summary = {
  entityRef: 'component:default/ledger',
  kind: 'component',
  namespace: 'default',
  name: 'ledger',
  title: 'Ledger',
  example: false,
  understoodBy: 2,
  understoodByMinimum: 2,
  documentState: 'fresh',
  coverage: { required: 0, answered: 0, tested: 0 },
  flags: [],
  computedAt: '2026-03-01T12:00:00.000Z',
};
/** What is known of an entity. */
export const understanding = {
  summary,
  source: { type: 'unknown', reason: 'It is not there.' },
  edges: [],
  hiddenEdges: 0,
  understandingRule: {
    collectedKinds: ['authored'],
    kindsNeeded: 1,
    freshDays: 180,
  },
  documents: [],
  flags: [],
  failureModes: [],
};
/** A page without anything on it. */
export const page = { items: [], totalItems: 0 };
/** How ingest is doing. */
export const ingestStatus = {
  moving: true,
  hosts: [
    {
      host: 'github',
      instances: ['github.com'],
      lastReceivedAt: '2026-03-01T12:00:00.000Z',
      deliveries: { pending: 1, done: 2, ignored: 3, dead: 4 },
    },
  ],
  schedules: [
    {
      schedule: 'payments',
      readAt: '2026-03-01T12:00:00.000Z',
      notices: ['The event that begins 2026-03-28T09:00:00 names nobody'],
    },
  ],
  queues: [{ queue: 'delivery', due: 1, retrying: 0, oldestSeconds: 0.2 }],
  repositories: [
    { host: 'github.com', repository: 'acme/shop', changes: 3, unread: 1 },
  ],
  repositoriesTruncated: false,
  goneEntities: [
    {
      entityRef: 'component:default/shop',
      goneAt: '2026-03-01T12:00:00.000Z',
      records: 2,
    },
  ],
  goneEntitiesTruncated: false,
};
/** A dead letter. */
export const delivery = {
  id: 'd1',
  host: 'github',
  deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  event: 'pull_request',
  size: 20480,
  receivedAt: '2026-03-01T12:00:00.000Z',
  state: 'dead',
  reason: 'An odd field',
  settledAt: '2026-03-01T12:00:01.000Z',
};

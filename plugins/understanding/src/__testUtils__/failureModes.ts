import {
  Assumption,
  Edge,
  FailureMode,
  FailureTest,
  assumptionSchema,
  conditionSchema,
  edgeSchema,
  failureModeSchema,
  failureTestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { NOW } from './fixtures';
import { StandInBackend } from './StandInBackend';

/** The entity of which all of this is. */
export const LEDGER = 'component:default/ledger';
export const LEDGER_PATH = '/entities/by-name/component/default/ledger';

/** A HARD dependency of the ledger without any answer, unless said otherwise. */
export function edgeOf(name: string, part: Partial<Edge> = {}): Edge {
  return edgeSchema.parse({
    sourceRef: LEDGER,
    type: 'dependsOn',
    targetRef: `resource:default/${name}`,
    targetTitle: name,
    apiRefs: [],
    origin: 'declared',
    criticality: 'HARD',
    firstSeen: NOW,
    lastSeen: NOW,
    conditions: conditionSchema.options.map((condition, index) => ({
      condition,
      state: 'none',
      required: index < 3,
    })),
    ...part,
  });
}

/** What is said of the ledger's database being down. */
export function modeOf(part: Partial<FailureMode> = {}): FailureMode {
  return failureModeSchema.parse({
    id: 'm1',
    entityRef: LEDGER,
    edge: { type: 'dependsOn', targetRef: 'resource:default/db' },
    condition: 'down',
    plane: 'data',
    title: 'The database is gone',
    cause: 'A failover.',
    localEffect: 'Postings are refused.',
    endEffect: 'Payouts wait.',
    observations: {
      dataLossOrCorruption: false,
      customerVisible: true,
      happenedWithinYear: false,
      needsTwoFaults: false,
    },
    version: 1,
    severity: 'major',
    likelihood: 'occasional',
    criticality: 'medium',
    origin: 'page',
    superseded: false,
    createdAt: NOW,
    updatedAt: NOW,
    updatedBy: 'user:default/ann',
    ...part,
  });
}

/** An assumption of the ledger that holds. */
export function assumptionOf(part: Partial<Assumption> = {}): Assumption {
  return assumptionSchema.parse({
    id: 'a1',
    entityRef: LEDGER,
    statement: 'Sockets suffice.',
    basis: 'estimate',
    refutedBy: 'The peak is near the limit.',
    limit: { value: 1024, unit: 'descriptors' },
    verifyBy: '2030-12-31T00:00:00.000Z',
    version: 1,
    state: 'holds',
    updatedAt: NOW,
    ...part,
  });
}

/** A test of {@link modeOf} that was done. */
export function testOf(part: Partial<FailureTest> = {}): FailureTest {
  return failureTestSchema.parse({
    id: 't1',
    failureModeId: 'm1',
    version: 1,
    kind: 'game-day',
    performedAt: NOW,
    expected: 'Payouts wait.',
    actual: 'They did.',
    result: 'as-expected',
    participantCount: 1,
    participants: [{ personRef: 'user:default/ann', displayName: 'Ann' }],
    recordedAt: NOW,
    ...part,
  });
}

const NONE = { items: [], totalItems: 0 };

/** Lets the backend know the ledger, and nothing of how it fails. */
export function knowLedger(backend: StandInBackend): void {
  backend.others
    .set(`${LEDGER_PATH}/edges`, { ...NONE, hidden: 0 })
    .set('/failure-modes', NONE)
    .set('/failure-modes/file', {})
    .set('/failure-modes/m1/tests', NONE)
    .set('/failure-modes/m1/comments', NONE)
    .set('/failure-modes/m1/history', NONE)
    .set('/assumptions', NONE)
    .set(`${LEDGER_PATH}/sides`, { asConsumer: [], asProvider: [], hidden: 0 })
    .set('/graph', {
      nodes: [],
      edges: [],
      leftOut: { nodes: 0, hidden: 0 },
    });
}

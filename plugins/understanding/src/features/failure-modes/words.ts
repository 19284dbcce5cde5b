import {
  Basis,
  Condition,
  Edge,
  FailureTestKind,
  Observations,
  Plane,
} from '@understanding-dev/backstage-plugin-understanding-common';

export const CONDITIONS: Record<Condition, string> = {
  down: 'Down',
  slow: 'Slow',
  'wrong-data': 'Wrong data',
  partial: 'Partial',
  recovery: 'Recovery',
};

export const PLANES: Record<Plane, string> = {
  control: 'Control',
  data: 'Data',
  artifact: 'Artifact',
};

export const TEST_KINDS: Record<FailureTestKind, string> = {
  'game-day': 'Game day',
  'chaos-run': 'Chaos run',
  'load-test': 'Load test',
  incident: 'Incident',
};

/** What is asked of a failure mode instead of numbers. */
export const OBSERVATIONS: Record<keyof Observations, string> = {
  dataLossOrCorruption: 'Data are lost or corrupted',
  customerVisible: 'Customers see it',
  happenedWithinYear: 'It happened within the last year',
  needsTwoFaults: 'It needs two faults at once',
};

/** The parts of an answer, in the order in which they help. */
export const ANSWERS = {
  prevention: 'Prevent',
  detection: 'Detect',
  mitigation: 'Mitigate',
  recovery: 'Recover',
} as const;

/** What fails, and what follows. */
export const EFFECTS = {
  cause: 'Cause',
  localEffect: 'Effect here',
  endEffect: 'Effect in the end',
} as const;

export const BASES: Record<Basis, string> = {
  measured: 'Measured',
  vendor: 'Said by the vendor',
  estimate: 'Estimated',
  inherited: 'Inherited',
};

/** The fields of differences between versions, as the forms call them. */
export const FIELDS: Record<string, string> = {
  statement: 'Statement',
  basis: 'Basis',
  refutedBy: 'What would refute it',
  verifyBy: 'Look at it again by',
  limit: 'Limit',
  observedPeak: 'Peak observed',
  observedAt: 'Observed on',
  source: 'Source of the peak',
  url: 'Link',
  availability: 'Availability in percent',
  latencyMs: 'Answers within (ms)',
  timeoutMs: 'Waits for (ms)',
  retries: 'Retries',
  guarantees: 'Guarantees',
  note: 'Note',
  answer: 'What we do when it fails',
  criticality: 'Criticality',
  comment: 'Comment',
  reason: 'Reason',
  until: 'Until',
  kind: 'Kind',
  plannedAt: 'Planned for',
  performedAt: 'Done at',
  expected: 'Expected',
  actual: 'Actual',
  result: 'Result',
  validUntil: 'Counts until',
  trafficPattern: 'Traffic pattern',
  differsFromProduction: 'How production differs',
  participants: 'Who took part',
  title: 'Title',
  edge: 'Dependency',
  condition: 'Condition',
  plane: 'Plane',
  ...EFFECTS,
  ...ANSWERS,
  observations: 'Observations',
  evidence: 'Evidence',
};

/** What a dependency is called. */
export function nameOf(edge: Pick<Edge, 'targetRef' | 'targetTitle'>): string {
  return edge.targetTitle ?? edge.targetRef;
}

import {
  Condition,
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

/** The fields of a version's differences, as the form calls them. */
export const FIELDS: Record<string, string> = {
  title: 'Title',
  edge: 'Dependency',
  condition: 'Condition',
  plane: 'Plane',
  ...EFFECTS,
  ...ANSWERS,
  observations: 'Observations',
  evidence: 'Evidence',
};

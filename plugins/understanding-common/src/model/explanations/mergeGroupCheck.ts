import { ExplanationCheck } from './explanationCheck';

/**
 * What the check of a change in a merge queue would be on its own head.
 * @public
 */
export interface QueuedChange {
  readonly number: number;
  /** Absent where no entity wants a check for it. */
  readonly check?: ExplanationCheck;
}

/** From what holds a group back to what does not. */
const WORST_FIRST: ReadonlyArray<ExplanationCheck['state']> = [
  'failure',
  'pending',
  'neutral',
  'success',
];

/**
 * What is shown on the head of a merge group: the worst of what its changes have. A
 * group is green only where each of them is.
 *
 * @returns undefined where no entity wants a check for any of them
 * @public
 */
export function mergeGroupCheck(
  changes: readonly QueuedChange[],
): ExplanationCheck | undefined {
  const state = WORST_FIRST.find(one =>
    changes.some(({ check }) => check?.state === one),
  );
  const worst = changes.filter(({ check }) => check?.state === state);
  const [first] = worst;
  if (!state || !first?.check) {
    return undefined;
  }
  const more = worst.length > 1 ? ` (and ${worst.length - 1} more)` : '';
  return { state, title: `#${first.number}: ${first.check.title}${more}` };
}

import { Commits } from './Commits';

/** Commits that share a walk, a bit for each. */
const WALK = 30;

/** What can be reached from some commits. */
export interface Reachability {
  /** The place of the first of them in the list. */
  readonly first: number;
  readonly count: number;
  /** By commit: which of them it can be reached from, a bit for each. */
  readonly bits: Int32Array;
}

/**
 * Which commits can be reached from which of some others, itself included: from one walk
 * over all commits for every thirty. The next one overwrites what the one before said.
 */
export function* reachabilityFrom(
  { history, order }: Commits,
  from: readonly number[],
): Generator<Reachability> {
  const bits = new Int32Array(history.commitNumbers);
  for (let first = 0; first < from.length; first += WALK) {
    const walked = from.slice(first, first + WALK);
    bits.fill(0);
    walked.forEach((commit, index) => {
      bits[commit] |= 1 << index;
    });
    for (let place = order.length - 1; place >= 0; place -= 1) {
      const reaching = bits[order[place]];
      if (reaching !== 0) {
        history.forEachParent(order[place], parent => {
          bits[parent] |= reaching;
        });
      }
    }
    yield { first, count: walked.length, bits };
  }
}

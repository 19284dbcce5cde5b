import { Expectation, Promised } from '../../schemas';

/**
 * Where the two sides of a dependency do not agree: what the one counts on beyond what
 * the other promises. What either does not say is compared with nothing, apart from a
 * consumer that counts on something where nothing is promised at all.
 * @public
 */
export function compareSides(
  expectation: Expectation | undefined,
  promise: Promised | undefined,
): string[] {
  if (!expectation) {
    return [];
  }
  if (!promise) {
    return ['Something is counted on, and nothing is promised'];
  }
  const mismatches: string[] = [];
  if (exceeds(expectation.availability, promise.availability)) {
    mismatches.push(
      `An availability of ${expectation.availability} % is counted on, and ${promise.availability} % are promised`,
    );
  }
  if (exceeds(promise.latencyMs, expectation.timeoutMs)) {
    mismatches.push(
      `An answer is waited for ${expectation.timeoutMs} ms, and may take ${promise.latencyMs} ms`,
    );
  }
  if (exceeds(expectation.retries, promise.retries)) {
    mismatches.push(
      `A request is tried again ${expectation.retries} times, and ${promise.retries} are wanted at most`,
    );
  }
  const lacking = expectation.guarantees.filter(
    one => !promise.guarantees.includes(one),
  );
  if (lacking.length > 0) {
    mismatches.push(`Not promised: ${lacking.join(', ')}`);
  }
  return mismatches;
}

function exceeds(
  value: number | undefined,
  limit: number | undefined,
): boolean {
  return value !== undefined && limit !== undefined && value > limit;
}

/**
 * How many requests may reach the end of a path for each one at its beginning, when
 * everybody on it tries again as often as declared: the product of all tries.
 *
 * @param retries - declared on each step; undefined where nobody said
 * @returns undefined where nobody declared anything
 * @public
 */
export function retryAmplification(
  retries: ReadonlyArray<number | undefined>,
): number | undefined {
  const declared = retries.filter(one => one !== undefined);
  return declared.length === 0
    ? undefined
    : declared.reduce((product, one) => product * (1 + one), 1);
}

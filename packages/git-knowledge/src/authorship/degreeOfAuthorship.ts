/**
 * Degree of authorship of a person on a file:
 * `3.293 + 1.098·FA + 0.164·DL − 0.321·ln(1 + AC)`.
 *
 * Fritz et al., "A Degree-of-Knowledge Model to Capture Source Code Familiarity",
 * ICSE 2010; used as here by Avelino et al., "A Novel Approach for Estimating Truck
 * Factors", ICPC 2016.
 * @public
 */
export function degreeOfAuthorship(facts: {
  /** Whether the person created the file. */
  firstAuthor: boolean;
  /** The person's later changes; fractions where they are weighted by age. */
  ownChanges: number;
  /** Changes by all others. */
  otherChanges: number;
}): number {
  return degreeOf(facts.firstAuthor, facts.ownChanges, facts.otherChanges);
}

/** The same of facts in turn, without an object for each of a million calls. */
export function degreeOf(
  firstAuthor: boolean,
  ownChanges: number,
  otherChanges: number,
): number {
  return (
    3.293 +
    1.098 * (firstAuthor ? 1 : 0) +
    0.164 * ownChanges -
    0.321 * Math.log(1 + otherChanges)
  );
}

/** An author's degree, divided by the highest on the file, exceeds this (2016). */
export const AUTHOR_SHARE = 0.75;

/** And is at least this, the constant of the formula (2016). */
export const AUTHOR_MINIMUM = 3.293;

/**
 * From this degree on, somebody knows the file well enough to be asked. A cut of ours,
 * not a published one, chosen for agreeing with what developers said that they can
 * maintain (data set of Avelino et al., "Who Can Maintain This Code?", IEEE Software
 * 2019): more generous than authorship, and too generous for an absence factor.
 */
const KNOWN_MINIMUM = 2.4;

/**
 * Half of the weight of a change is gone after that many days: `2^(−age / halfLife)`.
 * @public
 */
export function weightAtAge(ageDays: number, halfLifeDays: number): number {
  // Many times faster than a power of two, for every commit of a history.
  return Math.exp((-Math.LN2 * Math.max(0, ageDays)) / halfLifeDays);
}

/** Whether somebody is an author (2016), by the highest degree on the file. */
export function isAuthor(degree: number, highest: number): boolean {
  return degree >= AUTHOR_MINIMUM && degree / highest > AUTHOR_SHARE;
}

/** Whether somebody knows a file well enough to be asked. */
export function isKnower(degree: number): boolean {
  return degree >= KNOWN_MINIMUM;
}

/**
 * The authors among the people of one file.
 *
 * @param degrees - degree of authorship of each person
 * @returns their places in that list
 * @public
 */
export function authorsAmong(degrees: readonly number[]): number[] {
  let highest = 0;
  for (const degree of degrees) {
    highest = Math.max(highest, degree);
  }
  const authors: number[] = [];
  for (let index = 0; index < degrees.length; index += 1) {
    if (isAuthor(degrees[index], highest)) {
      authors.push(index);
    }
  }
  return authors;
}

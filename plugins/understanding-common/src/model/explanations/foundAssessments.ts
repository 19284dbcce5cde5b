import { AssessmentResult } from '../../schemas';
import {
  ExplanationFacts,
  ExplanationSighting,
  ReviewerAssessment,
} from './explanationFacts';
import { compare, standingText, textsOf } from './shownTexts';

/** The code of what is explained without a change. */
export const NO_CODE = '';

const SEVERITY: Record<AssessmentResult, number> = {
  genuine: 0,
  'not-assessable': 1,
  surface: 2,
};

/** An assessment with what it is of, and whether its code was told with it. */
export type Found = ReviewerAssessment & { readonly told: boolean };

/** The assessments that count, in order of time, each with what it is of. */
export function foundIn(
  facts: ExplanationFacts,
  shown: readonly ExplanationSighting[],
): Found[] {
  return facts.assessments
    .filter(one => counts(one, facts.authors))
    .map(one => ({
      ...one,
      ...boundTo(one, shown, facts),
      told: one.code !== undefined,
    }))
    .sort(
      (a, b) =>
        compare(a.at, b.at) ||
        SEVERITY[a.result] - SEVERITY[b.result] ||
        compare(`${a.code} ${a.text}`, `${b.code} ${b.text}`),
    );
}

function counts(
  { reviewer, bot }: ReviewerAssessment,
  authors: readonly string[],
): boolean {
  return reviewer !== undefined && !bot && !authors.includes(reviewer);
}

/**
 * What an assessment is of, where that is not told: what stood there before its
 * instant. It is undefined where two states of one instant differ, or something else
 * came in the very second of the assessment.
 */
function boundTo(
  { at, code, text }: ReviewerAssessment,
  shown: readonly ExplanationSighting[],
  { current, sightings, written }: ExplanationFacts,
): { code?: string; text?: string } {
  const before = shown.filter(one => one.at < at);
  const last = before[before.length - 1];
  const possible = [
    ...shown.filter(one => one.at === last?.at || one.at === at),
    // What a host says when it is asked may change within the same second. Only of the
    // last instant is it known how that ended.
    ...sightings.filter(
      one => one.at === at || (one.at === last?.at && one.at !== current?.at),
    ),
  ];
  const textAt = (instant: string) =>
    standingText(
      textsOf(
        shown.filter(one => one.at <= instant),
        written.filter(one => one.at <= instant),
      ),
      last?.text,
    );
  const isCertain =
    possible.every(one => one.text === last?.text) &&
    !written.some(one => one.at === at);
  return {
    code:
      code ??
      (possible.every(one => one.code === last?.code)
        ? last?.code ?? NO_CODE
        : undefined),
    text: text ?? (isCertain ? textAt(at) : undefined),
  };
}

/** The last word of each reviewer; of one instant the least favourable. */
export function latestOfEach(found: readonly Found[]): Found[] {
  const latest = new Map<string | undefined, Found>();
  for (const one of found) {
    if (!isVoid(one)) {
      latest.set(one.reviewer, one);
    }
  }
  return [...latest.values()];
}

/** What was taken back says nothing, unless it returned the explanation. */
function isVoid(one: Found): boolean {
  return one.withdrawn && one.result !== 'surface';
}

/** Whether a `surface` stands, and nobody has assessed newer code since. */
export function surfaceStands(
  found: readonly Found[],
  shown: readonly ExplanationSighting[],
  current: string,
): boolean {
  const since = (code: string) =>
    shown.find(one => one.code === code)?.at ?? '';
  // Of a surface without a head, the newest code that its reviewer can have seen.
  const isOlder = ({ code, at, told }: Found) =>
    told && code !== undefined
      ? code !== current && since(current) > since(code)
      : since(current) > at;
  const assessed = found.filter(
    one =>
      one.code === current && !isVoid(one) && one.result !== 'not-assessable',
  );
  return latestOfEach(found).some(
    one =>
      one.result === 'surface' &&
      !(isOlder(one) && assessed.some(other => other.at > one.at)),
  );
}

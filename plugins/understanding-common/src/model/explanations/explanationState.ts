import { AssessmentResult, ExplanationState } from '../../schemas';

/**
 * What a change explained, and of which code, when its host told of it.
 * @public
 */
export interface ExplanationSighting {
  /** By the host's time. */
  readonly at: string;
  /** The same for heads with the same code; the head itself where nobody knows. */
  readonly code: string;
  /** Of the explanation in its description; absent where there is none. */
  readonly text?: string;
  /** Whether the host was asked, which settles what else is told of that instant. */
  readonly asked: boolean;
}

/**
 * An explanation that was written on a page.
 * @public
 */
export interface WrittenExplanation {
  readonly at: string;
  readonly text: string;
}

/**
 * What a reviewer found.
 * @public
 */
export interface ReviewerAssessment {
  /** The same for all accounts of a person; absent where nobody is known. */
  readonly reviewer?: string;
  readonly bot: boolean;
  readonly at: string;
  readonly result: AssessmentResult;
  /** What was looked at, where that is told; else it follows from the instant. */
  readonly code?: string;
  readonly text?: string;
  /** Deleted or edited by whoever; then it still returns, but does not accept. */
  readonly withdrawn: boolean;
}

/**
 * All that is known of the explanation of one change. Lists are in any order.
 * @public
 */
export interface ExplanationFacts {
  /** As its host tells now; undefined for what is explained without a change. */
  readonly current?: Omit<ExplanationSighting, 'asked'>;
  readonly sightings: readonly ExplanationSighting[];
  readonly written: readonly WrittenExplanation[];
  readonly assessments: readonly ReviewerAssessment[];
  /** Whoever had a part in the change or its explanation, named as reviewers are. */
  readonly authors: readonly string[];
  /** The code whose authors are all known, co-authors of commits included. */
  readonly authorsKnownOf: readonly string[];
  /** Whether an explanation is asked for. */
  readonly required: boolean;
  /** When the change was merged. */
  readonly mergedAt?: string;
  /** When code or edges that it explains changed, after it was merged. */
  readonly changedSince?: string;
}

/**
 * What follows from {@link ExplanationFacts}.
 * @public
 */
export interface ExplanationStanding {
  readonly state: ExplanationState;
  /** The explanation that stands now. */
  readonly text?: string;
  /** How it was when the change was merged; that never changes. */
  readonly sealed?: {
    readonly at: string;
    readonly state: ExplanationState;
    readonly text?: string;
  };
  /** Opened by a merge without an accepted explanation, paid by one that came later. */
  readonly debt?: 'open' | 'paid';
  readonly paidAt?: string;
}

const NO_CODE = '';
const SEVERITY: Record<AssessmentResult, number> = {
  genuine: 0,
  'not-assessable': 1,
  surface: 2,
};

/**
 * The state of an explanation, the same in whatever order its facts became known.
 *
 * It is accepted where a human who had no part in the change found the text that
 * stands now genuine, on the code that stands now, and no `surface` stands. One stands
 * until its reviewer says otherwise, or somebody assesses newer code. Whoever finds
 * something by a comment found it of what the host showed before that instant; what
 * happened in the same second is not taken to have been seen.
 *
 * @public
 */
export function explanationStanding(
  facts: ExplanationFacts,
): ExplanationStanding {
  const { mergedAt, required } = facts;
  const sealed = mergedAt && standingAt(facts, mergedAt);
  if (!sealed) {
    return standingOf(facts);
  }
  const seal = { sealed: { at: mergedAt, ...sealed } };
  if (sealed.state === 'accepted') {
    return { ...sealed, state: orStale(facts), ...seal };
  }
  const paid = facts.assessments
    .map(one => one.at)
    .filter(at => at > mergedAt)
    .sort(compare)
    .map(at => ({ at, standing: standingAt(facts, at) }))
    .find(one => one.standing?.state === 'accepted');
  if (paid) {
    const { at, standing } = paid;
    const debt = required && { debt: 'paid' as const, paidAt: at };
    return { ...standing, state: orStale(facts), ...seal, ...debt };
  }
  const debt = required ? ('open' as const) : undefined;
  return { ...standingOf(facts), ...seal, debt };
}

function orStale({ changedSince }: ExplanationFacts): ExplanationState {
  return changedSince === undefined ? 'accepted' : 'stale';
}

type Standing = Pick<ExplanationStanding, 'state' | 'text'>;

/**
 * How it was at an instant from the merge on. No head comes after a merge, but a
 * description may be edited. A merge that nobody was told of in time, as of changes
 * from before this was installed, asks for nothing and seals nothing.
 */
function standingAt(facts: ExplanationFacts, at: string): Standing | undefined {
  const until = <T extends { readonly at: string }>(all: readonly T[]) =>
    all.filter(one => one.at <= at);
  const sightings = until(facts.sightings);
  const last = settled(sightings).pop();
  return (
    facts.current &&
    last &&
    standingOf({
      ...facts,
      current: { ...last, code: facts.current.code },
      sightings,
      written: until(facts.written),
      assessments: until(facts.assessments),
    })
  );
}

function standingOf(facts: ExplanationFacts): Standing {
  const { current } = facts;
  const shown = settled([
    ...facts.sightings.filter(one => one.at !== current?.at),
    ...(current ? [{ ...current, asked: true }] : []),
  ]);
  const code = current?.code ?? NO_CODE;
  const texts = textsOf(shown, facts.written);
  const text = standingText(texts, facts.current?.text);
  if (text === undefined) {
    return { state: 'missing' };
  }
  const found = facts.assessments
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
  if (surfaceStands(found, shown, code)) {
    return { state: 'returned', text };
  }
  const accepted =
    facts.authorsKnownOf.includes(code) &&
    latestOfEach(found).some(
      one =>
        one.result === 'genuine' &&
        !one.withdrawn &&
        one.code === code &&
        one.text === text,
    );
  return { state: accepted ? 'accepted' : 'submitted', text };
}

/** By time; of one instant, only what the host said when it was asked. */
function settled(
  sightings: readonly ExplanationSighting[],
): ExplanationSighting[] {
  const asked = new Set(sightings.filter(one => one.asked).map(one => one.at));
  return sightings
    .filter(one => one.asked || !asked.has(one.at))
    .sort((a, b) => compare(a.at, b.at) || compare(keyOf(a), keyOf(b)));
}

function keyOf({ code, text }: ExplanationSighting): string {
  return `${code} ${text ?? ''}`;
}

interface Text {
  readonly at: string;
  readonly text: string;
  readonly written: boolean;
}

/** Texts by when they came; a description says the same until it is edited. */
function textsOf(
  shown: readonly ExplanationSighting[],
  written: readonly WrittenExplanation[],
): Text[] {
  const described = shown.flatMap(({ at, text }, index): Text[] =>
    text !== undefined && shown[index - 1]?.text !== text
      ? [{ at, text, written: false }]
      : [],
  );
  return [
    ...described,
    ...written.map(one => ({ ...one, written: true })),
  ].sort(
    (a, b) =>
      compare(a.at, b.at) ||
      Number(a.written) - Number(b.written) ||
      compare(a.text, b.text),
  );
}

/** The last text; one of a description only as long as it stands there. */
function standingText(
  texts: readonly Text[],
  described: string | undefined,
): string | undefined {
  return texts
    .filter(one => one.written || one.text === described)
    .map(one => one.text)
    .pop();
}

function counts(
  { reviewer, bot }: ReviewerAssessment,
  authors: readonly string[],
): boolean {
  return reviewer !== undefined && !bot && !authors.includes(reviewer);
}

/** An assessment with what it is of, and whether its code was told with it. */
type Found = ReviewerAssessment & { readonly told: boolean };

/**
 * What an assessment is of, where that is not told: what stood there before its
 * instant. It is undefined where two states of one instant differ, or something else
 * came in the very second of the assessment.
 */
function boundTo(
  { at, code, text }: ReviewerAssessment,
  shown: readonly ExplanationSighting[],
  { sightings, written }: ExplanationFacts,
): { code?: string; text?: string } {
  const before = shown.filter(one => one.at < at);
  const last = before[before.length - 1];
  const possible = [
    ...shown.filter(one => one.at === last?.at || one.at === at),
    ...sightings.filter(one => one.at === at),
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
function latestOfEach(found: readonly Found[]): Found[] {
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
function surfaceStands(
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

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

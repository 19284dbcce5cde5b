import { ExplanationState } from '../../schemas';
import { ExplanationFacts } from './explanationFacts';
import {
  NO_CODE,
  foundIn,
  latestOfEach,
  surfaceStands,
} from './foundAssessments';
import { compare, settled, standingText, textsOf } from './shownTexts';

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
  const found = foundIn(facts, shown);
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

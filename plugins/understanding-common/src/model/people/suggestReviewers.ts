import { PersonUnderstanding, SuggestedReviewers } from '../../schemas';
import { countedEvidence } from './corrections';
import { knows } from './understanding';

/**
 * What has to be known of an entity that a change touches to suggest who reviews it.
 * @public
 */
export interface ReviewedEntity {
  readonly title: string;
  /** How many active people understand it; undefined where that cannot be seen. */
  readonly understoodBy?: number;
  /** How many it needs. */
  readonly minimum: number;
  /** See {@link kindsNeeded}. */
  readonly kindsNeeded: number;
  /** In the order in which one would ask them. */
  readonly people: readonly PersonUnderstanding[];
  /** Active people of the teams that own it. */
  readonly members: ReadonlyArray<{ personRef: string; displayName: string }>;
  /** References of those who know files of it that the change touches. */
  readonly knownBy: ReadonlySet<string>;
}

/** Somebody who could be asked, with what speaks for asking them. */
interface Candidate {
  readonly personRef: string;
  readonly displayName: string;
  /** Compared one after the other; what is greater comes first. */
  readonly order: readonly number[];
  readonly reason: string;
}

const MAX_TITLES = 3;

/**
 * Suggests two reviewers of a change: the one who knows most of what it touches, and
 * another who would learn most from it where understanding is thin, that is, where
 * fewer active people understand an entity than it needs.
 *
 * @remarks
 *
 * Both are active people of the catalog, had no part in the change, do not mind being
 * suggested, and have fewer open reviews than the limit. *Knows most*: whoever has
 * fresh verified evidence comes before everybody else, so that claims lift nobody
 * above it; then whoever understands more of the entities, knows the touched files of
 * more of them, and would be asked first. *Learns most*: whoever does not understand
 * more of the thin entities yet, of the people with evidence of them and the members of
 * their teams; then whoever would understand more of them by this one review, and has
 * fewer open reviews. What is still equal is decided by the reference, so that the same
 * facts give the same answer. The order is used up here: nobody is told it.
 * @public
 */
export function suggestReviewers(options: {
  entities: readonly ReviewedEntity[];
  /** References of those who had a part in the change or do not want to be suggested. */
  excluded: ReadonlySet<string>;
  /** Open reviews that each is asked for, this one left out. */
  loads: ReadonlyMap<string, number>;
  /** From how many open reviews nobody is asked for more. */
  limit: number;
}): SuggestedReviewers {
  const { entities, excluded, loads, limit } = options;
  const isAsked = (personRef: string) =>
    !excluded.has(personRef) && (loads.get(personRef) ?? 0) < limit;
  const knower = first(
    knowersOf(entities).filter(one => isAsked(one.personRef)),
  );
  const thin = entities.filter(isThin);
  const learner = first(
    learnersOf(thin, loads).filter(
      one => isAsked(one.personRef) && one.personRef !== knower?.personRef,
    ),
  );
  return {
    knows: knower
      ? toSuggestion(knower)
      : { reason: 'Nobody who can be asked has fresh evidence of it.' },
    learns: learner
      ? toSuggestion(learner)
      : { reason: whyNobodyLearns(entities, thin) },
  };
}

function isThin({ understoodBy, minimum }: ReviewedEntity): boolean {
  return understoodBy !== undefined && understoodBy < minimum;
}

function knowersOf(entities: readonly ReviewedEntity[]): Candidate[] {
  const found = new Map<
    string,
    {
      displayName: string;
      isVerified: boolean;
      understood: string[];
      evident: string[];
      touched: number;
      place: number;
    }
  >();
  for (const { title, people, knownBy } of entities) {
    people.forEach(({ personRef, displayName, ...person }, place) => {
      const fresh = freshEvidence(person);
      if (!personRef || !person.active || fresh.length === 0) {
        return;
      }
      const before = found.get(personRef);
      found.set(personRef, {
        displayName,
        isVerified: before?.isVerified || fresh.some(one => one.verified),
        understood: [
          ...(before?.understood ?? []),
          ...(knows(person) ? [title] : []),
        ],
        evident: [...(before?.evident ?? []), title],
        touched: (before?.touched ?? 0) + Number(knownBy.has(personRef)),
        place: Math.min(before?.place ?? place, place),
      });
    });
  }
  return [...found].map(([personRef, one]) => ({
    personRef,
    displayName: one.displayName,
    order: [
      Number(one.isVerified),
      one.understood.length,
      one.touched,
      -one.place,
    ],
    reason: [
      one.understood.length > 0
        ? `Understands ${listed(one.understood)}`
        : `Has fresh evidence of ${listed(one.evident)}`,
      one.touched > 0 ? ', and knows files that the change touches.' : '.',
    ].join(''),
  }));
}

function learnersOf(
  thin: readonly ReviewedEntity[],
  loads: ReadonlyMap<string, number>,
): Candidate[] {
  const found = new Map<
    string,
    { displayName: string; learns: ReviewedEntity[]; lifted: number }
  >();
  const add = (
    entity: ReviewedEntity,
    person: { personRef: string; displayName: string },
    kinds: ReadonlySet<string>,
  ) => {
    const before = found.get(person.personRef);
    found.set(person.personRef, {
      displayName: person.displayName,
      learns: [...(before?.learns ?? []), entity],
      lifted:
        (before?.lifted ?? 0) +
        Number(new Set([...kinds, 'reviewed']).size >= entity.kindsNeeded),
    });
  };
  for (const entity of thin) {
    const present = new Set<string>();
    for (const { personRef, displayName, ...person } of entity.people) {
      if (personRef) {
        present.add(personRef);
        if (person.active && !person.understands) {
          const kinds = freshEvidence(person).map(one => one.kind);
          add(entity, { personRef, displayName }, new Set(kinds));
        }
      }
    }
    entity.members
      .filter(({ personRef }) => !present.has(personRef))
      .forEach(member => add(entity, member, new Set()));
  }
  return [...found].map(([personRef, { displayName, learns, lifted }]) => ({
    personRef,
    displayName,
    order: [learns.length, lifted, -(loads.get(personRef) ?? 0)],
    reason: `${thinness(learns)} ${
      lifted > 0
        ? 'With this review it is one more.'
        : 'This review would be a beginning.'
    }`,
  }));
}

function freshEvidence({
  evidence,
  correction,
}: Pick<PersonUnderstanding, 'evidence' | 'correction'>) {
  return countedEvidence(evidence, correction).filter(
    one => one.freshness === 'fresh',
  );
}

function whyNobodyLearns(
  entities: readonly ReviewedEntity[],
  thin: readonly ReviewedEntity[],
): string {
  if (thin.length > 0) {
    return `${thinness(thin)} Nobody who could learn it can be asked.`;
  }
  return entities.some(one => one.understoodBy === undefined)
    ? 'How many people understand what it touches is not known of all of it.'
    : 'As many people as needed understand what it touches.';
}

function thinness(thin: readonly ReviewedEntity[]): string {
  const [{ title, understoodBy = 0, minimum }, ...more] = thin;
  const number = understoodBy === 0 ? 'nobody' : String(understoodBy);
  return more.length === 0
    ? `${title} is understood by ${number} and needs ${minimum}.`
    : `${listed(
        thin.map(one => one.title),
      )} are understood by fewer people than they need.`;
}

function listed(titles: readonly string[]): string {
  const shown = titles.slice(0, MAX_TITLES);
  const more = titles.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return all.length === 1
    ? all[0]
    : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
}

function first(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort(
    (a, b) =>
      a.order
        .map((value, index) => b.order[index] - value)
        .find(difference => difference !== 0) ??
      (a.personRef < b.personRef ? -1 : 1),
  )[0];
}

function toSuggestion({ personRef, displayName, reason }: Candidate) {
  return { person: { personRef, displayName }, reason };
}

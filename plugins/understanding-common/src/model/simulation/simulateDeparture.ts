import {
  DepartureAction,
  DepartureActionKind,
  DepartureEntity,
  Evidence,
  EvidenceKind,
  PersonUnderstanding,
} from '../../schemas';
import { countedEvidence, knows, standsBesideOthers } from '../people';

/**
 * More than this is not gone through in one session.
 * @public
 */
export const ENTITIES_PER_SESSION = 5;
/**
 * Nobody is asked for more.
 * @public
 */
export const ACTIONS_PER_PERSON = 3;

/**
 * What a simulation needs to know of one entity.
 * @public
 */
export interface DepartingEntity {
  readonly entityRef: string;
  readonly title: string;
  /** Sessions are held on what belongs together. */
  readonly systemRef?: string;
  readonly minimum: number;
  /** See {@link kindsNeeded}. */
  readonly kindsNeeded: number;
  readonly collectedKinds: readonly EvidenceKind[];
  readonly people: readonly PersonUnderstanding[];
  /** Conditions of its dependencies that need an answer and have none. */
  readonly unanswered: number;
  /** Active people of the teams that own it. */
  readonly members: ReadonlyArray<{ personRef: string; displayName: string }>;
}

/**
 * What falls when people leave, and what restores it.
 * @public
 */
export interface Departure {
  readonly entities: readonly DepartureEntity[];
  readonly actions: readonly DepartureAction[];
  /** What the actions found do not restore. */
  readonly unrepaired: ReadonlyArray<{
    entityRef: string;
    missing: number;
    /** Whether nobody who can be asked and stays has any evidence of it. */
    unknownToOthers: boolean;
  }>;
}

/** One person doing one thing, and the entities that they then understand. */
interface Candidate {
  readonly kind: DepartureActionKind;
  readonly personRef: string;
  readonly displayName: string;
  readonly entityRefs: readonly string[];
}

/** What changes leave. */
const CHANGING: readonly EvidenceKind[] = ['authored', 'reviewed'];

/** The order in which equal actions are preferred: what is done anyway comes first. */
const KINDS: readonly DepartureActionKind[] = [
  'pair',
  'edge-answers',
  'game-day',
  'teach-back',
];

/**
 * Simulates that people leave.
 *
 * @remarks
 *
 * The formulation: each entity `e` that would fall below its minimum `m`, from `b`
 * people who can be asked and understand it to `a`, needs `min(b, m) − a` other people.
 * An action makes one person understand a set of entities. The fewest actions are
 * sought such that each entity gets as many different people as it needs, and nobody
 * more than {@link ACTIONS_PER_PERSON} actions: a set multicover problem, which is
 * NP-hard. Greedily, the action that serves most unmet needs is taken next; that
 * takes at most `H(d)` times the fewest actions, where `d` is how many entities one
 * action serves (Dobson, 1982; Chvátal, 1979). `d` is at most
 * {@link ENTITIES_PER_SESSION}, so at most 2.29 times, as long as nobody reaches their
 * limit; where no action serves several entities, the number is the fewest possible.
 * Among actions that serve as many, the person with the fewest entities to answer for
 * comes first.
 * @public
 */
export function simulateDeparture(options: {
  entities: readonly DepartingEntity[];
  /** References of the people who leave. */
  leaving: ReadonlySet<string>;
  /** Who does not want to be suggested. */
  unwilling?: ReadonlySet<string>;
}): Departure {
  const { leaving, unwilling = new Set() } = options;
  const fallen = options.entities
    .map(entity => ({ entity, ...countBoth(entity, leaving) }))
    .filter(
      ({ entity, before, after }) => after < before && after < entity.minimum,
    )
    .sort(
      (a, b) =>
        a.after - b.after ||
        compare(a.entity.title, b.entity.title) ||
        compare(a.entity.entityRef, b.entity.entityRef),
    );
  const needs = new Map(
    fallen.map(({ entity, before, after }) => [
      entity.entityRef,
      Math.min(before, entity.minimum) - after,
    ]),
  );
  const candidates = candidatesOf(
    fallen.map(one => one.entity),
    personRef => !leaving.has(personRef) && !unwilling.has(personRef),
  );
  const actions = chooseGreedily(candidates, needs, loadsOf(options.entities));
  return {
    entities: fallen.map(({ entity, before, after }) => ({
      entityRef: entity.entityRef,
      title: entity.title,
      before,
      after,
      minimum: entity.minimum,
    })),
    actions,
    unrepaired: fallen.flatMap(({ entity }) => {
      const missing = needs.get(entity.entityRef) ?? 0;
      return missing > 0
        ? {
            entityRef: entity.entityRef,
            missing,
            unknownToOthers: !entity.people.some(person =>
              staysWithEvidence(person, leaving),
            ),
          }
        : [];
    }),
  };
}

function countBoth(entity: DepartingEntity, leaving: ReadonlySet<string>) {
  const knowing = entity.people.filter(knows);
  return {
    before: knowing.length,
    after: knowing.filter(
      ({ personRef }) => !personRef || !leaving.has(personRef),
    ).length,
  };
}

function staysWithEvidence(
  { active, personRef, evidence }: PersonUnderstanding,
  leaving: ReadonlySet<string>,
): boolean {
  return (
    active &&
    personRef !== undefined &&
    !leaving.has(personRef) &&
    evidence.length > 0
  );
}

/** For how many entities each person is among those who can be asked. */
function loadsOf(entities: readonly DepartingEntity[]): Map<string, number> {
  const loads = new Map<string, number>();
  for (const { personRef } of entities.flatMap(one =>
    one.people.filter(knows),
  )) {
    if (personRef) {
      loads.set(personRef, (loads.get(personRef) ?? 0) + 1);
    }
  }
  return loads;
}

function candidatesOf(
  entities: readonly DepartingEntity[],
  isAsked: (personRef: string) => boolean,
): Candidate[] {
  const candidates: Candidate[] = [];
  const sessions = new Map<string, { displayName: string; refs: string[] }>();
  for (const entity of entities) {
    for (const { personRef, displayName, kind } of learnersOf(entity)) {
      if (!isAsked(personRef)) {
        continue;
      }
      if (kind === 'teach-back') {
        const key = `${entity.systemRef ?? entity.entityRef} ${personRef}`;
        const session = sessions.get(key) ?? { displayName, refs: [] };
        session.refs.push(entity.entityRef);
        sessions.set(key, session);
      } else {
        candidates.push({
          kind,
          personRef,
          displayName,
          entityRefs: [entity.entityRef],
        });
      }
    }
  }
  for (const [key, { displayName, refs }] of sessions) {
    const personRef = key.slice(key.indexOf(' ') + 1);
    for (let start = 0; start < refs.length; start += ENTITIES_PER_SESSION) {
      candidates.push({
        kind: 'teach-back',
        personRef,
        displayName,
        entityRefs: refs.slice(start, start + ENTITIES_PER_SESSION),
      });
    }
  }
  return candidates;
}

/** Who could understand an entity after one action, and which it is. */
function learnersOf(entity: DepartingEntity) {
  const { people, members } = entity;
  const present = new Set(people.map(person => person.personRef));
  const beginners = members
    .filter(({ personRef }) => !present.has(personRef))
    .map(member => ({ ...member, fresh: [] }));
  const others = people.flatMap(person =>
    person.active && person.personRef && !person.understands
      ? {
          personRef: person.personRef,
          displayName: person.displayName,
          fresh: countedEvidence(person.evidence, person.correction).filter(
            evidence => evidence.freshness === 'fresh',
          ),
        }
      : [],
  );
  return [...others, ...beginners].map(({ fresh, ...person }) => ({
    ...person,
    kind: actionFor(fresh, entity),
  }));
}

/**
 * Each gives evidence of a kind that is missing; a teach-back is enough alone. What
 * nobody changes at present has no next change to make together.
 */
function actionFor(
  fresh: readonly Evidence[],
  entity: DepartingEntity,
): DepartureActionKind {
  const { kindsNeeded, collectedKinds, people, unanswered } = entity;
  const kinds = new Set(fresh.map(one => one.kind));
  if (kindsNeeded - kinds.size > 1) {
    return 'teach-back';
  }
  const isChanged = people.some(({ evidence }) =>
    evidence.some(
      one => one.freshness === 'fresh' && CHANGING.includes(one.kind),
    ),
  );
  if (
    isChanged &&
    CHANGING.some(kind => collectedKinds.includes(kind) && !kinds.has(kind))
  ) {
    return 'pair';
  }
  // What is written down only stands beside something else.
  const isBesideOthers = !fresh.every(standsBesideOthers);
  if (isBesideOthers && unanswered > 0 && !kinds.has('documented')) {
    return 'edge-answers';
  }
  return kinds.has('operated') && kinds.size < kindsNeeded
    ? 'teach-back'
    : 'game-day';
}

/** Takes what serves most, until nothing serves any more; `needs` shrink with it. */
function chooseGreedily(
  candidates: readonly Candidate[],
  needs: Map<string, number>,
  loads: ReadonlyMap<string, number>,
): DepartureAction[] {
  const actions: DepartureAction[] = [];
  const asked = new Map<string, number>();
  const learnt = new Set<string>();
  const servedBy = ({ personRef, entityRefs }: Candidate) =>
    (asked.get(personRef) ?? 0) < ACTIONS_PER_PERSON
      ? entityRefs.filter(
          ref =>
            (needs.get(ref) ?? 0) > 0 && !learnt.has(`${ref} ${personRef}`),
        )
      : [];
  const loadOf = (personRef: string) =>
    (loads.get(personRef) ?? 0) + (asked.get(personRef) ?? 0);
  for (;;) {
    const [best] = candidates
      .map(candidate => ({ candidate, served: servedBy(candidate) }))
      .filter(({ served }) => served.length > 0)
      .sort(
        (a, b) =>
          b.served.length - a.served.length ||
          loadOf(a.candidate.personRef) - loadOf(b.candidate.personRef) ||
          KINDS.indexOf(a.candidate.kind) - KINDS.indexOf(b.candidate.kind) ||
          compare(a.candidate.personRef, b.candidate.personRef) ||
          compare(a.served[0], b.served[0]),
      );
    if (!best) {
      return actions;
    }
    const { candidate, served } = best;
    const { kind, personRef, displayName } = candidate;
    for (const ref of served) {
      needs.set(ref, (needs.get(ref) ?? 0) - 1);
      learnt.add(`${ref} ${personRef}`);
    }
    asked.set(personRef, (asked.get(personRef) ?? 0) + 1);
    actions.push({
      action: kind,
      personRef,
      displayName,
      entityRef: served[0],
      restores: served,
    });
  }
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

import { EvidenceKind, PersonStatus, PersonUnderstanding } from '../../schemas';
import { UnderstandingSettings, earliest } from '../settings';
import { freshness } from './freshness';

/**
 * One kind of evidence of one identity for one entity, as the ledger keeps it.
 * @public
 */
export interface EvidenceRecord {
  readonly kind: EvidenceKind;
  readonly latestAt: string;
  readonly count: number;
  readonly url?: string;
  readonly verified: boolean;
}

/**
 * A person, or a name that no person of the catalog claims, with evidence.
 * @public
 */
export interface PersonRecord {
  readonly personRef?: string;
  readonly displayName: string;
  readonly status: PersonStatus;
  readonly evidence: readonly EvidenceRecord[];
}

/**
 * How many kinds of fresh evidence show understanding here: the minimum, but never
 * more kinds than this installation collects (ADR 0003). Otherwise nobody could
 * understand anything on the first day, which would be an invention.
 * @public
 */
export function kindsNeeded(
  settings: UnderstandingSettings['understands'],
): number {
  return Math.max(
    1,
    Math.min(settings.minimumKinds, settings.collectedKinds.length),
  );
}

/**
 * Judges every person's evidence at an instant.
 *
 * @returns people in the order in which one would ask them: those who understand
 * and are active first, then by latest evidence; this is an order of recency, not a
 * ranking. `until` is the next instant at which anything here changes by time alone.
 * @public
 */
export function judgePeople(options: {
  people: readonly PersonRecord[];
  now: string;
  settings: UnderstandingSettings;
}): { people: PersonUnderstanding[]; until?: string } {
  const { people, now, settings } = options;
  const needed = kindsNeeded(settings.understands);
  const changes: Array<string | undefined> = [];

  const judged = people.map(person => {
    const evidence = person.evidence.map(record => {
      const { state, until } = freshness(
        record.latestAt,
        now,
        settings.evidence,
      );
      changes.push(until);
      return { ...record, freshness: state };
    });
    const freshKinds = new Set(
      evidence
        .filter(record => record.freshness === 'fresh')
        .map(record => record.kind),
    );
    return {
      personRef: person.personRef,
      displayName: person.displayName,
      status: person.status,
      active: person.status === 'active',
      understands: freshKinds.has('taught') || freshKinds.size >= needed,
      evidence: evidence.sort(
        (a, b) => compare(b.latestAt, a.latestAt) || compare(a.kind, b.kind),
      ),
    };
  });

  judged.sort(
    (a, b) =>
      Number(knows(b)) - Number(knows(a)) ||
      compare(latest(b), latest(a)) ||
      compare(a.displayName, b.displayName) ||
      compare(a.personRef ?? '', b.personRef ?? ''),
  );
  return { people: judged, until: earliest(changes) };
}

/**
 * Whether a person can be asked now, and knows.
 * @public
 */
export function knows(person: {
  readonly active: boolean;
  readonly understands: boolean;
}): boolean {
  return person.active && person.understands;
}

function latest(person: { evidence: ReadonlyArray<{ latestAt: string }> }) {
  return person.evidence[0]?.latestAt ?? '';
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

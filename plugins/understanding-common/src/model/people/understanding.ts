import { Freshness, PersonUnderstanding } from '../../schemas';
import { UnderstandingSettings, earliest } from '../settings';
import { countedEvidence, presentCorrection } from './corrections';
import { freshnessAt, freshnessUntil } from './freshness';
import { EvidenceRecord, PersonRecord } from './records';

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
 * @returns people in the order in which one would ask them. Whoever is active and
 * has fresh verified evidence comes before everybody else, and is placed by such
 * evidence alone, so that claims never lift anybody above it. Among these, and then
 * among the others, those who understand come first, then those with later
 * evidence; this is an order of recency, not a ranking. `until` is the next instant
 * at which anything here changes by time alone.
 * @public
 */
export function judgePeople(options: {
  people: readonly PersonRecord[];
  now: string;
  settings: UnderstandingSettings;
}): { people: PersonUnderstanding[]; until?: string } {
  const { people, now, settings } = options;
  const needed = kindsNeeded(settings.understands);
  const stateOf = freshnessAt(now, settings.evidence);
  // Of all evidence in a state, the earliest is the first to reach the next one.
  const earliestIn = new Map<Freshness, string>();
  const ends: string[] = [];

  const judged = people.map(person => {
    const evidence = person.evidence
      .map(record => {
        const state = stateOf(record.latestAt);
        const first = earliestIn.get(state);
        if (first === undefined || record.latestAt < first) {
          earliestIn.set(state, record.latestAt);
        }
        return { ...record, freshness: state };
      })
      .sort(
        (a, b) =>
          compare(b.latestAt, a.latestAt) ||
          compare(a.kind, b.kind) ||
          Number(b.verified) - Number(a.verified),
      );
    const correction = presentCorrection(person.correction, now);
    if (correction?.type === 'from-elsewhere') {
      ends.push(correction.until);
    }
    const counted = countedEvidence(evidence, correction);
    const understands = isUnderstood(
      counted,
      correction?.type === 'from-elsewhere' ? 1 : 0,
      needed,
    );
    const active = person.status === 'active';
    const isVerified =
      active && counted.some(one => one.verified && one.freshness === 'fresh');
    const placedBy = isVerified ? counted.filter(one => one.verified) : counted;
    return {
      place: {
        isVerified,
        knows:
          active &&
          (isVerified ? isUnderstood(placedBy, 0, needed) : understands),
        latestAt: placedBy[0]?.latestAt ?? '',
      },
      person: {
        personRef: person.personRef,
        displayName: person.displayName,
        status: person.status,
        active,
        understands,
        evidence,
        ...(correction && { correction }),
      },
    };
  });

  judged.sort(
    (a, b) =>
      Number(b.place.isVerified) - Number(a.place.isVerified) ||
      Number(b.place.knows) - Number(a.place.knows) ||
      compare(b.place.latestAt, a.place.latestAt) ||
      compare(a.person.displayName, b.person.displayName) ||
      compare(a.person.personRef ?? '', b.person.personRef ?? ''),
  );
  return {
    people: judged.map(one => one.person),
    until: earliest([
      ...ends,
      ...[...earliestIn].map(([state, latestAt]) =>
        freshnessUntil(latestAt, state, settings.evidence),
      ),
    ]),
  };
}

/**
 * Enough kinds of fresh evidence, not all of which only stand beside others; or that it
 * was taught, which somebody else has to have seen, since one's own word for it is one
 * kind among others; or a walkthrough that somebody else accepted.
 */
function isUnderstood(
  evidence: ReadonlyArray<
    Pick<EvidenceRecord, 'kind' | 'verified' | 'walkthrough'> & {
      freshness: Freshness;
    }
  >,
  moreKinds: number,
  needed: number,
): boolean {
  const kinds = new Set<EvidenceRecord['kind']>();
  let standsAlone = moreKinds > 0;
  for (const one of evidence) {
    if (one.freshness === 'fresh') {
      if ((one.kind === 'taught' && one.verified) || one.walkthrough) {
        return true;
      }
      kinds.add(one.kind);
      standsAlone ||= !standsBesideOthers(one);
    }
  }
  return standsAlone && kinds.size + moreKinds >= needed;
}

/**
 * Whether evidence counts only where there is evidence of another kind that stands for
 * itself. One README is not the whole entity (ADR 0046), and a shift in which nothing
 * happened, which only a schedule tells of, has shown nobody anything (ADR 0045).
 * @public
 */
export function standsBesideOthers({
  kind,
  verified,
}: Pick<EvidenceRecord, 'kind' | 'verified'>): boolean {
  return kind === 'documented' || (kind === 'operated' && !verified);
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

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

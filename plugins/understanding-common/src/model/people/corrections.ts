import { Correction } from '../../schemas';
import { EvidenceRecord, PersonRecord } from './records';

/**
 * What a person of the catalog says of their own understanding.
 * @public
 */
export interface PersonCorrection
  extends Pick<PersonRecord, 'displayName' | 'status'> {
  readonly personRef: string;
  readonly correction: Correction;
}

/**
 * What somebody says of their own understanding at an instant: what they know from
 * elsewhere holds until its end, which belongs to the time after it.
 * @public
 */
export function presentCorrection(
  correction: Correction | undefined,
  now: string,
): Correction | undefined {
  return correction?.type === 'from-elsewhere' && correction.until <= now
    ? undefined
    : correction;
}

/**
 * The evidence that counts beside a correction: whoever no longer knows something
 * is judged by what came after they said so.
 * @public
 */
export function countedEvidence<T extends Pick<EvidenceRecord, 'latestAt'>>(
  evidence: readonly T[],
  correction: Correction | undefined,
): readonly T[] {
  return correction?.type === 'no-longer'
    ? evidence.filter(one => one.latestAt > correction.at)
    : evidence;
}

/**
 * Adds what people say of their own understanding of an entity, also of those
 * without evidence of it.
 * @public
 */
export function addCorrections(
  people: readonly PersonRecord[],
  corrections: readonly PersonCorrection[],
): PersonRecord[] {
  const said = new Map(corrections.map(one => [one.personRef, one]));
  const corrected = people.map(person => {
    const one = person.personRef ? said.get(person.personRef) : undefined;
    return one ? { ...person, correction: one.correction } : person;
  });
  const present = new Set(people.map(person => person.personRef));
  return corrected.concat(
    corrections
      .filter(
        // Nothing is lost by somebody without evidence who says they do not know it.
        one =>
          one.correction.type === 'from-elsewhere' &&
          !present.has(one.personRef),
      )
      .map(one => ({ ...one, evidence: [] })),
  );
}

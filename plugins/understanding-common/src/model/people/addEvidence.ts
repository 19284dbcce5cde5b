import { EvidenceRecord, PersonRecord } from './records';

/**
 * Adds evidence that does not come from a history to the people of an entity, among
 * whom its owner may not be yet. Evidence of a kind that somebody has already is
 * joined with it.
 * @public
 */
export function addEvidence(
  people: readonly PersonRecord[],
  added: ReadonlyArray<
    Pick<PersonRecord, 'displayName' | 'status'> & {
      readonly personRef: string;
      readonly evidence: EvidenceRecord;
    }
  >,
): PersonRecord[] {
  const all = [...people];
  for (const { evidence, ...person } of added) {
    const index = all.findIndex(one => one.personRef === person.personRef);
    const before: PersonRecord = all[index] ?? { ...person, evidence: [] };
    all.splice(index < 0 ? all.length : index, 1, {
      ...before,
      evidence: joinEvidence(before.evidence, evidence),
    });
  }
  return all;
}

/**
 * Joins evidence with what there is of the same kind, and as verified.
 * @public
 */
export function joinEvidence(
  present: readonly EvidenceRecord[],
  added: EvidenceRecord,
): EvidenceRecord[] {
  const same = present.find(one => isAlike(one, added));
  return [
    ...present.filter(one => one !== same),
    same
      ? {
          ...(same.latestAt > added.latestAt ? same : added),
          count: same.count + added.count,
        }
      : added,
  ];
}

function isAlike(one: EvidenceRecord, other: EvidenceRecord): boolean {
  return (
    one.kind === other.kind &&
    one.verified === other.verified &&
    one.walkthrough === other.walkthrough
  );
}

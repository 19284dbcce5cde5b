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
      evidence: foldEvidence([...before.evidence, evidence]),
    });
  }
  return all;
}

/**
 * Joins the evidence of somebody that is of the same kind, and as verified, to one.
 * @public
 */
export function foldEvidence(
  evidence: readonly EvidenceRecord[],
): EvidenceRecord[] {
  const folded: EvidenceRecord[] = [];
  for (const one of evidence) {
    const index = folded.findIndex(other => isAlike(one, other));
    if (index < 0) {
      folded.push(one);
    } else {
      const same = folded[index];
      folded[index] = {
        ...(same.latestAt > one.latestAt ? same : one),
        count: same.count + one.count,
      };
    }
  }
  return folded;
}

function isAlike(one: EvidenceRecord, other: EvidenceRecord): boolean {
  return (
    one.kind === other.kind &&
    one.verified === other.verified &&
    one.walkthrough === other.walkthrough
  );
}

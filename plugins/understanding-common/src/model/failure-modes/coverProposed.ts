import { ProposedEdge } from '../../schemas';
import { CombinedEdge, findDependency } from '../entities/combineEdges';
import { UnderstandingSettings, earliest } from '../settings';
import { AnswerFacts, coverEdges } from './coverEdges';

/**
 * A HARD dependency that an open change would add.
 * @public
 */
export type ProposedFact = Pick<ProposedEdge, 'targetRef' | 'change'>;

/**
 * Says of each HARD dependency that open changes would add which required conditions
 * nobody has answered. What is HARD already is no news, and what people classified on
 * the page stays as they said.
 *
 * @param edges - of the entity as it is now
 * @returns `until` is the next instant at which an answer is gone
 * @public
 */
export function coverProposed(
  proposed: readonly ProposedFact[],
  edges: readonly CombinedEdge[],
  answers: AnswerFacts,
  now: string,
  settings: UnderstandingSettings['edges'],
): { edges: ProposedEdge[]; until?: string } {
  const ends: Array<string | undefined> = [];
  const covered = proposed.flatMap(({ change, targetRef }) => {
    const present = findDependency(edges, targetRef);
    if (present?.criticality === 'HARD' || present?.classified) {
      return [];
    }
    const asIfMerged: CombinedEdge = {
      sourceRef: '',
      type: 'dependsOn',
      targetRef,
      apiRefs: [],
      origin: 'declared',
      firstSeen: now,
      lastSeen: now,
      ...present,
      criticality: 'HARD',
    };
    const required = coverEdges([asIfMerged], answers, now, settings)
      .edges.flatMap(({ conditions }) => conditions)
      .filter(one => one.required);
    for (const { state, failureModeId, validUntil } of required) {
      // A failure mode is an answer still when what was accepted beside it ends.
      if (state === 'accepted' && !failureModeId) {
        ends.push(validUntil);
      }
    }
    return {
      targetRef,
      change,
      unanswered: required
        .filter(one => one.state === 'none')
        .map(one => one.condition),
    };
  });
  return { edges: covered, until: earliest(ends) };
}

import { ProposedEdge } from '../../schemas';
import { CombinedEdge, findDependency } from '../entities/combineEdges';
import { UnderstandingSettings } from '../settings';
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
 * @public
 */
export function coverProposed(
  proposed: readonly ProposedFact[],
  edges: readonly CombinedEdge[],
  answers: AnswerFacts,
  now: string,
  settings: UnderstandingSettings['edges'],
): ProposedEdge[] {
  return proposed.flatMap(({ change, targetRef }) => {
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
    const covered = coverEdges([asIfMerged], answers, now, settings).edges;
    return {
      targetRef,
      change,
      unanswered: covered.flatMap(({ conditions }) =>
        conditions
          .filter(one => one.required && one.state === 'none')
          .map(one => one.condition),
      ),
    };
  });
}

import {
  Edge,
  Flag,
  hideNames,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { VisibleEntities, isVisible } from './Access';

/**
 * Leaves out edges to what the caller may not see, and counts them.
 *
 * @param names - whether the caller may see who said something of an edge
 */
export function visibleEdges(
  edges: readonly Edge[],
  visible: VisibleEntities,
  names: boolean,
): { edges: Edge[]; hiddenEdges: number } {
  const seen = edges.filter(edge => isVisible(visible, edge.targetRef));
  return {
    edges: names ? seen : seen.map(withoutPeople),
    hiddenEdges: edges.length - seen.length,
  };
}

function withoutPeople(edge: Edge): Edge {
  return {
    ...edge,
    classified: edge.classified && { ...edge.classified, by: undefined },
    conditions: edge.conditions.map(one => ({
      ...one,
      acceptance: one.acceptance && { ...one.acceptance, by: undefined },
    })),
  };
}

/** Says how many reasons of a flag name what the caller may not see, and not which. */
export function withoutHiddenNames(flag: Flag, visible: VisibleEntities): Flag {
  return {
    ...flag,
    reasons: hideNames(
      flag.reasons,
      ref => isVisible(visible, ref),
      hidden => `${hidden} more that you may not see`,
    ),
  };
}

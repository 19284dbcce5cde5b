import { Flag } from '@understanding-dev/backstage-plugin-understanding-common';
import { VisibleEntities, isVisible } from './Access';

/** Leaves out edges to what the caller may not see, and counts them. */
export function withoutHiddenTargets<T extends { readonly targetRef: string }>(
  edges: readonly T[],
  visible: VisibleEntities,
): { edges: T[]; hiddenEdges: number } {
  const seen = edges.filter(edge => isVisible(visible, edge.targetRef));
  return { edges: seen, hiddenEdges: edges.length - seen.length };
}

/** Says how many reasons of a flag name what the caller may not see, and not which. */
export function withoutHiddenNames(flag: Flag, visible: VisibleEntities): Flag {
  const reasons = flag.reasons.filter(
    ({ entityRef }) => !entityRef || isVisible(visible, entityRef),
  );
  const hidden = flag.reasons.length - reasons.length;
  return hidden === 0
    ? flag
    : {
        ...flag,
        reasons: [
          ...reasons,
          { message: `${hidden} more that you may not see` },
        ],
      };
}

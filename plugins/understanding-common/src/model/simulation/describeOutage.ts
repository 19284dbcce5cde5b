import { AffectedEntity, Condition, OutageResponse } from '../../schemas';
import { DependencyGraph, stateOf } from './dependencyGraph';
import { Outage, pathTo } from './simulateOutage';

/**
 * Says of an outage what a reader may see: whom it hits, on which path, and which
 * answers there are for that condition on the way. Of those who are hidden it says how
 * many they are; on paths that lead through them, they have no name.
 *
 * @param limit - how many are described; all are counted
 * @public
 */
export function describeOutage(options: {
  graph: DependencyGraph;
  outage: Outage;
  condition: Condition;
  isVisible: (entityRef: string) => boolean;
  limit: number;
}): OutageResponse {
  const { condition, graph, isVisible, limit, outage } = options;
  const hardCount = outage.hard.reached.length;
  const total = { hard: 0, soft: 0 };
  const affected: AffectedEntity[] = [];
  outage.affected.forEach((node, index) => {
    if (!isVisible(graph.refs[node])) {
      return;
    }
    total[index < hardCount ? 'hard' : 'soft'] += 1;
    if (affected.length < limit) {
      affected.push(describe(node));
    }
  });
  const visible = total.hard + total.soft;
  return {
    affected,
    truncated: visible > affected.length,
    total,
    hidden: outage.affected.length - visible,
  };

  function describe(node: number): AffectedEntity {
    const { via, edges } = pathTo(graph, outage, node);
    const nodes = [
      graph.target[edges[0]],
      ...edges.map(edge => graph.source[edge]),
    ];
    const steps = edges
      .map(edge => graph.edges[edge])
      .filter(
        ({ sourceRef, targetRef }) =>
          isVisible(sourceRef) && isVisible(targetRef),
      )
      .map(edge => ({
        sourceRef: edge.sourceRef,
        targetRef: edge.targetRef,
        criticality: edge.criticality,
        state: stateOf(edge, condition),
      }));
    return {
      entityRef: graph.refs[node],
      distance: edges.length,
      via,
      path: nodes.map(one =>
        isVisible(graph.refs[one]) ? graph.refs[one] : null,
      ),
      steps,
      unansweredEdges: steps.filter(step => step.state === 'none'),
    };
  }
}

import { DependencyGraph } from './dependencyGraph';

/** In the arrays of a walk: was not reached. */
const NOT_REACHED = -1;

/**
 * A breadth-first walk from one node to all that depend on it.
 * @public
 */
export interface Walk {
  /** Nodes in the order in which they were reached, without the first. */
  readonly reached: Int32Array;
  /** Steps from the first node, by node; -1 where it was not reached. */
  readonly distance: Int32Array;
  /** The edge by which a node was reached, by node; -1 for none. */
  readonly by: Int32Array;
}

/**
 * Who is hit when one entity fails.
 * @public
 */
export interface Outage {
  /** Along HARD edges alone: who fails, too. */
  readonly hard: Walk;
  /** Along any edges: who is hit in some way. */
  readonly any: Walk;
  /** Numbers of all that are hit: first along HARD edges, each kind by distance. */
  readonly affected: Int32Array;
}

/**
 * Finds who is hit when one entity fails, over any number of steps, along HARD edges
 * and along any. An edge that nobody classified is not taken for HARD. Exact: two
 * breadth-first walks, whose time and memory grow with the size of the graph alone.
 * @public
 */
export function simulateOutage(graph: DependencyGraph, root: number): Outage {
  const hard = walk(graph, root, true);
  const any = walk(graph, root, false);
  const affected = new Int32Array(any.reached.length);
  affected.set(hard.reached);
  let count = hard.reached.length;
  for (const node of any.reached) {
    if (hard.distance[node] === NOT_REACHED) {
      affected[count] = node;
      count += 1;
    }
  }
  return { hard, any, affected };
}

/**
 * How a node is hit: along which walk, and by which edges, from the one that fails on.
 * @public
 */
export function pathTo(
  graph: DependencyGraph,
  outage: Outage,
  node: number,
): { via: 'HARD' | 'SOFT'; edges: number[] } {
  const isHard = outage.hard.distance[node] !== NOT_REACHED;
  const { by } = isHard ? outage.hard : outage.any;
  const edges: number[] = [];
  for (let at = node; by[at] !== NOT_REACHED; at = graph.target[by[at]]) {
    edges.push(by[at]);
  }
  return { via: isHard ? 'HARD' : 'SOFT', edges: edges.reverse() };
}

function walk(graph: DependencyGraph, root: number, hardOnly: boolean): Walk {
  const { hard, refs } = graph;
  const { edges, offsets, others } = graph.dependants;
  const distance = new Int32Array(refs.length).fill(NOT_REACHED);
  const by = new Int32Array(refs.length).fill(NOT_REACHED);
  const queue = new Int32Array(refs.length);
  queue[0] = root;
  distance[root] = 0;
  let end = 1;
  for (let head = 0; head < end; head += 1) {
    const node = queue[head];
    const steps = distance[node] + 1;
    const last = offsets[node + 1];
    for (let slot = offsets[node]; slot < last; slot += 1) {
      const next = others[slot];
      // HARD edges come first.
      if (hardOnly && hard[edges[slot]] === 0) {
        break;
      }
      if (distance[next] === NOT_REACHED) {
        distance[next] = steps;
        by[next] = edges[slot];
        queue[end] = next;
        end += 1;
      }
    }
  }
  return { reached: queue.slice(1, end), distance, by };
}

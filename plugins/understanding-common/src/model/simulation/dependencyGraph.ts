import {
  Condition,
  CoverageState,
  Criticality,
  conditionSchema,
} from '../../schemas';

/**
 * A dependency as the graph needs it.
 * @public
 */
export interface GraphEdge {
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly criticality: Criticality;
  /** The state of each condition, in the order of `conditionSchema`. */
  readonly states: readonly CoverageState[];
}

/**
 * Edges by the node that they lead to or from, in compressed sparse rows: those of
 * node `n` are `edges[offsets[n]]` up to `edges[offsets[n + 1]]`.
 * @public
 */
export interface Adjacency {
  readonly offsets: Int32Array;
  readonly edges: Int32Array;
  /** The node at the other end of each of these edges. */
  readonly others: Int32Array;
}

/**
 * All dependencies at once, in arrays of numbers, so that a hundred thousand entities
 * fit into memory and are walked in milliseconds. Nodes and edges are numbered.
 * @public
 */
export interface DependencyGraph {
  readonly refs: readonly string[];
  readonly nodeOf: ReadonlyMap<string, number>;
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly hard: Uint8Array;
  readonly edges: readonly GraphEdge[];
  /** Edges that leave a node: what it depends on. */
  readonly dependencies: Adjacency;
  /** Edges that come to a node: who depends on it. */
  readonly dependants: Adjacency;
}

/**
 * Builds the graph. Edges from a node to itself are left out, since nothing follows
 * from them.
 * @public
 */
export function buildGraph(all: readonly GraphEdge[]): DependencyGraph {
  const nodeOf = new Map<string, number>();
  const numberOf = (ref: string) => {
    const known = nodeOf.get(ref);
    if (known !== undefined) {
      return known;
    }
    nodeOf.set(ref, nodeOf.size);
    return nodeOf.size - 1;
  };
  const edges = all.filter(edge => edge.sourceRef !== edge.targetRef);
  const source = new Int32Array(edges.length);
  const target = new Int32Array(edges.length);
  const hard = new Uint8Array(edges.length);
  edges.forEach((edge, index) => {
    source[index] = numberOf(edge.sourceRef);
    target[index] = numberOf(edge.targetRef);
    hard[index] = Number(edge.criticality === 'HARD');
  });
  return {
    refs: [...nodeOf.keys()],
    nodeOf,
    source,
    target,
    hard,
    edges,
    dependencies: adjacency(source, target, hard, nodeOf.size),
    dependants: adjacency(target, source, hard, nodeOf.size),
  };
}

/**
 * The state of an edge for one condition.
 * @public
 */
export function stateOf(edge: GraphEdge, condition: Condition): CoverageState {
  return edge.states[conditionSchema.options.indexOf(condition)] ?? 'none';
}

/** Counting sort of edges by one of their ends; of a node, HARD ones come first. */
function adjacency(
  end: Int32Array,
  other: Int32Array,
  hard: Uint8Array,
  nodes: number,
): Adjacency {
  const offsets = new Int32Array(nodes + 1);
  for (const node of end) {
    offsets[node + 1] += 1;
  }
  for (let node = 0; node < nodes; node += 1) {
    offsets[node + 1] += offsets[node];
  }
  const next = offsets.slice();
  const edges = new Int32Array(end.length);
  const others = new Int32Array(end.length);
  for (const kind of [1, 0]) {
    for (let edge = 0; edge < end.length; edge += 1) {
      if (hard[edge] === kind) {
        const slot = next[end[edge]];
        edges[slot] = edge;
        others[slot] = other[edge];
        next[end[edge]] = slot + 1;
      }
    }
  }
  return { offsets, edges, others };
}

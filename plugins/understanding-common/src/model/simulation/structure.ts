import { DependencyGraph } from './dependencyGraph';

/**
 * Groups of entities that depend on each other in a circle: strongly connected
 * components of two or more nodes, the largest first. Tarjan's algorithm (1972), with
 * a stack of its own, since the engine's would overflow on long chains.
 * @public
 */
export function findCycles(graph: DependencyGraph): number[][] {
  const { dependencies, refs } = graph;
  const nodes = refs.length;
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const next = dependencies.offsets.slice(0, nodes);
  const onStack = new Uint8Array(nodes);
  const stack: number[] = [];
  const calls: number[] = [];
  const cycles: number[][] = [];
  let counter = 0;
  const enter = (node: number) => {
    order[node] = counter;
    low[node] = counter;
    counter += 1;
    stack.push(node);
    onStack[node] = 1;
    calls.push(node);
  };

  for (let start = 0; start < nodes; start += 1) {
    if (order[start] === -1) {
      enter(start);
    }
    while (calls.length > 0) {
      const node = calls[calls.length - 1];
      if (next[node] < dependencies.offsets[node + 1]) {
        const other = dependencies.others[next[node]];
        next[node] += 1;
        if (order[other] === -1) {
          enter(other);
        } else if (onStack[other] === 1) {
          low[node] = Math.min(low[node], order[other]);
        }
      } else {
        calls.pop();
        const parent = calls[calls.length - 1];
        if (parent !== undefined) {
          low[parent] = Math.min(low[parent], low[node]);
        }
        if (low[node] === order[node]) {
          const members = stack.splice(stack.lastIndexOf(node));
          members.forEach(member => (onStack[member] = 0));
          if (members.length > 1) {
            cycles.push(members.sort((a, b) => a - b));
          }
        }
      }
    }
  }
  return cycles.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/**
 * Single points of failure: nodes without which the graph, taken without directions,
 * falls into more parts (articulation points). Hopcroft and Tarjan (1973), with a stack
 * of its own.
 * @public
 */
export function findArticulationPoints(graph: DependencyGraph): number[] {
  const { refs } = graph;
  const nodes = refs.length;
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const parent = new Int32Array(nodes).fill(-1);
  const children = new Int32Array(nodes);
  const next = new Int32Array(nodes);
  const isPoint = new Uint8Array(nodes);
  let counter = 0;
  const enter = (node: number, from: number, calls: number[]) => {
    order[node] = counter;
    low[node] = counter;
    counter += 1;
    parent[node] = from;
    calls.push(node);
  };

  for (let start = 0; start < nodes; start += 1) {
    const calls: number[] = [];
    if (order[start] === -1) {
      enter(start, -1, calls);
    }
    while (calls.length > 0) {
      const node = calls[calls.length - 1];
      const other = neighbour(graph, node, next[node]);
      next[node] += 1;
      if (other === undefined) {
        calls.pop();
        const from = parent[node];
        if (from !== -1) {
          low[from] = Math.min(low[from], low[node]);
          if (parent[from] !== -1 && low[node] >= order[from]) {
            isPoint[from] = 1;
          }
        }
      } else if (order[other] === -1) {
        children[node] += 1;
        enter(other, node, calls);
      } else if (other !== parent[node]) {
        low[node] = Math.min(low[node], order[other]);
      }
    }
    // The first of a part separates it where it had to begin more than once.
    if (parent[start] === -1 && children[start] > 1) {
      isPoint[start] = 1;
    }
  }
  return [...isPoint.keys()].filter(node => isPoint[node] === 1);
}

/**
 * Nodes by how many others depend on them at once, the most first.
 * @public
 */
export function findHotSpots(
  graph: DependencyGraph,
  limit: number,
): Array<{ node: number; dependants: number }> {
  const { offsets } = graph.dependants;
  return graph.refs
    .map((_, node) => ({
      node,
      dependants: offsets[node + 1] - offsets[node],
    }))
    .filter(one => one.dependants > 1)
    .sort((a, b) => b.dependants - a.dependants || a.node - b.node)
    .slice(0, limit);
}

/** The neighbours of a node in both directions, by position; undefined at their end. */
function neighbour(
  { dependants, dependencies }: DependencyGraph,
  node: number,
  position: number,
): number | undefined {
  const out = dependencies.offsets[node] + position;
  if (out < dependencies.offsets[node + 1]) {
    return dependencies.others[out];
  }
  const left = dependencies.offsets[node + 1] - dependencies.offsets[node];
  const back = dependants.offsets[node] + position - left;
  return back < dependants.offsets[node + 1]
    ? dependants.others[back]
    : undefined;
}

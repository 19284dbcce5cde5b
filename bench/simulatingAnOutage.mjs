import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const ENTITIES = 100_000;
const EDGES = 500_000;
const ROUNDS = 15;

/**
 * Who is hit when the entity fails on which the most others depend, beside a walk over
 * the same graph with graphology, which is told no more than who depends on whom; in
 * turn, after both have loaded it. Most entities lean on few, as in real catalogs.
 */
export async function simulatingAnOutage() {
  require('@backstage/cli/config/nodeTransform.cjs');
  const model = require('../plugins/understanding-common/src');
  const { DirectedGraph } = require('graphology');
  const { bfsFromNode } = require('graphology-traversal');

  const edges = makeUpEdges();
  const loading = performance.now();
  const graph = model.buildGraph(edges);
  const loaded = performance.now() - loading;
  const theirs = new DirectedGraph();
  for (const { sourceRef, targetRef } of edges) {
    theirs.mergeEdge(sourceRef, targetRef);
  }
  const [{ node: root }] = model.findHotSpots(graph, 1);

  const times = { ours: [], theirs: [] };
  const hit = { ours: 0, theirs: 0 };
  for (let round = 0; round <= ROUNDS; round += 1) {
    let start = performance.now();
    const outage = model.simulateOutage(graph, root);
    const answer = model.describeOutage({
      graph,
      outage,
      condition: 'down',
      isVisible: () => true,
      limit: 1000,
    });
    const ours = performance.now() - start;
    hit.ours = answer.total.hard + answer.total.soft;

    start = performance.now();
    let reached = -1;
    bfsFromNode(theirs, graph.refs[root], () => (reached += 1) < 0, {
      mode: 'inbound',
    });
    const walked = performance.now() - start;
    hit.theirs = reached;
    // The first round warms both up.
    if (round > 0) {
      times.ours.push(ours);
      times.theirs.push(walked);
    }
  }
  if (hit.ours !== hit.theirs) {
    throw new Error(`we found ${hit.ours}, graphology ${hit.theirs}`);
  }
  const [ours, walk] = [median(times.ours), median(times.theirs)];
  const start = performance.now();
  model.findCycles(graph);
  model.findArticulationPoints(graph);
  const structure = performance.now() - start;
  console.log(
    `an outage among ${graph.refs.length} entities and ${
      edges.length
    } edges, which hits ${hit.ours}: ${ours.toFixed(
      0,
    )} ms; graphology, one walk: ${walk.toFixed(0)} ms; ratio ${(
      ours / walk
    ).toFixed(2)} (medians of ${ROUNDS}); loading: ${loaded.toFixed(
      0,
    )} ms; circles and single points: ${structure.toFixed(0)} ms`,
  );
}

/** The same graph each time: a linear congruential generator (Numerical Recipes). */
function makeUpEdges() {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const states = ['none', 'none', 'none', 'none', 'none'];
  return Array.from({ length: EDGES }, () => ({
    sourceRef: `component:default/s${Math.floor(random() * ENTITIES)}`,
    // The cube leads most edges to few entities.
    targetRef: `component:default/s${Math.floor(random() ** 3 * ENTITIES)}`,
    criticality: random() < 0.5 ? 'HARD' : 'SOFT',
    states,
  }));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

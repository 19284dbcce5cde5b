import fc from 'fast-check';
import { conditionSchema, criticalitySchema } from '../../schemas';
import { GraphEdge, buildGraph } from './dependencyGraph';
import { describeOutage } from './describeOutage';
import { simulateOutage } from './simulateOutage';
import { findArticulationPoints, findCycles, findHotSpots } from './structure';

const ref = (name: string) => `component:default/${name}`;

function edge(
  text: string,
  criticality: GraphEdge['criticality'] = 'HARD',
  state: GraphEdge['states'][number] = 'none',
): GraphEdge {
  const [source, target] = text.split('>');
  return {
    sourceRef: ref(source),
    targetRef: ref(target),
    criticality,
    states: conditionSchema.options.map(() => state),
  };
}

function outageOf(
  edges: readonly GraphEdge[],
  name: string,
  options: { hidden?: string[]; limit?: number } = {},
) {
  const { hidden = [], limit = 1000 } = options;
  const graph = buildGraph(edges);
  return describeOutage({
    graph,
    outage: simulateOutage(graph, graph.nodeOf.get(ref(name))!),
    condition: 'down',
    isVisible: one => !hidden.map(ref).includes(one),
    limit,
  });
}

describe('an outage', () => {
  const EDGES = [
    edge('ledger>db', 'HARD', 'tested'),
    edge('payouts>ledger'),
    edge('shop>payouts', 'SOFT'),
    edge('report>ledger', 'UNCLASSIFIED', 'described'),
    edge('mail>shop'),
    edge('aside>other'),
  ];

  it('hits along HARD edges first, and tells the way with its answers', () => {
    const { affected, ...rest } = outageOf(EDGES, 'db');
    expect(
      affected.map(
        one =>
          `${one.entityRef.split('/')[1]} ${one.distance} ${one.via} ${one.path
            .map(step => step?.split('/')[1])
            .join('<')} ?${one.unansweredEdges.map(
            step => step.sourceRef.split('/')[1],
          )}`,
      ),
    ).toEqual([
      'ledger 1 HARD db<ledger ?',
      'payouts 2 HARD db<ledger<payouts ?payouts',
      'report 2 SOFT db<ledger<report ?',
      'shop 3 SOFT db<ledger<payouts<shop ?payouts,shop',
      'mail 4 SOFT db<ledger<payouts<shop<mail ?payouts,shop,mail',
    ]);
    expect(rest).toEqual({
      truncated: false,
      total: { hard: 2, soft: 3 },
      hidden: 0,
    });
  });

  it('goes once around a circle, and not from an entity to itself', () => {
    const edges = [edge('a>b'), edge('b>c'), edge('c>a'), edge('a>a')];
    expect(outageOf(edges, 'a').affected.map(one => one.distance)).toEqual([
      1, 2,
    ]);
  });

  it('counts those who are hidden, and names them nowhere', () => {
    const answer = outageOf(EDGES, 'db', { hidden: ['payouts', 'shop'] });
    expect(answer.hidden).toBe(2);
    expect(answer.total).toEqual({ hard: 1, soft: 2 });
    expect(JSON.stringify(answer)).not.toMatch(/payouts|shop/);
    expect(answer.affected[2].path).toEqual([
      ref('db'),
      ref('ledger'),
      null,
      null,
      ref('mail'),
    ]);
  });

  it('says that there are more than it lists', () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      edge(`s${index}>db`),
    );
    const answer = outageOf(many, 'db', { limit: 1000 });
    expect(answer.affected).toHaveLength(1000);
    expect(answer).toMatchObject({ truncated: true, total: { hard: 5000 } });
  });
});

const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const graphs: fc.Arbitrary<GraphEdge[]> = fc
  .uniqueArray(
    fc.record({
      source: names,
      target: names,
      criticality: fc.constantFrom(...criticalitySchema.options),
    }),
    { selector: one => `${one.source}>${one.target}`, maxLength: 16 },
  )
  .map(all =>
    all.map(({ source, target, criticality }) =>
      edge(`${source}>${target}`, criticality),
    ),
  );

/** Distances by relaxing every edge until nothing changes: slow, and plain. */
function distances(edges: readonly GraphEdge[], root: string) {
  const found = new Map([[root, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { sourceRef, targetRef } of edges) {
      const steps = (found.get(targetRef) ?? Infinity) + 1;
      if (steps < (found.get(sourceRef) ?? Infinity)) {
        found.set(sourceRef, steps);
        changed = true;
      }
    }
  }
  found.delete(root);
  return found;
}

/** How many parts the nodes are in, without directions. */
function parts(edges: readonly GraphEdge[], nodes: readonly string[]): number {
  const partOf = new Map(nodes.map(node => [node, node]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { sourceRef, targetRef } of edges) {
      const [a, b] = [partOf.get(sourceRef), partOf.get(targetRef)];
      if (a !== undefined && b !== undefined && a !== b) {
        for (const [node, part] of partOf) {
          partOf.set(node, part === a ? b : part);
        }
        changed = true;
      }
    }
  }
  return new Set(partOf.values()).size;
}

describe('any graph', () => {
  it('has the outages that a plain implementation finds', () => {
    fc.assert(
      fc.property(graphs, names, (edges, name) => {
        const graph = buildGraph(edges);
        fc.pre(graph.nodeOf.has(ref(name)));
        const { affected } = outageOf(edges, name);
        const hard = distances(
          edges.filter(one => one.criticality === 'HARD'),
          ref(name),
        );
        const any = distances(edges, ref(name));
        expect(new Map(affected.map(one => [one.entityRef, one.via]))).toEqual(
          new Map(
            [...any.keys()].map(one => [one, hard.has(one) ? 'HARD' : 'SOFT']),
          ),
        );
        for (const one of affected) {
          const steps = one.via === 'HARD' ? hard : any;
          expect(one.distance).toBe(steps.get(one.entityRef));
          // The path is one that exists, of its kind.
          one.path.slice(1).forEach((source, index) => {
            const taken = edges.find(
              candidate =>
                candidate.sourceRef === source &&
                candidate.targetRef === one.path[index],
            );
            expect(taken).toBeDefined();
            expect(one.via === 'SOFT' || taken?.criticality === 'HARD').toBe(
              true,
            );
          });
          expect(one.path).toHaveLength(one.distance + 1);
        }
        const order = affected.map(
          one => (one.via === 'HARD' ? 0 : 100) + one.distance,
        );
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('has the circles in which everybody depends on everybody', () => {
    fc.assert(
      fc.property(graphs, edges => {
        const graph = buildGraph(edges);
        const reaches = new Map(
          graph.refs.map(one => [one, distances(edges, one)]),
        );
        const mutual = graph.refs.map(one =>
          graph.refs.filter(
            other =>
              one === other ||
              (reaches.get(one)!.has(other) && reaches.get(other)!.has(one)),
          ),
        );
        const expected = new Set(
          mutual.filter(all => all.length > 1).map(all => all.sort().join(' ')),
        );
        const found = findCycles(graph).map(all =>
          all
            .map(node => graph.refs[node])
            .sort()
            .join(' '),
        );
        expect(new Set(found)).toEqual(expected);
        expect(found).toHaveLength(expected.size);
      }),
    );
  });

  it('falls apart without a single point of failure, and only then', () => {
    fc.assert(
      fc.property(graphs, edges => {
        const graph = buildGraph(edges);
        const before = parts(edges, graph.refs);
        const expected = graph.refs.filter(one => {
          const rest = graph.refs.filter(other => other !== one);
          return parts(edges, rest) > before;
        });
        expect(
          findArticulationPoints(graph).map(node => graph.refs[node]),
        ).toEqual(expected);
      }),
    );
  });

  it('has the most dependants at its hot spots', () => {
    fc.assert(
      fc.property(graphs, edges => {
        const graph = buildGraph(edges);
        const spots = findHotSpots(graph, 3);
        const counts = graph.refs.map(
          one =>
            graph.edges.filter(({ targetRef }) => targetRef === one).length,
        );
        expect(spots.map(one => one.dependants)).toEqual(
          counts
            .filter(count => count > 1)
            .sort((a, b) => b - a)
            .slice(0, 3),
        );
        for (const { node, dependants } of spots) {
          expect(counts[node]).toBe(dependants);
        }
      }),
    );
  });
});

it('a chain of a hundred thousand overflows no stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) =>
    edge(`n${index}>n${index + 1}`),
  );
  const graph = buildGraph(chain);
  expect(findCycles(graph)).toEqual([]);
  expect(findArticulationPoints(graph)).toHaveLength(99_999);
  const { affected } = simulateOutage(graph, graph.nodeOf.get(ref('n100000'))!);
  expect(affected).toHaveLength(100_000);
});

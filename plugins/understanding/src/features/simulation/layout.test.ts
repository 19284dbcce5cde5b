import {
  AffectedEntity,
  GraphResponse,
  OutageResponse,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { neighbourhood, outageGraph } from './layout';

const ref = (name: string) => `component:default/${name}`;

function arrow(text: string): GraphResponse['edges'][number] {
  const [source, target] = text.split('>');
  return {
    sourceRef: ref(source),
    targetRef: ref(target),
    type: 'dependsOn',
    criticality: 'HARD',
    required: 3,
    answered: 1,
  };
}

describe('neighbourhood', () => {
  it('places dependencies to the right and dependants to the left', () => {
    const { edges, leftOut, nodes } = neighbourhood(ref('ledger'), {
      nodes: [
        {
          entityRef: ref('ledger'),
          title: 'Ledger',
          distance: 0,
          coverage: { required: 3, answered: 1, tested: 0 },
        },
        {
          entityRef: ref('db'),
          title: 'Database',
          distance: 1,
          coverage: { required: 0, answered: 0, tested: 0 },
        },
        { entityRef: ref('shop'), distance: 1 },
        { entityRef: ref('mail'), distance: 2 },
      ],
      edges: [arrow('ledger>db'), arrow('shop>ledger'), arrow('mail>shop')],
      leftOut: { nodes: 3, hidden: 2 },
    });
    const at = (name: string) => nodes.find(one => one.entityRef === ref(name));
    expect(at('ledger')).toMatchObject({ x: 0, isRoot: true });
    expect(at('db')!.x).toBeGreaterThan(0);
    expect(at('shop')!.x).toBeLessThan(0);
    expect(at('mail')!.x).toBeLessThan(at('shop')!.x);
    expect(at('shop')!.title).toBe(ref('shop'));
    expect(at('ledger')!.answers).toEqual({
      text: '1 of 3 answered',
      isComplete: false,
    });
    expect(at('db')!.answers).toBeUndefined();
    expect(edges[0]).toEqual({
      sourceRef: ref('ledger'),
      targetRef: ref('db'),
      isHard: true,
      label: 'HARD, 1 of 3 answered',
    });
    expect(leftOut).toEqual([
      '3 more entities are not drawn',
      '2 that you may not see',
    ]);
  });

  it('keeps many of one step in a block, where no two lie upon each other', () => {
    const names = Array.from({ length: 130 }, (_, index) => `s${index}`);
    const { nodes } = neighbourhood(ref('db'), {
      nodes: [
        { entityRef: ref('db'), distance: 0 },
        ...names.map(name => ({ entityRef: ref(name), distance: 1 })),
        { entityRef: ref('far'), distance: 2 },
      ],
      edges: [...names.map(name => arrow(`${name}>db`)), arrow('far>s129')],
      leftOut: { nodes: 0, hidden: 0 },
    });
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(132);
    const step = nodes.filter(one => one.entityRef.includes('/s'));
    expect(Math.max(...step.map(one => one.x))).toBeLessThan(0);
    const far = nodes.find(one => one.entityRef === ref('far'));
    expect(far!.x).toBeLessThan(Math.min(...step.map(one => one.x)));
    const height =
      Math.max(...step.map(one => one.y)) - Math.min(...step.map(one => one.y));
    const width =
      Math.max(...step.map(one => one.x)) - Math.min(...step.map(one => one.x));
    expect(height).toBeLessThan(width * 2);
  });
});

describe('outageGraph', () => {
  function hit(name: string, distance: number): AffectedEntity {
    const step = {
      sourceRef: ref(name),
      targetRef: ref('db'),
      criticality: 'SOFT' as const,
      state: 'none' as const,
    };
    return {
      entityRef: ref(name),
      distance,
      via: 'SOFT',
      path: [ref('db'), ref(name)],
      steps: [step],
      unansweredEdges: [step],
    };
  }

  it('draws the five hundred closest, none upon another, and says how many are not', () => {
    const outage: OutageResponse = {
      affected: Array.from({ length: 700 }, (_, index) =>
        hit(`s${index}`, index < 600 ? 1 : 2),
      ),
      truncated: true,
      total: { hard: 0, soft: 900 },
      hidden: 4,
    };
    const { edges, leftOut, nodes } = outageGraph(
      ref('db'),
      'Database',
      outage,
    );
    expect(nodes).toHaveLength(500);
    expect(nodes[0]).toMatchObject({ title: 'Database', isRoot: true });
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(500);
    expect(edges).toHaveLength(499);
    expect(edges[0]).toMatchObject({ isHard: false, label: 'SOFT, none' });
    expect(leftOut).toEqual([
      '201 more entities are not drawn',
      '200 more entities are not listed',
      '4 that you may not see',
    ]);
  });
});

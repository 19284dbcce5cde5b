import {
  AffectedEntity,
  Coverage,
  GraphResponse,
  OutageResponse,
  Plane,
} from '@understanding-dev/backstage-plugin-understanding-common';

/** More boxes than these help nobody, and slow a browser down. */
const MAX_DRAWN = 500;
const COLUMN = 320;
const ROW = 108;
/** Of one lane; the rest stands beside it. */
const MAX_ROWS = 20;

/** A box in a picture. */
export interface DrawnNode {
  readonly entityRef: string;
  readonly title: string;
  readonly plane?: Plane;
  readonly isRoot: boolean;
  /** How far it has answered for its dependencies, in words. */
  readonly answers?: { readonly text: string; readonly isComplete: boolean };
  readonly x: number;
  readonly y: number;
}

/** An arrow in a picture, from who depends to what is depended on. */
export interface DrawnEdge {
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly isHard: boolean;
  /** Said on the arrow. */
  readonly label: string;
}

export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** What the picture does not show, in words. */
  readonly leftOut: string[];
}

type Placed = Omit<DrawnNode, 'x' | 'y' | 'isRoot'> & { column: number };

/**
 * Places what is around an entity: dependencies to its right, dependants to its left,
 * each step one column.
 */
export function neighbourhood(root: string, graph: GraphResponse): Drawing {
  const right = reachable(root, graph.edges, 'sourceRef', 'targetRef');
  return place(
    root,
    graph.nodes.map(({ coverage, distance, entityRef, plane, title }) => ({
      entityRef,
      plane,
      answers: coverage && answersOf(coverage),
      title: title ?? entityRef,
      column: right.has(entityRef) ? distance : -distance,
    })),
    graph.edges.map(edge => ({
      sourceRef: edge.sourceRef,
      targetRef: edge.targetRef,
      isHard: edge.criticality === 'HARD',
      label:
        edge.required === 0
          ? edge.criticality
          : `${edge.criticality}, ${edge.answered} of ${edge.required} answered`,
    })),
    [
      ...(graph.leftOut.nodes > 0
        ? [`${graph.leftOut.nodes} more entities are not drawn`]
        : []),
      ...(graph.leftOut.hidden > 0
        ? [`${graph.leftOut.hidden} that you may not see`]
        : []),
    ],
  );
}

/** Places those who are hit: each step away one column to the left. */
export function outageGraph(
  root: string,
  title: string,
  outage: OutageResponse,
): Drawing {
  const steps = new Map(
    outage.affected.flatMap(one =>
      one.steps.map(step => [`${step.sourceRef} ${step.targetRef}`, step]),
    ),
  );
  const beyond = outage.total.hard + outage.total.soft - outage.affected.length;
  return place(
    root,
    [
      { entityRef: root, title, column: 0 },
      ...outage.affected.map(one => ({
        entityRef: one.entityRef,
        title: one.title ?? one.entityRef,
        answers: ownAnswerOf(one),
        column: -one.distance,
      })),
    ],
    [...steps.values()].map(step => ({
      sourceRef: step.sourceRef,
      targetRef: step.targetRef,
      isHard: step.criticality === 'HARD',
      label: `${step.criticality}, ${step.state}`,
    })),
    [
      ...(beyond > 0 ? [`${beyond} more entities are not listed`] : []),
      ...(outage.hidden > 0 ? [`${outage.hidden} that you may not see`] : []),
    ],
  );
}

function answersOf({ answered, required }: Coverage): DrawnNode['answers'] {
  return required === 0
    ? undefined
    : {
        text: `${answered} of ${required} answered`,
        isComplete: answered === required,
      };
}

/** Its answer to what hits it; none of what the reader may not see. */
function ownAnswerOf(one: AffectedEntity): DrawnNode['answers'] {
  const step = one.steps.find(({ sourceRef }) => sourceRef === one.entityRef);
  return (
    step && {
      text: step.state === 'none' ? 'no answer' : `answer: ${step.state}`,
      isComplete: step.state !== 'none',
    }
  );
}

function place(
  root: string,
  all: readonly Placed[],
  edges: readonly DrawnEdge[],
  leftOut: readonly string[],
): Drawing {
  const drawn = [...all]
    .sort((a, b) => Math.abs(a.column) - Math.abs(b.column))
    .slice(0, MAX_DRAWN);
  const sizes = new Map<number, number>();
  for (const { column } of drawn) {
    sizes.set(column, (sizes.get(column) ?? 0) + 1);
  }
  const filled = new Map<number, number>();
  const nodes = drawn.map(({ column, ...node }) => {
    const index = filled.get(column) ?? 0;
    filled.set(column, index + 1);
    return {
      ...node,
      isRoot: node.entityRef === root,
      ...positionOf(column, index, sizes),
    };
  });
  const refs = new Set(nodes.map(node => node.entityRef));
  return {
    nodes,
    edges: edges.filter(
      edge => refs.has(edge.sourceRef) && refs.has(edge.targetRef),
    ),
    leftOut: [
      ...(all.length > drawn.length
        ? [`${all.length - drawn.length} more entities are not drawn`]
        : []),
      ...leftOut,
    ],
  };
}

/**
 * Each step away from the root is a block, which grows to the side where it would
 * become too high to be looked at as a whole.
 */
function positionOf(
  column: number,
  index: number,
  sizes: ReadonlyMap<number, number>,
): { x: number; y: number } {
  const side = Math.sign(column);
  let lane = Math.floor(index / MAX_ROWS);
  for (let inner = 0; inner !== column; inner += side) {
    lane += Math.max(1, Math.ceil((sizes.get(inner) ?? 0) / MAX_ROWS));
  }
  const size = sizes.get(column) ?? 1;
  const first = Math.floor(index / MAX_ROWS) * MAX_ROWS;
  const rows = Math.min(MAX_ROWS, size - first);
  return {
    x: side * lane * COLUMN,
    y: (index - first - (rows - 1) / 2) * ROW,
  };
}

function reachable(
  root: string,
  edges: GraphResponse['edges'],
  from: 'sourceRef' | 'targetRef',
  to: 'sourceRef' | 'targetRef',
): Set<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    next.set(edge[from], [...(next.get(edge[from]) ?? []), edge[to]]);
  }
  const found = new Set([root]);
  for (const ref of found) {
    (next.get(ref) ?? []).forEach(one => found.add(one));
  }
  return found;
}

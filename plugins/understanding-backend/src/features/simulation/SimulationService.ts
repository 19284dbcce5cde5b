import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AffectedEntity,
  DependencyGraph,
  GraphResponse,
  OutageRequest,
  OutageResponse,
  OutageStep,
  StructureResponse,
  buildGraph,
  describeOutage,
  findArticulationPoints,
  findCycles,
  findHotSpots,
  graphQuerySchema,
  retryAmplification,
  simulateOutage,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { Access, isVisible } from '../../permissions/Access';
import { seeEntity } from '../entities/seeEntity';
import { EntityStore } from '../entities/EntityStore';
import { SummaryStore } from '../entities/SummaryStore';
import type { SidesStore } from '../failure-modes/SidesStore';
import { GraphStore } from './GraphStore';

/** More than this nobody reads in a list; all are counted. */
const MAX_AFFECTED = 1000;
/** More than this nobody sees in a picture. */
const MAX_NODES = 500;
const MAX_FINDINGS = 50;
/** How long the whole graph is taken to be the same. */
const REMEMBERED_MILLIS = 30_000;

export interface SimulationServiceOptions {
  readonly access: Access;
  readonly entities: EntityStore;
  readonly summaries: SummaryStore;
  readonly graphs: GraphStore;
  readonly sides: SidesStore;
}

/** Answers what breaks when something does. */
export class SimulationService {
  readonly #options: SimulationServiceOptions;
  #remembered?: { until: number; graph: Promise<DependencyGraph> };

  static create(options: SimulationServiceOptions): SimulationService {
    return new SimulationService(options);
  }

  private constructor(options: SimulationServiceOptions) {
    this.#options = options;
  }

  /** @throws NotFoundError when the entity is not known, or may not be seen */
  async outage(
    request: OutageRequest,
    credentials: BackstageCredentials,
  ): Promise<OutageResponse> {
    const visible = await seeEntity(
      this.#options,
      request.entityRef,
      credentials,
    );
    const graph = await this.#graph();
    const root = graph.nodeOf.get(request.entityRef);
    if (root === undefined) {
      return {
        affected: [],
        truncated: false,
        total: { hard: 0, soft: 0 },
        hidden: 0,
      };
    }
    const answer = describeOutage({
      graph,
      outage: simulateOutage(graph, root),
      condition: request.condition,
      isVisible: ref => isVisible(visible, ref),
      limit: MAX_AFFECTED,
    });
    const titles = await this.#options.entities.titles(
      answer.affected.map(one => one.entityRef),
    );
    const retriesOf = await this.#declaredRetries(answer.affected);
    return {
      ...answer,
      affected: answer.affected.map(one => ({
        ...one,
        title: titles.get(one.entityRef),
        retryAmplification: retryAmplification(one.steps.map(retriesOf)),
      })),
    };
  }

  /** What is around an entity, up to some steps away, with what it leaves out. */
  async graph(
    query: z.output<typeof graphQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<GraphResponse> {
    const { graphs, summaries } = this.#options;
    const { depth, direction, root } = query;
    const visible = await seeEntity(this.#options, root, credentials);
    const distance = new Map([[root, 0]]);
    const leftOut = new Set<string>();
    const hidden = new Set<string>();
    const edges = new Map<string, GraphResponse['edges'][number]>();
    let frontier = [root];
    for (let step = 1; step <= depth && frontier.length > 0; step += 1) {
      const found = [
        ...(direction === 'dependants'
          ? []
          : await graphs.around(frontier, 'source_ref')),
        ...(direction === 'dependencies'
          ? []
          : await graphs.around(frontier, 'target_ref')),
      ];
      const next: string[] = [];
      for (const edge of found) {
        edges.set(`${edge.sourceRef} ${edge.targetRef}`, edge);
        for (const ref of [edge.sourceRef, edge.targetRef]) {
          if (!isVisible(visible, ref)) {
            hidden.add(ref);
          } else if (!distance.has(ref) && distance.size < MAX_NODES) {
            distance.set(ref, step);
            next.push(ref);
          } else if (!distance.has(ref)) {
            leftOut.add(ref);
          }
        }
      }
      frontier = next;
    }
    const refs = [...distance.keys()];
    const known = await summaries.getMany(refs);
    return {
      nodes: refs.map(ref => ({
        entityRef: ref,
        title: known.get(ref)?.title,
        plane: known.get(ref)?.plane,
        coverage: known.get(ref)?.coverage,
        distance: distance.get(ref) ?? 0,
      })),
      edges: [...edges.values()].filter(
        edge => distance.has(edge.sourceRef) && distance.has(edge.targetRef),
      ),
      leftOut: { nodes: leftOut.size, hidden: hidden.size },
    };
  }

  /**
   * Circles, single points of failure and hot spots, among what the caller may see;
   * what is hidden is no part of the graph that is looked at.
   */
  async structure(
    credentials: BackstageCredentials,
  ): Promise<StructureResponse> {
    const { entities: visible } = await this.#options.access.ofLists(
      credentials,
    );
    const whole = await this.#graph();
    const graph =
      visible.type === 'all'
        ? whole
        : buildGraph(
            whole.edges.filter(
              edge =>
                isVisible(visible, edge.sourceRef) &&
                isVisible(visible, edge.targetRef),
            ),
          );
    const cycles = findCycles(graph);
    const points = findArticulationPoints(graph);
    const refOf = (node: number) => graph.refs[node];
    return {
      entities: graph.refs.length,
      edges: graph.edges.length,
      cycles: cycles
        .slice(0, MAX_FINDINGS)
        .map(nodes => nodes.slice(0, MAX_FINDINGS).map(refOf)),
      singlePoints: points.slice(0, MAX_FINDINGS).map(refOf),
      hotSpots: findHotSpots(graph, MAX_FINDINGS).map(
        ({ node, dependants }) => ({ entityRef: refOf(node), dependants }),
      ),
      truncated:
        cycles.length > MAX_FINDINGS ||
        points.length > MAX_FINDINGS ||
        cycles.some(nodes => nodes.length > MAX_FINDINGS),
    };
  }

  /** How often the source of a step tries again, where somebody said so. */
  async #declaredRetries(affected: readonly AffectedEntity[]) {
    const found = await this.#options.sides.expectations(
      'source_ref',
      affected.flatMap(one => one.steps.map(step => step.sourceRef)),
    );
    const retries = new Map(
      found.map(one => [
        `${one.sourceRef} ${one.targetRef}`,
        one.expectation.retries,
      ]),
    );
    return ({ sourceRef, targetRef }: OutageStep) =>
      retries.get(`${sourceRef} ${targetRef}`);
  }

  // The graph is large and changes slowly, so that simulations share one.
  #graph(): Promise<DependencyGraph> {
    const now = Date.now();
    if (!this.#remembered || this.#remembered.until <= now) {
      const graph = this.#options.graphs.listAll().then(buildGraph);
      this.#remembered = { until: now + REMEMBERED_MILLIS, graph };
      graph.catch(() => {
        this.#remembered = undefined;
      });
    }
    return this.#remembered.graph;
  }
}

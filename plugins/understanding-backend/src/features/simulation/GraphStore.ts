import {
  CoverageState,
  Criticality,
  Edge,
  GraphEdge,
  GraphResponse,
  isDependency,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';

interface GraphEdgeRow {
  source_ref: string;
  target_ref: string;
  type: string;
  criticality: string;
  states: string;
  required: number;
  answered: number;
}

/** Rows in one query of the whole graph; between two of them others get their turn. */
const PAGE = 20_000;

/** The dependencies of all entities, as they were last assessed. */
export class GraphStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): GraphStore {
    return new GraphStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Replaces the dependencies of one entity. */
  async replace(
    tx: Knex,
    sourceRef: string,
    edges: ReadonlyArray<Omit<Edge, 'targetTitle'>>,
  ): Promise<void> {
    await tx<GraphEdgeRow>('graph_edges')
      .where({ source_ref: sourceRef })
      .delete();
    for (const batch of batches(edges.filter(isDependency))) {
      await tx<GraphEdgeRow>('graph_edges').insert(
        batch.map(({ conditions, ...edge }) => {
          const required = conditions.filter(one => one.required);
          return {
            source_ref: sourceRef,
            target_ref: edge.targetRef,
            type: edge.type,
            criticality: edge.criticality,
            states: conditions.map(one => one.state).join(' '),
            required: required.length,
            answered: required.filter(one => one.state !== 'none').length,
          };
        }),
      );
    }
  }

  /** Every dependency there is. */
  async listAll(): Promise<GraphEdge[]> {
    const edges: GraphEdge[] = [];
    let last: GraphEdgeRow | undefined;
    do {
      const query = this.#knex<GraphEdgeRow>('graph_edges')
        .orderBy(['source_ref', 'target_ref'])
        .limit(PAGE);
      if (last) {
        query.whereRaw('(source_ref, target_ref) > (?, ?)', [
          last.source_ref,
          last.target_ref,
        ]);
      }
      const rows = await query;
      edges.push(...rows.map(toGraphEdge));
      last = rows.length === PAGE ? rows[PAGE - 1] : undefined;
    } while (last);
    return edges;
  }

  /** Edges that leave or come to any of these. */
  async around(
    entityRefs: readonly string[],
    column: 'source_ref' | 'target_ref',
  ): Promise<GraphResponse['edges']> {
    const edges: GraphResponse['edges'] = [];
    for (const batch of batches(entityRefs)) {
      const rows = await this.#knex<GraphEdgeRow>('graph_edges')
        .whereIn(column, batch)
        .orderBy(['source_ref', 'target_ref']);
      edges.push(
        ...rows.map(row => ({
          sourceRef: row.source_ref,
          type: row.type as Edge['type'],
          targetRef: row.target_ref,
          criticality: row.criticality as Criticality,
          required: row.required,
          answered: row.answered,
        })),
      );
    }
    return edges;
  }
}

function toGraphEdge(row: GraphEdgeRow): GraphEdge {
  return {
    sourceRef: row.source_ref,
    targetRef: row.target_ref,
    criticality: row.criticality as Criticality,
    states: row.states.split(' ') as CoverageState[],
  };
}

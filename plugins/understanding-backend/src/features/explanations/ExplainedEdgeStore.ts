import {
  Edge,
  EdgeStanding,
  HostFile,
  edgeChanged,
  edgesSettleAt,
  findDependency,
  touchesEdge,
  unsettledSince,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import {
  ChangeRow,
  EdgeRow,
  ExplanationEdgeRow,
  ExplanationRow,
} from '../../database/tables';
import { StoredExplanation } from './ExplanationStore';
import { followedAt } from './hints';

/** More edges of one change are not looked at. */
const MAX_EDGES = 1000;

/** The dependencies that explained changes are about, as explained and as they are. */
export class ExplainedEdgeStore {
  static create(): ExplainedEdgeStore {
    return new ExplainedEdgeStore();
  }

  private constructor() {}

  /**
   * Writes which dependencies the change of an explanation is about. They are bound to
   * it once the catalog has followed its merge: none is taken away then, whatever
   * becomes of it.
   */
  async write(
    tx: Knex,
    { row, entityRefs }: Pick<StoredExplanation, 'row' | 'entityRefs'>,
    change: ChangeRow | undefined,
    now: string,
  ): Promise<void> {
    const files: HostFile[] = JSON.parse(change?.files ?? '[]');
    const paths = files.map(file => file.path);
    const changedAt = await followedAt(tx, row);
    const settleAt = row.merged_at ? edgesSettleAt(row.merged_at) : now;
    const edges = change ? await edgesAt(tx, entityRefs, settleAt) : [];
    const rows = new Map(
      edges
        .filter(edge => touchesEdge(toRule(edge), paths, changedAt))
        .map(({ source_ref, target_ref }) => [
          `${source_ref} ${target_ref}`,
          { explanation_id: row.id, source_ref, target_ref },
        ]),
    );
    if (now <= settleAt) {
      for (const one of await this.of(tx, row.id)) {
        const { source_ref, target_ref } = one;
        if (!rows.has(`${source_ref} ${target_ref}`)) {
          await tx<ExplanationEdgeRow>('explanation_edges')
            .where({ explanation_id: row.id, source_ref, target_ref })
            .delete();
        }
      }
    }
    for (const batch of batches([...rows.values()])) {
      await tx('explanation_edges')
        .insert(batch)
        .onConflict(['explanation_id', 'source_ref', 'target_ref'])
        .ignore();
    }
  }

  async of(tx: Knex, explanationId: string): Promise<ExplanationEdgeRow[]> {
    return tx<ExplanationEdgeRow>('explanation_edges')
      .where({ explanation_id: explanationId })
      .orderBy(['source_ref', 'target_ref']);
  }

  /**
   * Follows how the dependencies of an entity stand. Until the catalog has followed a
   * merge, that is how they are explained; from then on, what changes makes an
   * explanation one of an older system.
   *
   * @returns explanations that have to be judged anew
   */
  async follow(
    tx: Knex,
    sourceRef: string,
    edges: ReadonlyArray<Pick<Edge, 'criticality'> & FoundEdge>,
    now: string,
  ): Promise<string[]> {
    const bound: Array<Pick<ExplanationEdgeRow, 'target_ref' | 'present'>> =
      await tx<ExplanationEdgeRow>('explanation_edges')
        .where({ source_ref: sourceRef })
        .distinct('target_ref', 'present');
    const touched = new Set<string>();
    for (const { target_ref, present: before } of bound) {
      const present: EdgeStanding =
        findDependency(edges, target_ref)?.criticality ?? 'gone';
      if (present !== before) {
        const rows = await tx<ExplanationEdgeRow>('explanation_edges')
          .where({ source_ref: sourceRef, target_ref, present: before })
          .update({ present, changed_at: now })
          .returning('explanation_id');
        rows.forEach(one => touched.add(one.explanation_id));
      }
    }
    if (bound.length > 0) {
      await tx<ExplanationEdgeRow>('explanation_edges')
        .where({ source_ref: sourceRef })
        .andWhere(either =>
          either
            .whereNull('explained')
            .orWhereIn('explanation_id', unsettled(tx, sourceRef, now)),
        )
        .update({ explained: tx.ref('present') as never });
    }
    return [...touched].sort();
  }
}

type FoundEdge = Pick<Edge, 'type' | 'targetRef' | 'apiRefs'>;

/** Whether the system is another one than was explained. */
export function isChanged({ explained, present }: ExplanationEdgeRow): boolean {
  return edgeChanged(explained ?? undefined, present ?? undefined);
}

export function edgeInWords(edge: ExplanationEdgeRow): string {
  const { explained, present, target_ref: target } = edge;
  if (present === 'gone') {
    return `It depends on ${target} no more.`;
  }
  return explained === 'gone'
    ? `It depends on ${target} again.`
    : `The dependency on ${target} was ${explained}, and is ${present} now.`;
}

/** Explanations of changes that are open, or whose merge the catalog has to follow. */
function unsettled(tx: Knex, sourceRef: string, now: string) {
  return tx<ExplanationRow>('explanations')
    .join(
      'explanation_edges as about',
      'about.explanation_id',
      'explanations.id',
    )
    .where('about.source_ref', sourceRef)
    .andWhere(either =>
      either
        .whereNull('merged_at')
        .orWhere('merged_at', '>=', unsettledSince(now)),
    )
    .select('explanations.id');
}

function toRule(edge: EdgeRow) {
  return {
    sourceRef: edge.source_ref,
    sourceTitle: edge.source_ref,
    type: edge.type as 'dependsOn',
    targetRef: edge.target_ref,
    targetTitle: edge.target_ref,
    criticality: edge.criticality as 'HARD',
    firstSeen: edge.first_seen,
  };
}

/** What entities depended on at an instant. */
async function edgesAt(
  tx: Knex,
  entityRefs: readonly string[],
  instant: string,
): Promise<EdgeRow[]> {
  const found: EdgeRow[] = [];
  for (const batch of batches(entityRefs)) {
    const left = MAX_EDGES - found.length;
    if (left <= 0) {
      break;
    }
    found.push(
      ...(await tx<EdgeRow>('edges')
        .whereIn('source_ref', batch)
        .where('first_seen', '<=', instant)
        .andWhere(still =>
          still.whereNull('removed_at').orWhere('removed_at', '>', instant),
        )
        .whereNot({ type: 'partOf' })
        .orderBy(['source_ref', 'type', 'target_ref'])
        .limit(left)),
    );
  }
  return found;
}

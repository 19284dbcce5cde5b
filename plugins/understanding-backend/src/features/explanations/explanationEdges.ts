import {
  HostFile,
  touchesEdge,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { ChangeRow, EdgeRow, ExplanationEdgeRow } from '../../database/tables';
import { StoredExplanation } from './ExplanationStore';
import { followedAt } from './hints';

/** More edges of one change are not looked at. */
const MAX_EDGES = 1000;

/** Writes anew which dependencies the change of an explanation is about. */
export async function writeEdges(
  tx: Knex,
  { row, entityRefs }: Pick<StoredExplanation, 'row' | 'entityRefs'>,
  change: ChangeRow | undefined,
): Promise<void> {
  const files: HostFile[] = JSON.parse(change?.files ?? '[]');
  const paths = files.map(file => file.path);
  const changedAt = await followedAt(tx, row);
  const edges = change ? await edgesOf(tx, entityRefs) : [];
  const targets = new Map(
    edges
      .filter(edge =>
        touchesEdge(
          {
            sourceRef: edge.source_ref,
            sourceTitle: edge.source_ref,
            type: edge.type as 'dependsOn',
            targetRef: edge.target_ref,
            targetTitle: edge.target_ref,
            criticality: edge.criticality as 'HARD',
            firstSeen: edge.first_seen,
          },
          paths,
          changedAt,
        ),
      )
      .map(({ source_ref, target_ref }) => [
        `${source_ref} ${target_ref}`,
        { explanation_id: row.id, source_ref, target_ref },
      ]),
  );
  await tx<ExplanationEdgeRow>('explanation_edges')
    .where({ explanation_id: row.id })
    .delete();
  for (const batch of batches([...targets.values()])) {
    await tx<ExplanationEdgeRow>('explanation_edges').insert(batch);
  }
}

async function edgesOf(
  tx: Knex,
  entityRefs: readonly string[],
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
        .whereNull('removed_at')
        .whereNot({ type: 'partOf' })
        .orderBy(['source_ref', 'type', 'target_ref'])
        .limit(left)),
    );
  }
  return found;
}

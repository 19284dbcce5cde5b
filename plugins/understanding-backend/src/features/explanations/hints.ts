import {
  Edge,
  ExplanationRecord,
  HostFile,
  ShadowEntity,
  neededSections,
  reviewerPrompts,
  reviewerQuestions,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import {
  ChangeRow,
  EdgeRow,
  EntityRow,
  ExplanationRow,
} from '../../database/tables';
import { StoredExplanation } from './ExplanationStore';

/** More edges than that make no questions. */
const MAX_EDGES = 200;

/**
 * Prompts and questions for the reviewer of an explanation, from the files of its
 * change and the edges of its entities, as far as the caller may see them.
 */
export async function hintsOf(
  tx: Knex,
  stored: StoredExplanation,
  options: {
    isSeen: (entityRef: string) => boolean;
    duplicate: ExplanationRow | undefined;
  },
): Promise<Pick<ExplanationRecord, 'prompts' | 'questions'>> {
  const { row, texts } = stored;
  const { isSeen, duplicate } = options;
  const change = row.change_id
    ? await tx<ChangeRow>('changes').where({ id: row.change_id }).first('files')
    : undefined;
  const read: HostFile[] = JSON.parse(change?.files ?? '[]');
  const files = read.map(file => file.path);
  const entityRefs = stored.entityRefs.filter(isSeen);
  const edges = await tx<EdgeRow>('edges')
    .whereIn('source_ref', entityRefs.slice(0, MAX_EDGES))
    .whereNull('removed_at')
    .orderBy(['source_ref', 'type', 'target_ref'])
    .limit(MAX_EDGES);
  const shown = edges.filter(edge => isSeen(edge.target_ref));
  const titles = await titlesOf(tx, [
    ...entityRefs,
    ...shown.map(edge => edge.target_ref),
  ]);
  const titleOf = (ref: string) => titles.get(ref) ?? nameOf(ref);
  const explanation = texts.get(row.digest ?? row.described ?? '') ?? {
    sections: {},
    missing: neededSections,
    cut: [],
  };
  const changedAt = await followedAt(tx, row);
  const isAdded = (edge: EdgeRow) =>
    changedAt !== undefined && edge.first_seen > changedAt;
  return {
    prompts: reviewerPrompts({
      explanation,
      title: row.title ?? '',
      commits: [],
      files,
      names: [...titles].flatMap(([ref, title]) => [title, nameOf(ref)]),
      duplicate: duplicate && {
        of: duplicate.repository
          ? `${duplicate.repository}#${duplicate.number}`
          : `explanation ${duplicate.id}`,
        url: duplicate.url ?? undefined,
      },
      addedEdges: shown.filter(isAdded).map(edge => titleOf(edge.target_ref)),
    }),
    questions: reviewerQuestions({
      files,
      edges: shown.map(edge => ({
        sourceRef: edge.source_ref,
        type: edge.type as Edge['type'],
        targetRef: edge.target_ref,
        criticality: edge.criticality as Edge['criticality'],
        firstSeen: edge.first_seen,
        sourceTitle: titleOf(edge.source_ref),
        targetTitle: titleOf(edge.target_ref),
      })),
      changedAt,
    }),
  };
}

/**
 * When a change was proposed, where the catalog was followed by then; else all edges
 * seem to have come since.
 */
export async function followedAt(
  tx: Knex,
  row: ExplanationRow,
): Promise<string | undefined> {
  const before = await tx<EdgeRow>('edges')
    .where('first_seen', '<=', row.created_at)
    .first('first_seen');
  return row.change_id && before ? row.created_at : undefined;
}

async function titlesOf(
  tx: Knex,
  refs: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx<EntityRow>('entities')
    .whereIn('entity_ref', [...new Set(refs)])
    .select('entity_ref', 'shadow');
  return new Map(
    rows.map(row => {
      const { title }: ShadowEntity = JSON.parse(row.shadow);
      return [row.entity_ref, title];
    }),
  );
}

function nameOf(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1);
}

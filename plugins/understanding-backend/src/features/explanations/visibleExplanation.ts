import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { VisibleEntities, isVisible } from '../../permissions/Access';
import { ExplanationStore, StoredExplanation } from './ExplanationStore';

/**
 * One explanation, where the caller may see any of its entities.
 *
 * @throws NotFoundError when there is none, or the caller may see none of its entities
 */
export async function visibleExplanation(
  tx: Knex,
  explanations: ExplanationStore,
  id: string,
  entities: VisibleEntities,
): Promise<StoredExplanation> {
  const stored = await explanations.get(tx, id);
  if (!stored || !isSeen(entities, stored.entityRefs)) {
    throw new NotFoundError(
      `There is no explanation ${id}, or you may not see what it explains.`,
    );
  }
  return stored;
}

/** Whether a caller may see an explanation of some entities: where they see any. */
export function isSeen(
  visible: VisibleEntities,
  entityRefs: readonly string[],
): boolean {
  return visible.type === 'all' || seenAmong(visible, entityRefs).length > 0;
}

/** Those of some entities that a caller may see. */
export function seenAmong(
  visible: VisibleEntities,
  entityRefs: readonly string[],
): string[] {
  return entityRefs.filter(ref => isVisible(visible, ref));
}

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
  const isSeen =
    stored &&
    (entities.type === 'all' ||
      seenAmong(entities, stored.entityRefs).length > 0);
  if (!isSeen) {
    throw new NotFoundError(
      `There is no explanation ${id}, or you may not see what it explains.`,
    );
  }
  return stored;
}

/** Those of some entities that a caller may see. */
export function seenAmong(
  visible: VisibleEntities,
  entityRefs: readonly string[],
): string[] {
  return entityRefs.filter(ref => isVisible(visible, ref));
}

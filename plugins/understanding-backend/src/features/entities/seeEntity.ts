import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { Access, VisibleEntities, isVisible } from '../../permissions/Access';
import type { EntityStore } from './EntityStore';

/** The same where an entity is not there, and where it is hidden, so that it stays so. */
export function unknownEntity(entityRef: string): NotFoundError {
  return new NotFoundError(
    `Nothing is known of ${entityRef}: either the catalog has no such entity, or it was added only now, or you may not see it.`,
  );
}

/**
 * What a caller may see, who asks of one entity.
 *
 * @throws NotFoundError when it is not known, or the caller may not see it
 */
export async function seeEntity(
  { access, entities }: { access: Access; entities: EntityStore },
  entityRef: string,
  credentials: BackstageCredentials,
): Promise<VisibleEntities> {
  const { entities: visible } = await access.ofLists(credentials);
  if (!isVisible(visible, entityRef) || !(await entities.get(entityRef))) {
    throw unknownEntity(entityRef);
  }
  return visible;
}

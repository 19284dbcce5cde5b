import { Entity } from '@backstage/catalog-model';
import { entityKindSchema } from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * Whether there is anything to say about an entity of this kind.
 * @public
 */
export function isUnderstandingAvailable(entity: Entity): boolean {
  return entityKindSchema.safeParse(entity.kind.toLowerCase()).success;
}

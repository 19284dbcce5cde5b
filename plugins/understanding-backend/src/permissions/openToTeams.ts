import { Knex } from 'knex';
import type { EntityStore } from '../features/entities/EntityStore';
import type { VisibleEntities } from './Access';

/**
 * What everybody in some teams may see. Where permissions may hide entities, nobody
 * can be asked that for all members of a team: what is their own, they may see.
 */
export async function openToTeams(
  options: {
    knex: Knex;
    entities: Pick<EntityStore, 'refsOwnedBy'>;
    /** Whether permissions may keep entities from some readers. */
    hasPermissions: boolean;
  },
  teamRefs: readonly string[],
): Promise<VisibleEntities> {
  const { knex, entities, hasPermissions } = options;
  return hasPermissions
    ? {
        type: 'some',
        refs: new Set(await entities.refsOwnedBy(knex, teamRefs)),
      }
    : { type: 'all' };
}

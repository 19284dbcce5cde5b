import {
  ExplanationGate,
  HostRepository,
  ShadowEntity,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EntityRow } from '../../../database/tables';

/**
 * Whether the changes of a repository have checks. A rule of its host that requires
 * them does so for every change there, whichever entities it affects; so all have one as
 * soon as one entity wants them, and none where neither the configuration nor any entity
 * does.
 *
 * @param gate - where an entity does not say it
 */
export async function hasChecks(
  knex: Knex,
  { host, repository }: HostRepository,
  gate: ExplanationGate,
): Promise<boolean> {
  if (gate !== 'off') {
    return true;
  }
  const rows = await knex<EntityRow>('entities')
    .where({ host, host_repository: repository })
    .whereNull('removed_at')
    .select('shadow');
  return rows.some(row => {
    const entity: ShadowEntity = JSON.parse(row.shadow);
    return (entity.gate ?? gate) !== 'off';
  });
}

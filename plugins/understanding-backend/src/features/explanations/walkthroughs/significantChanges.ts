import { HostFile } from '@understanding-dev/backstage-plugin-understanding-common';
import { kindOfFile } from '@understanding-dev/git-knowledge';
import { Knex } from 'knex';
import { ChangeRow } from '../../../database/tables';

/** Changes whose files are read at once; some have thousands. */
const AT_ONCE = 20;

/**
 * When significant changes of an entity were merged after an instant, as hosts told of
 * them: those that touch more than documentation, vendored, generated and lock files.
 * A change of which nobody knows the files yet is none.
 *
 * @param most - more are not looked for
 */
export async function significantChanges(
  tx: Knex,
  entityRef: string,
  since: string,
  most: number,
): Promise<string[]> {
  const found: string[] = [];
  let after = { merged_at: since, id: '' };
  while (found.length < most) {
    const rows = await mergedAfter(tx, entityRef, after);
    found.push(
      ...rows.filter(isSignificant).map(({ merged_at: mergedAt }) => mergedAt),
    );
    if (rows.length < AT_ONCE) {
      break;
    }
    const last = rows[rows.length - 1];
    after = { merged_at: last.merged_at, id: last.id };
  }
  return found.slice(0, most);
}

type MergedChange = Pick<ChangeRow, 'id' | 'files'> & { merged_at: string };

/** The next changes of an entity, by when they were merged. */
async function mergedAfter(
  tx: Knex,
  entityRef: string,
  after: { merged_at: string; id: string },
): Promise<MergedChange[]> {
  return tx<ChangeRow>('changes')
    .join('change_entities', 'change_entities.change_id', 'changes.id')
    .where('change_entities.entity_ref', entityRef)
    .whereNotNull('changes.merged_at')
    .andWhere(later =>
      later
        .where('changes.merged_at', '>', after.merged_at)
        .orWhere(same =>
          same
            .where('changes.merged_at', after.merged_at)
            .andWhere('changes.id', '>', after.id),
        ),
    )
    .orderBy(['changes.merged_at', 'changes.id'])
    .limit(AT_ONCE)
    .select('changes.id', 'changes.files', 'changes.merged_at');
}

function isSignificant({ files }: Pick<ChangeRow, 'files'>): boolean {
  const read: HostFile[] = JSON.parse(files ?? '[]');
  return read.some(file => kindOfFile(file.path) === 'source');
}

import { Knex } from 'knex';

/**
 * Writes the next version of a row that somebody has read. Of two who do that at
 * once, the row lets one pass: the first insert wins by the key, the first update by
 * the version.
 *
 * @param key - the columns of the primary key, or of a unique index
 * @param read - the version that was read; 0 for a row that was not there
 * @returns whether that version was still the present one
 */
export async function writeVersion(
  tx: Knex,
  table: string,
  key: Readonly<Record<string, string>>,
  read: number,
  values: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  if (read > 0) {
    const updated = await tx(table)
      .where({ ...key, version: read })
      .update({ ...values, version: read + 1 });
    return updated > 0;
  }
  const inserted = await tx(table)
    .insert({ ...key, ...values, version: 1 })
    .onConflict(Object.keys(key))
    .ignore()
    .returning('version');
  return inserted.length > 0;
}

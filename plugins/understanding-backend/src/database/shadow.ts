import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { oneOf } from './prepared';

/** Rows in one statement; below SQLite's limit on variables. */
export const BATCH = 200;

/** A stable fingerprint of what was read, to notice changes by. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** The parts of an array, `BATCH` at a time. */
export function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH) {
    yield items.slice(start, start + BATCH);
  }
}

/** Whether a column has one of so many values that batches of them would be slow. */
export function isOneOf(
  knex: Knex,
  column: string,
  values: readonly string[],
): Knex.Raw {
  const { sql, binding } = oneOf(knex, values);
  return knex.raw(`?? ${sql}`, [column, binding]);
}

interface ShadowRow {
  hash: string;
  seen_at: string;
  removed_at: string | null;
}

/**
 * Brings rows of a shadow table up to date: new and changed ones are written, the
 * others only marked as seen.
 *
 * @returns the rows that changed, each with the row that it replaced.
 */
export async function upsertShadow<TRow extends ShadowRow>(
  tx: Knex,
  table: string,
  key: keyof TRow & string,
  rows: readonly TRow[],
): Promise<Array<{ row: TRow; previous: TRow | undefined }>> {
  const changed: Array<{ row: TRow; previous: TRow | undefined }> = [];
  for (const batch of batches(rows)) {
    const keys = batch.map(row => row[key] as string);
    const present: TRow[] = await tx(table).whereIn(key, keys);
    const byKey = new Map(present.map(row => [row[key], row]));
    const changes = batch
      .map(row => ({ row, previous: byKey.get(row[key]) }))
      .filter(
        ({ row, previous }) =>
          previous?.hash !== row.hash || previous.removed_at !== null,
      );
    if (changes.length > 0) {
      await tx(table)
        .insert(changes.map(({ row }) => row))
        .onConflict(key)
        .merge(
          Object.keys(changes[0].row).filter(column => column !== 'seen_at'),
        );
    }
    // Only ever later: two passes that overlap must not unsee each other's rows.
    await tx(table)
      .whereIn(key, keys)
      .andWhere('seen_at', '<', batch[0].seen_at)
      .update({ seen_at: batch[0].seen_at });
    changed.push(...changes);
  }
  return changed;
}

/** Tombstones the rows that a whole pass, begun at `now`, has not seen. */
export async function tombstoneUnseen<TRow extends ShadowRow>(
  tx: Knex,
  table: string,
  now: string,
): Promise<TRow[]> {
  const unseen = () =>
    tx(table).where('seen_at', '<', now).whereNull('removed_at');
  const rows: TRow[] = await unseen();
  if (rows.length > 0) {
    await unseen().update({ removed_at: now });
  }
  return rows;
}

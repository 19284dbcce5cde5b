import { Knex } from 'knex';
import { isPostgres } from './instants';

/** SQL whose text is the same whenever it is asked, and what it is asked with. */
export interface Statement {
  /** Another one for each text. */
  readonly name: string;
  readonly sql: string;
  readonly bindings: ReadonlyArray<string | readonly string[]>;
}

/**
 * Rows of a statement that is asked all the time. PostgreSQL plans it once for each
 * connection and not for each question, since planning takes longer than a look-up.
 */
export async function prepared<TRow>(
  knex: Knex,
  { name, sql, bindings }: Statement,
): Promise<TRow[]> {
  const result = await knex
    .raw(sql, bindings as Knex.RawBinding[])
    .options({ name });
  return isPostgres(knex) ? result.rows : result;
}

/** What follows a column that has one of some values, which are bound as one. */
export function oneOf(
  knex: Knex,
  values: readonly string[],
): { sql: string; binding: string | readonly string[] } {
  return isPostgres(knex)
    ? { sql: '= ANY(?)', binding: [...values] }
    : {
        sql: 'IN (SELECT value FROM json_each(?))',
        binding: JSON.stringify(values),
      };
}

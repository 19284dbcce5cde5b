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
 * Rows of a statement that is asked all the time. It is planned once for each connection
 * and not for each question, since planning takes longer than a look-up.
 */
export async function prepared<TRow>(
  knex: Knex,
  { name, sql, bindings }: Statement,
): Promise<TRow[]> {
  if (!isPostgres(knex)) {
    return onSqlite(knex, sql, bindings);
  }
  const { rows } = await knex
    .raw(sql, bindings as Knex.RawBinding[])
    .options({ name });
  return rows;
}

/** What better-sqlite3 has planned, by connection and text. */
const planned = new WeakMap<
  object,
  Map<string, { all(bindings: unknown): unknown[] }>
>();

// Knex has it planned anew each time.
async function onSqlite<TRow>(
  knex: Knex,
  sql: string,
  bindings: Statement['bindings'],
): Promise<TRow[]> {
  const connection = await knex.client.acquireConnection();
  try {
    const statements = planned.get(connection) ?? new Map();
    planned.set(connection, statements);
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    return statement.all(bindings) as TRow[];
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

/**
 * A value that is bound to a limit of a range. PostgreSQL would plan anew for each that
 * it could look at; SQLite looks at none.
 */
export function limitOf(knex: Knex): string {
  return isPostgres(knex) ? '(SELECT ?)' : '?';
}

/** Some values as rows with a column `value`, which are bound as one. */
export function eachOf(
  knex: Knex,
  values: readonly string[],
): { sql: string; binding: string | readonly string[] } {
  return isPostgres(knex)
    ? { sql: 'unnest(?::text[]) AS each(value)', binding: [...values] }
    : { sql: 'json_each(?) AS each', binding: JSON.stringify(values) };
}

/** What follows a column that has one of some values, which are bound as one. */
export function oneOf(
  knex: Knex,
  values: readonly string[],
): { sql: string; binding: string | readonly string[] } {
  const { sql, binding } = eachOf(knex, values);
  return { sql: among(knex, `SELECT value FROM ${sql}`), binding };
}

/**
 * What follows a column that has one of the values of a query. PostgreSQL would plan
 * anew for each array that it could look at.
 */
export function among(knex: Knex, sql: string): string {
  return isPostgres(knex) ? `= ANY(ARRAY(${sql}))` : `IN (${sql})`;
}

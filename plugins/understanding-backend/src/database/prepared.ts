import { Knex } from 'knex';
import { isPostgres } from './instants';

/** SQL whose text is the same whenever it is asked, and what it is asked with. */
export interface Statement {
  /** Another one for each text. */
  readonly name: string;
  readonly sql: string;
  readonly bindings: readonly string[];
}

/** What is used of a connection of pg, and of better-sqlite3. */
interface PostgresConnection {
  query(statement: {
    name: string;
    text: string;
    values: readonly string[];
  }): Promise<{ rows: unknown[] }>;
}
interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}
interface SqliteStatement {
  all(bindings: readonly string[]): unknown[];
}

/**
 * Rows of a statement that is asked all the time. It is planned once for each connection
 * and not for each question, since planning takes longer than a look-up; and it goes to
 * the connection itself, since what Knex makes of it takes longer than to send it.
 */
export async function prepared<TRow>(
  knex: Knex,
  statement: Statement,
): Promise<TRow[]> {
  const connection = await knex.client.acquireConnection();
  try {
    const rows = isPostgres(knex)
      ? await onPostgres(connection, statement)
      : onSqlite(connection, statement);
    return rows as TRow[];
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

/** By name, as PostgreSQL writes what is bound: `$1` instead of `?`. */
const numbered = new Map<string, string>();

async function onPostgres(
  connection: PostgresConnection,
  { name, sql, bindings }: Statement,
): Promise<unknown[]> {
  let text = numbered.get(name);
  if (text === undefined) {
    let count = 0;
    text = sql.replaceAll('?', () => `$${(count += 1)}`);
    numbered.set(name, text);
  }
  const { rows } = await connection.query({ name, text, values: bindings });
  return rows;
}

/** What better-sqlite3 has planned, by connection and text. */
const planned = new WeakMap<SqliteConnection, Map<string, SqliteStatement>>();

function onSqlite(
  connection: SqliteConnection,
  { sql, bindings }: Statement,
): unknown[] {
  const statements = planned.get(connection) ?? new Map();
  planned.set(connection, statements);
  const statement = statements.get(sql) ?? connection.prepare(sql);
  statements.set(sql, statement);
  return statement.all(bindings);
}

/**
 * A value that is bound to a limit of a range. PostgreSQL would plan anew for each that
 * it could look at; SQLite looks at none.
 */
export function limitOf(knex: Knex): string {
  return isPostgres(knex) ? '(SELECT ?)' : '?';
}

/** What no reference, path or word has in it. */
const SEPARATOR = '\u001f';
const SEPARATED = `string_to_array(?, chr(${SEPARATOR.charCodeAt(0)}))`;

/** Some values as rows with a column `value`, which are bound as one. */
export function eachOf(
  knex: Knex,
  values: readonly string[],
): { sql: string; binding: string } {
  return {
    sql: isPostgres(knex)
      ? `unnest(${SEPARATED}) AS each(value)`
      : 'json_each(?) AS each',
    binding: asOneText(knex, values),
  };
}

/** What follows a column that has one of some values, which are bound as one. */
export function oneOf(
  knex: Knex,
  values: readonly string[],
): { sql: string; binding: string } {
  return {
    sql: isPostgres(knex)
      ? `= ANY((SELECT ${SEPARATED})::text[])`
      : among(knex, 'SELECT value FROM json_each(?)'),
    binding: asOneText(knex, values),
  };
}

/**
 * What follows a column that has one of the values of a query. PostgreSQL finds each of
 * them by the column's index, and does not plan anew for what it could look at.
 */
export function among(knex: Knex, sql: string): string {
  return isPostgres(knex) ? `= ANY(ARRAY(${sql}))` : `IN (${sql})`;
}

// An array takes pg longer to write than all else of a statement.
function asOneText(knex: Knex, values: readonly string[]): string {
  return isPostgres(knex) ? values.join(SEPARATOR) : JSON.stringify(values);
}

import { Knex } from 'knex';

/** Tells the current instant, ISO 8601 in UTC with milliseconds. */
export type Clock = () => Promise<string>;

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * The clock of the database. Leases and due times of several replicas compare only
 * with this one, so that a replica whose own clock is wrong does no harm.
 */
export function databaseClock(knex: Knex): Clock {
  const sql = isPostgres(knex)
    ? `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now`
    : `SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS now`;
  return async () => {
    const result = await knex.raw(sql);
    const [row] = isPostgres(knex) ? result.rows : result;
    return String(row.now);
  };
}

/** The instant so many seconds after another. */
export function secondsAfter(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isPostgres } from './instants';

const migrationsDirectory = resolvePackagePath(
  '@understanding-dev/backstage-plugin-understanding-backend',
  'migrations',
);

/** What SQLite keeps of a database in memory, in KiB; by itself no more than 2000. */
const SQLITE_CACHE = 65_536;

/** Connects to the plugin's database and brings its schema up to date. */
export async function connectDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await migrateUp(knex);
  }
  if (!isPostgres(knex)) {
    await knex.raw(`PRAGMA cache_size = -${SQLITE_CACHE}`);
  }
  return knex;
}

export async function migrateUp(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: migrationsDirectory });
}

/** Undoes every migration. */
export async function migrateDown(knex: Knex): Promise<void> {
  await knex.migrate.rollback({ directory: migrationsDirectory }, true);
}

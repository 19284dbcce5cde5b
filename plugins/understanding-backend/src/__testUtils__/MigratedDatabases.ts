import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { isPostgres } from '../database/instants';
import { migrateUp } from '../database/migrations';

interface Migrated {
  readonly id: TestDatabaseId;
  readonly knex: Knex;
  isUsed: boolean;
}

/**
 * Databases with the plugin's tables, empty whenever a test asks for one. Each is made
 * and migrated once for a file, which takes longer than most tests, and goes from one
 * test to the next.
 */
export class MigratedDatabases {
  readonly #databases: TestDatabases;
  readonly #migrated: Migrated[] = [];

  /** To be called where hooks may be; after a test, what it was given may be given again. */
  static create(options: {
    ids: readonly TestDatabaseId[];
  }): MigratedDatabases {
    const databases = new MigratedDatabases(
      TestDatabases.create({ ids: [...options.ids] }),
    );
    afterEach(() => {
      databases.#migrated.forEach(one => {
        one.isUsed = false;
      });
    });
    return databases;
  }

  private constructor(databases: TestDatabases) {
    this.#databases = databases;
  }

  eachSupportedId(): [TestDatabaseId][] {
    return this.#databases.eachSupportedId();
  }

  /** One that nothing else in this test has. */
  async init(id: TestDatabaseId): Promise<Knex> {
    const idle = this.#migrated.find(one => one.id === id && !one.isUsed);
    if (idle) {
      idle.isUsed = true;
      await empty(idle.knex);
      return idle.knex;
    }
    const knex = await this.#databases.init(id);
    await migrateUp(knex);
    this.#migrated.push({ id, knex, isUsed: true });
    return knex;
  }
}

/** The names of the plugin's own tables, in order. */
export async function tablesOf(knex: Knex): Promise<string[]> {
  const rows: Array<{ name: string }> = isPostgres(knex)
    ? (
        await knex.raw(
          `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
        )
      ).rows
    : await knex.raw(`SELECT name FROM sqlite_master WHERE type = 'table'`);
  return rows
    .map(row => row.name)
    .filter(name => !/^(knex_|sqlite_)/.test(name))
    .sort();
}

async function empty(knex: Knex): Promise<void> {
  const deletions = (await tablesOf(knex)).map(name => `DELETE FROM "${name}"`);
  // PostgreSQL takes them in one message, and SQLite one at a time.
  const messages = isPostgres(knex) ? [deletions.join(';')] : deletions;
  for (const message of messages) {
    await knex.raw(message);
  }
}

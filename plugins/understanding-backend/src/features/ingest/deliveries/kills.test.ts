import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IngestProcesses } from '../../../__testUtils__/IngestProcesses';

jest.setTimeout(240_000);

const DELIVERIES = 300;
const KILLS = 4;

describe('deliveries to processes that are killed', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const folder = mkdtempSync(join(tmpdir(), 'understanding-kills-'));
  const opened: IngestProcesses[] = [];
  afterEach(async () => {
    for (const processes of opened.splice(0)) {
      await processes.dispose();
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** How another process reaches the same database. */
  async function databaseOf(id: string): Promise<Knex.Config> {
    if (id === 'SQLITE_3') {
      return {
        client: 'better-sqlite3',
        connection: { filename: join(folder, 'understanding.sqlite') },
        useNullAsDefault: true,
      };
    }
    const knex = await databases.init(id as 'POSTGRES_18');
    const { client, connection } = knex.client.config;
    // Knex hides the password from whoever lists its settings.
    return {
      client,
      connection: { ...connection, password: connection.password },
    };
  }

  it.each(databases.eachSupportedId())(
    'are neither lost nor done twice on %s',
    async id => {
      const processes = await IngestProcesses.create(await databaseOf(id));
      opened.push(processes);
      await processes.start();
      let killing = true;
      const killed = processes
        .killAgainAndAgain(KILLS, () => 50 + Math.random() * 300)
        .finally(() => {
          killing = false;
        });
      // Deliveries come until the last kill, however fast this machine is.
      await processes.deliver({
        atOnce: 4,
        more: delivered => killing || delivered < DELIVERIES,
      });
      await killed;

      const outcome = await processes.outcome();
      expect(outcome).toMatchObject({ lost: 0, duplicated: 0, unsettled: 0 });
      expect(outcome.acknowledged).toBeGreaterThanOrEqual(DELIVERIES);
      // Some were in hand whenever it was killed.
      expect(outcome.attempts).toBeGreaterThan(outcome.acknowledged);
    },
  );

  // On SQLite there is one process.
  it.each(databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3'))(
    'have their effect once, whichever of three replicas reads them, on %s',
    async id => {
      const processes = await IngestProcesses.create(await databaseOf(id));
      opened.push(processes);
      for (let replica = 0; replica < 3; replica += 1) {
        await processes.start();
      }
      await processes.deliver({
        atOnce: 12,
        more: delivered => delivered < DELIVERIES,
      });
      await expect(processes.outcome()).resolves.toEqual({
        acknowledged: DELIVERIES,
        attempts: DELIVERIES,
        lost: 0,
        duplicated: 0,
        unsettled: 0,
      });
    },
  );
});

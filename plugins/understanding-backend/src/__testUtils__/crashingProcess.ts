/**
 * A back end on a SQLite file, to be killed: `node crashingProcess.ts` with a
 * {@link CrashSetUp} in JSON as its argument. Prints `idle` when nothing is due.
 */
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AlertChannel } from '@understanding-dev/backstage-plugin-understanding-node';
import createKnex from 'knex';
import { readUnderstandingConfig } from '../config';
import { createLedger } from '../createLedger';
import { databaseClock } from '../database/instants';
import { migrateUp } from '../database/migrations';
import { TicketWorker } from '../database/TicketWorker';

export interface CrashSetUp {
  readonly file: string;
  readonly root: string;
  readonly entities: Entity[];
  /** Where alerts are posted to. */
  readonly receiver: string;
}

async function main({ file, root, entities, receiver }: CrashSetUp) {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  await migrateUp(knex);
  const chat: AlertChannel = {
    id: 'chat',
    idempotent: false,
    async send(alert) {
      await fetch(receiver, { method: 'POST', body: alert.dedupeKey });
      return { type: 'sent' };
    },
  };
  const logger = mockServices.rootLogger({ level: 'none' });
  const ledger = createLedger({
    knex,
    clock: databaseClock(knex),
    config: readUnderstandingConfig(
      mockServices.rootConfig({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          understanding: { repositories: { localRoots: [root] } },
        },
      }),
    ),
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities }),
    permissions: mockServices.permissions(),
    channels: new Map([[chat.id, chat]]),
    logger,
    jitter: Math.random,
  });
  await ledger.queue.recover();
  await ledger.syncCatalog();
  const worker = TicketWorker.create({ ...ledger, logger, pollMillis: 20 });
  worker.start();
  for (;;) {
    const due = await knex('tickets')
      .where('due_at', '<=', await databaseClock(knex)())
      .first();
    if (!due) {
      break;
    }
    await new Promise(done => setTimeout(done, 20));
  }
  await worker.stop();
  await knex.destroy();
  process.stdout.write('idle\n');
}

main(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

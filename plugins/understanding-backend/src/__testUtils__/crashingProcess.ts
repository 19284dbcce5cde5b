/**
 * A back end on a SQLite file, to be killed: `node crashingProcess.ts` with a
 * {@link CrashSetUp} in JSON as its argument. Prints `idle` when nothing is due and
 * every alert is settled.
 */
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { ConfigReader } from '@backstage/config';
import { Entity } from '@backstage/catalog-model';
import { AlertChannel } from '@understanding-dev/backstage-plugin-understanding-node';
import { readHistoryInChild } from '@understanding-dev/git-knowledge';
import createKnex from 'knex';
import { readUnderstandingConfig } from '../config';
import { createLedger } from '../createLedger';
import { migrateUp } from '../database/migrations';
import { TicketWorker } from '../database/TicketWorker';
import { noAudit } from './noAudit';
import { noMetrics } from './noMetrics';
import { noUrls } from './noUrls';
import { processServices } from './processServices';
import { ChangeHosts } from '../features/ingest/ChangeHosts';

export interface CrashSetUp {
  readonly file: string;
  readonly root: string;
  readonly entities: Entity[];
  /** From this instant on, in milliseconds, its clock runs {@link SPEED} times as fast. */
  readonly epoch: number;
  /** Where alerts are posted to. */
  readonly receiver: string;
}

/** A minute, which alerts wait for, is a second. */
const SPEED = 60;

async function main(setUp: CrashSetUp) {
  const { file, root, entities, receiver, epoch } = setUp;
  const clock = async () =>
    new Date(epoch + (Date.now() - epoch) * SPEED).toISOString();
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
  const { auth, logger, permissions } = processServices();
  const ledger = createLedger({
    knex,
    clock,
    urlReader: noUrls(),
    config: readUnderstandingConfig(
      new ConfigReader({
        app: { baseUrl: 'http://localhost:3000' },
        understanding: { repositories: { localRoots: [root] } },
      }),
    ),
    auditor: noAudit(),
    auth,
    catalog: new InMemoryCatalogClient({ entities }),
    permissions,
    channels: new Map([[chat.id, chat]]),
    hosts: new ChangeHosts(),
    metrics: noMetrics(),
    logger,
    readHistory: readHistoryInChild,
    jitter: Math.random,
  });
  await ledger.queue.recover();
  await ledger.begin();
  const worker = TicketWorker.create({ ...ledger, logger, pollMillis: 20 });
  worker.start();
  for (;;) {
    const due = await knex('tickets')
      .where({ queue: 'alert' })
      .orWhere('due_at', '<=', await clock())
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

/**
 * The hooks and the workers behind them in a process of their own, to be killed:
 * `node ingestProcess.ts` with an {@link IngestProcessOptions} in JSON as its argument.
 * Prints `ready` when it listens.
 */
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { ConfigReader } from '@backstage/config';
import { readHistoryInChild } from '@understanding-dev/git-knowledge';
import { readUnderstandingConfig } from '../config';
import { createLedger } from '../createLedger';
import { databaseClock } from '../database/instants';
import { TicketWorker } from '../database/TicketWorker';
import { ChangeHosts } from '../features/ingest/ChangeHosts';
import { createHookRouter } from '../features/ingest/deliveries/hookRoutes';
import express from 'express';
import createKnex, { Knex } from 'knex';
import { noAudit } from './noAudit';
import { noMetrics } from './noMetrics';
import { noUrls } from './noUrls';
import { processServices } from './processServices';
import { RemoteHost } from './RemoteHost';
import { StandInHost } from './StandInHost';

export interface IngestProcessOptions {
  readonly port: number;
  readonly database: Knex.Config;
  /** Where the host of changes answers; without it, nothing but deliveries is done. */
  readonly hostUrl?: string;
}

/** All that leads from a delivery to a check on the host. */
const CHECKING = new Set([
  'delivery',
  'change',
  'host',
  'review-rights',
  'check',
  'check-sweep',
]);

async function main({ port, database, hostUrl }: IngestProcessOptions) {
  // It ends with the process that started it, however that ends.
  process.stdin.resume().once('end', () => process.exit());
  const knex = createKnex(database);
  const clock = databaseClock(knex);
  const hosts = new ChangeHosts();
  hosts.add(hostUrl ? new RemoteHost(hostUrl) : new StandInHost());
  const { auth, logger, permissions } = processServices();
  const metrics = noMetrics();
  const ledger = createLedger({
    knex,
    clock,
    urlReader: noUrls(),
    config: readUnderstandingConfig(
      new ConfigReader({
        app: { baseUrl: 'http://localhost:3000' },
        understanding: {
          ingest: {
            requestsPerMinute: 100_000,
            sweepInterval: { minutes: 1 },
          },
        },
      }),
    ),
    auditor: noAudit(),
    auth,
    catalog: new InMemoryCatalogClient({ entities: [] }),
    permissions,
    channels: new Map(),
    hosts,
    metrics,
    logger,
    readHistory: readHistoryInChild,
    jitter: Math.random,
  });
  await ledger.queue.recover();
  if (hostUrl) {
    const now = await clock();
    await ledger.queue.mark(knex, 'host', hosts.instances, now);
    await ledger.queue.mark(knex, 'check-sweep', hosts.instances, now);
  }
  TicketWorker.create({
    queue: ledger.queue,
    handlers: ledger.handlers.filter(({ queue }) =>
      hostUrl ? CHECKING.has(queue) : queue === 'delivery',
    ),
    logger,
    // Six queues that are empty most of the time cost more than they gain.
    pollMillis: hostUrl ? 200 : 20,
  }).start();
  const app = express();
  app.use(
    createHookRouter({
      inbox: ledger.inbox,
      hosts,
      clock,
      metrics,
      logger,
      maxPending: 1_000_000,
    }),
  );
  app.use(
    (
      error: { statusCode?: number },
      _req: express.Request,
      res: express.Response,
      _next: express.NextFunction,
    ) => {
      res.status(error.statusCode ?? 500).end();
    },
  );
  app.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
}

main(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

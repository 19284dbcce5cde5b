/**
 * Backstage's catalog, and the routes of this product without its workers, in one
 * process on one database; started by whoUnderstands.mjs, which fills the databases.
 * The last argument is the configuration as JSON.
 */
import { createRequire } from 'node:module';

const require = createRequire(
  new URL('../plugins/understanding-backend/package.json', import.meta.url),
);
require('@backstage/cli/config/nodeTransform.cjs');
const { createBackend } = require('@backstage/backend-defaults');
const {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} = require('@backstage/backend-plugin-api');
const { catalogServiceRef } = require('@backstage/plugin-catalog-node');
const { readUnderstandingConfig } = require('./src/config');
const { createLedger } = require('./src/createLedger');
const { databaseClock } = require('./src/database/instants');
const { connectDatabase } = require('./src/database/migrations');
const { ChangeHosts } = require('./src/features/ingest/ChangeHosts');
const { createRouter } = require('./src/router');
const { ConfigReader } = require('@backstage/config');

const ENTITY_DUE = 'component:default/s0';

const routesOnly = createBackendPlugin({
  pluginId: 'understanding',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
      },
      async init(deps) {
        const knex = await connectDatabase(deps.database);
        const clock = databaseClock(knex);
        const ledger = createLedger({
          ...deps,
          knex,
          clock,
          config: readUnderstandingConfig(deps.config),
          channels: new Map(),
          hosts: new ChangeHosts(),
          metrics: {},
          jitter: Math.random,
        });
        deps.httpRouter.use(
          createRouter({ ...ledger, ...deps, isWorking: () => true }),
        );
        // Asked by the bench alone: to assess one entity again, and what was used.
        process.on('message', async message => {
          if (message === 'assess' || message === 'assess what is new') {
            if (message === 'assess what is new') {
              const newest = knex('evidence')
                .where({ entity_ref: ENTITY_DUE })
                .max('id');
              await knex('evidence').where('id', newest).increment('count', 1);
            }
            const reading = await readAlone(knex);
            const millis = await assess(ledger, knex, clock);
            process.send({ millis, reading });
          }
          if (message === 'collect') {
            globalThis.gc();
          }
          if (message === 'collect' || message === 'usage') {
            const { user, system } = process.cpuUsage();
            process.send({ processor: (user + system) / 1000 });
          }
        });
      },
    });
  },
});

async function assess({ queue, handlers }, knex, clock) {
  await queue.mark(knex, 'entity', [ENTITY_DUE], await clock());
  const handler = handlers.find(one => one.queue === 'entity');
  // Work is claimed for several entities at once.
  const [claim] = await queue.claim('entity', {
    limit: 1,
    leaseSeconds: handler.leaseSeconds,
  });
  const start = performance.now();
  await handler.handle(claim);
  return performance.now() - start;
}

/** What any assessment has to read, and nothing else. */
async function readAlone(knex) {
  const start = performance.now();
  const evidence = knex('evidence').where({ entity_ref: ENTITY_DUE });
  await Promise.all([
    evidence.clone(),
    knex('people').whereIn('person_ref', evidence.clone().select('person_ref')),
  ]);
  return performance.now() - start;
}

const config = JSON.parse(process.argv.at(-1));
const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => new ConfigReader(config),
  }),
);
// The lines of requests would be measured with them.
backend.add(
  createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => {
      const logger = {
        error: (...all) => console.error(...all),
        warn() {},
        info() {},
        debug() {},
        child: () => logger,
      };
      return logger;
    },
  }),
);
backend.add(require('@backstage/plugin-catalog-backend').default);
backend.add(routesOnly);
// Backstage itself stays when it cannot start, and whoever waits would wait for ever.
await backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
process.send({ ready: true });

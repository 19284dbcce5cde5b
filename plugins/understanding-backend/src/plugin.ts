import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { understandingPermissions } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  AlertChannel,
  understandingAlertChannelExtensionPoint,
  understandingChangeHostExtensionPoint,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { readHistoryInChild } from '@understanding-dev/git-knowledge';
import { registerActions } from './actions/registerActions';
import { readUnderstandingConfig } from './config';
import { createLedger } from './createLedger';
import { databaseClock } from './database/instants';
import { connectDatabase } from './database/migrations';
import { TicketWorker } from './database/TicketWorker';
import { NotificationsChannel } from './features/alerts/NotificationsChannel';
import { ChangeHosts } from './features/ingest/ChangeHosts';
import { createHookRouter } from './features/ingest/deliveries/hookRoutes';
import { incidentSources } from './features/ingest/incidents/incidentSources';
import { createSlackRouter } from './features/lookup/slack/slackRoutes';
import { createRouter } from './router';
import { IngestMetrics } from './telemetry/IngestMetrics';

/**
 * Who understands each service of the catalog, from evidence.
 * @public
 */
export const understandingPlugin = createBackendPlugin({
  pluginId: 'understanding',
  register(env) {
    const channels = new Map<string, AlertChannel>();
    const addAlertChannel = (channel: AlertChannel) => {
      if (channels.has(channel.id)) {
        throw new Error(
          `The alert channel "${channel.id}" is installed twice; install one.`,
        );
      }
      channels.set(channel.id, channel);
    };
    env.registerExtensionPoint(understandingAlertChannelExtensionPoint, {
      addAlertChannel,
    });
    const hosts = new ChangeHosts();
    env.registerExtensionPoint(understandingChangeHostExtensionPoint, {
      addChangeHost: host => hosts.add(host),
    });

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auditor, httpAuth, logger } = deps;
        addAlertChannel(
          NotificationsChannel.create({ notifications: deps.notifications }),
        );
        const knex = await connectDatabase(deps.database);
        const clock = databaseClock(knex);
        const config = readUnderstandingConfig(deps.config);
        incidentSources(config.incidents).forEach(one => hosts.addSource(one));
        const metrics = IngestMetrics.create({ metrics: deps.metrics });
        const ledger = createLedger({
          knex,
          clock,
          config,
          auditor,
          auth: deps.auth,
          catalog: deps.catalog,
          permissions: deps.permissions,
          channels,
          hosts,
          metrics,
          logger,
          urlReader: deps.urlReader,
          readHistory: readHistoryInChild,
          jitter: Math.random,
        });
        await ledger.queue.recover();

        const { queue, handlers } = ledger;
        const worker = TicketWorker.create({ queue, handlers, logger });
        deps.lifecycle.addStartupHook(async () => {
          await ledger.begin();
          worker.start();
        });
        // Before the shutdown: root hooks destroy the database pool in parallel.
        deps.rootLifecycle.addBeforeShutdownHook(() => worker.stop());

        deps.permissionsRegistry.addPermissions(understandingPermissions);
        registerActions({ ...ledger, registry: deps.actionsRegistry, auditor });
        metrics.observeQueues(() => queue.status());
        for (const path of ['/hooks', '/health', '/slack/commands']) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        deps.httpRouter.use(
          createHookRouter({
            ...ledger,
            hosts,
            clock,
            metrics,
            logger,
            maxPending: config.ingest.maxPending,
          }),
        );
        deps.httpRouter.use(
          createSlackRouter({
            ...config.slack,
            service: ledger.slack,
            logger,
          }),
        );
        deps.httpRouter.use(
          createRouter({
            ...ledger,
            httpAuth,
            auditor,
            isWorking: () => worker.isWorking(),
          }),
        );
      },
    });
  },
});

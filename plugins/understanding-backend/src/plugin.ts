import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { understandingPermissions } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  AlertChannel,
  understandingAlertChannelExtensionPoint,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { readUnderstandingConfig } from './config';
import { databaseClock } from './database/instants';
import { connectDatabase } from './database/migrations';
import { TicketQueue } from './database/TicketQueue';
import { TicketWorker } from './database/TicketWorker';
import { AlertSender } from './features/alerts/AlertSender';
import { AlertStore } from './features/alerts/AlertStore';
import { NotificationsChannel } from './features/alerts/NotificationsChannel';
import { CATALOG_KEY, CatalogSync } from './features/entities/CatalogSync';
import { EntityAssessor } from './features/entities/EntityAssessor';
import { EntityService } from './features/entities/EntityService';
import { EntityStore } from './features/entities/EntityStore';
import { SummaryStore } from './features/entities/SummaryStore';
import { FlagService } from './features/flags/FlagService';
import { FlagStore } from './features/flags/FlagStore';
import { HistoryReader } from './features/ingest/HistoryReader';
import { HistoryStore } from './features/ingest/HistoryStore';
import { LookupService } from './features/lookup/LookupService';
import { LookupStore } from './features/lookup/LookupStore';
import { PeopleStore } from './features/people/PeopleStore';
import { Access } from './permissions/Access';
import { createRouter } from './router';

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

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
      },
      async init(deps) {
        const { auditor, auth, catalog, httpAuth, logger, permissions } = deps;
        const config = readUnderstandingConfig(deps.config);
        const { settings } = config;
        const knex = await connectDatabase(deps.database);
        const clock = databaseClock(knex);
        const queue = TicketQueue.create({ knex, clock });
        await queue.recover();
        const entities = EntityStore.create({ knex });
        const people = PeopleStore.create({ knex });
        const histories = HistoryStore.create({ knex });
        const flags = FlagStore.create({ knex });
        const summaries = SummaryStore.create({ knex });
        const alerts = AlertStore.create({ knex, queue });
        const ledger = { knex, clock, queue, entities, people, histories };

        addAlertChannel(
          NotificationsChannel.create({ notifications: deps.notifications }),
        );
        const worker = TicketWorker.create({
          queue,
          logger,
          handlers: [
            CatalogSync.create({
              ...ledger,
              catalog,
              auth,
              logger,
              localRoots: config.repositories.localRoots,
              syncSeconds: config.catalogSyncSeconds,
            }),
            HistoryReader.create({
              ...ledger,
              checkSeconds: config.repositories.checkSeconds,
              timeoutSeconds: config.repositories.timeoutSeconds,
              halfLifeDays: config.halfLifeDays,
            }),
            EntityAssessor.create({
              ...ledger,
              settings,
              flags,
              alerts,
              summaries,
            }),
            AlertSender.create({
              knex,
              clock,
              queue,
              alerts,
              channels,
              appBaseUrl: config.appBaseUrl,
              logger,
              jitter: Math.random,
            }),
          ],
        });
        deps.lifecycle.addStartupHook(async () => {
          await queue.mark(knex, 'catalog', [CATALOG_KEY], await clock());
          worker.start();
        });
        // Before the shutdown: root hooks destroy the database pool in parallel.
        deps.rootLifecycle.addBeforeShutdownHook(() => worker.stop());

        deps.permissionsRegistry.addPermissions(understandingPermissions);
        const access = Access.create({ auth, permissions, catalog });
        deps.httpRouter.use(
          createRouter({
            entities: EntityService.create({ access, summaries, settings }),
            flags: FlagService.create({ access, flags }),
            lookup: LookupService.create({
              access,
              summaries,
              settings,
              lookups: LookupStore.create({ knex }),
            }),
            httpAuth,
            auditor,
          }),
        );
      },
    });
  },
});

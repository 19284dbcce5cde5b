import {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AlertChannel } from '@understanding-dev/backstage-plugin-understanding-node';
import type { readHistoryInChild } from '@understanding-dev/git-knowledge';
import { Knex } from 'knex';
import { UnderstandingConfig } from './config';
import { Stores, createStores } from './createStores';
import { Clock } from './database/instants';
import { TicketQueue } from './database/TicketQueue';
import { TicketHandler } from './database/TicketWorker';
import { AlertSender } from './features/alerts/AlertSender';
import { CATALOG_KEY, CatalogSync } from './features/entities/CatalogSync';
import { EdgeService } from './features/entities/EdgeService';
import { EntityAssessor } from './features/entities/EntityAssessor';
import { EntityRecordReader } from './features/entities/EntityRecordReader';
import { EntityService } from './features/entities/EntityService';
import { GoneEntityStore } from './features/entities/GoneEntityStore';
import { KnownEntityReader } from './features/entities/KnownEntityReader';
import { ServiceGraphReader } from './features/entities/ServiceGraphReader';
import { DRAFTS_KEY } from './features/explanations/drafts/DraftExpiry';
import { ExplainedEdgeStore } from './features/explanations/ExplainedEdgeStore';
import { createExplanations } from './features/explanations/createExplanations';
import { ExplanationServices } from './features/explanations/routes';
import { createWalkthroughs } from './features/explanations/walkthroughs/createWalkthroughs';
import { WalkthroughReader } from './features/explanations/walkthroughs/WalkthroughReader';
import { WalkthroughServices } from './features/explanations/walkthroughs/routes';
import { FailureModeFileReader } from './features/failure-modes/FailureModeFileReader';
import { FlagService } from './features/flags/FlagService';
import { ChangeHosts } from './features/ingest/ChangeHosts';
import { createIngest } from './features/ingest/createIngest';
import {
  FailureModeServices,
  createFailureModes,
} from './features/failure-modes/createFailureModes';
import { PeopleServices, createPeople } from './features/people/createPeople';
import { InboxStore } from './features/ingest/deliveries/InboxStore';
import { IngestService } from './features/ingest/IngestService';
import { Lookups, createLookups } from './features/lookup/createLookups';
import { OnCallService } from './features/lookup/OnCallService';
import { OperabilityService } from './features/operability/OperabilityService';
import { RETENTION_KEY } from './features/people/EvidenceExpiry';
import { DepartureService } from './features/simulation/DepartureService';
import { SimulationService } from './features/simulation/SimulationService';
import { Access } from './permissions/Access';
import { IngestMetrics } from './telemetry/IngestMetrics';

/** What works on the ledger, and what reads it for callers. */
export interface Ledger extends Lookups, FailureModeServices, PeopleServices {
  readonly queue: TicketQueue;
  /** In the order in which work flows from one to the next. */
  readonly handlers: readonly TicketHandler[];
  readonly access: Access;
  readonly entities: EntityService;
  readonly explanations: ExplanationServices;
  readonly walkthroughs: WalkthroughServices;
  readonly edges: EdgeService;
  readonly simulations: SimulationService;
  readonly departures: DepartureService;
  readonly flags: FlagService;
  readonly ingest: IngestService;
  readonly inbox: InboxStore;
  readonly operability: OperabilityService;
  /** Makes due what a process begins with: catalog, metrics, and change hosts. */
  begin(): Promise<void>;
}

export interface LedgerOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly config: UnderstandingConfig;
  readonly auditor: AuditorService;
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
  readonly channels: ReadonlyMap<string, AlertChannel>;
  readonly hosts: ChangeHosts;
  readonly metrics: IngestMetrics;
  readonly logger: LoggerService;
  readonly urlReader: UrlReaderService;
  /** In a process of its own where others wait for this one. */
  readonly readHistory: typeof readHistoryInChild;
  /** A number from 0 to 1, which spreads retries. */
  readonly jitter: () => number;
}

/** Puts the parts together; all of them see the same database and clock. */
export function createLedger(options: LedgerOptions): Ledger {
  const { config, auth, catalog, permissions } = options;
  const { settings } = config;
  const stores = createStores(options);
  const { knex, queue, modes, walkthroughs } = stores;
  const access = Access.create({
    ...config.people,
    ...{ auth, permissions, catalog },
  });
  const walkthroughReader = WalkthroughReader.create({
    ...{ knex, settings, walkthroughs },
  });
  const records = EntityRecordReader.create({
    ...stores,
    settings,
    failureModes: modes,
    walkthroughs: walkthroughReader,
  });
  const known = KnownEntityReader.create({ ...stores, records });
  const reading = { ...options, ...stores, access, known };
  const explanations = createExplanations(reading);
  const ingest = createIngest({ ...options, ...stores, explanations });
  const people = createPeople(reading);
  const edgeService = EdgeService.create({ ...reading, settings });
  const failureModes = createFailureModes({ ...reading, edgeService });
  const onCall = OnCallService.create({ ...stores, ...config.onCall });
  const entities = EntityService.create({
    ...stores,
    ...{ access, onCall },
    failureModes: modes,
    policy: explanations.services.policy,
  });
  return {
    queue,
    handlers: [
      CatalogSync.create({
        ...options,
        ...stores,
        mirrors: ingest.mirrors,
        localRoots: config.repositories.localRoots,
        reach: config.people.reach,
        schedules: config.onCall.schedules,
        syncSeconds: config.catalogSyncSeconds,
      }),
      ...ingest.changes,
      ...people.handlers,
      ...ingest.sources,
      ServiceGraphReader.create({
        ...stores,
        ...config.serviceGraph,
        service: edgeService,
      }),
      FailureModeFileReader.create(stores),
      EntityAssessor.create({
        ...stores,
        records,
        explained: ExplainedEdgeStore.create(),
        hasPermissions: config.hasPermissions,
      }),
      AlertSender.create({
        ...options,
        ...stores,
        appBaseUrl: config.appBaseUrl,
      }),
    ],
    access,
    inbox: stores.inbox,
    entities,
    edges: edgeService,
    explanations: explanations.services,
    walkthroughs: createWalkthroughs({
      ...reading,
      reader: walkthroughReader,
      store: walkthroughs,
      edges: edgeService,
    }),
    operability: OperabilityService.create({ ...stores, entities }),
    simulations: SimulationService.create(reading),
    departures: DepartureService.create({
      ...reading,
      ...config.simulations,
    }),
    flags: FlagService.create(reading),
    ingest: IngestService.create({
      ...reading,
      goneEntities: GoneEntityStore.create({ knex }),
      schedules: config.onCall.schedules,
    }),
    ...createLookups({ ...reading, onCall }),
    ...failureModes,
    ...people.services,
    begin: () => begin(options, stores),
  };
}

/** Makes due what a process begins with. */
async function begin(
  { config, hosts }: LedgerOptions,
  { knex, clock, queue, onCall }: Stores,
): Promise<void> {
  const now = await clock();
  await queue.mark(knex, 'catalog', [CATALOG_KEY], now);
  if (config.retentionSeconds !== undefined) {
    await queue.mark(knex, 'retention', [RETENTION_KEY], now);
  }
  await queue.mark(knex, 'draft-retention', [DRAFTS_KEY], now);
  await queue.mark(knex, 'host', hosts.instances, now);
  await queue.mark(knex, 'check-sweep', hosts.instances.slice(0, 1), now);
  await queue.mark(knex, 'service-graph', config.serviceGraph.urls, now);
  await queue.mark(
    knex,
    'schedule',
    [
      ...config.onCall.schedules.map(one => one.schedule),
      // What is not configured any more is forgotten.
      ...(await onCall.listSchedules()),
    ],
    now,
  );
}

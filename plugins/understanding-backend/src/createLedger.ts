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
import { Clock } from './database/instants';
import { TicketQueue } from './database/TicketQueue';
import { TicketHandler } from './database/TicketWorker';
import { AlertSender } from './features/alerts/AlertSender';
import { AlertStore } from './features/alerts/AlertStore';
import { CATALOG_KEY, CatalogSync } from './features/entities/CatalogSync';
import { EdgeService } from './features/entities/EdgeService';
import { EdgeStore } from './features/entities/EdgeStore';
import { EntityAssessor } from './features/entities/EntityAssessor';
import { EntityRecordReader } from './features/entities/EntityRecordReader';
import { EntityService } from './features/entities/EntityService';
import { GoneEntityStore } from './features/entities/GoneEntityStore';
import { ProposalReader } from './features/entities/ProposalReader';
import { ProposalStore } from './features/entities/ProposalStore';
import { EntityStore } from './features/entities/EntityStore';
import { ServiceGraphReader } from './features/entities/ServiceGraphReader';
import { SummaryStore } from './features/entities/SummaryStore';
import { DebtStore } from './features/explanations/DebtStore';
import { DRAFTS_KEY } from './features/explanations/drafts/DraftExpiry';
import { DraftStore } from './features/explanations/drafts/DraftStore';
import { ExplainedEdgeStore } from './features/explanations/ExplainedEdgeStore';
import { createExplanations } from './features/explanations/createExplanations';
import { ExplanationServices } from './features/explanations/routes';
import { createWalkthroughs } from './features/explanations/walkthroughs/createWalkthroughs';
import { WalkthroughReader } from './features/explanations/walkthroughs/WalkthroughReader';
import { WalkthroughStore } from './features/explanations/walkthroughs/WalkthroughStore';
import { WalkthroughServices } from './features/explanations/walkthroughs/routes';
import { AnswerService } from './features/failure-modes/AnswerService';
import { AnswerStore } from './features/failure-modes/AnswerStore';
import { AssumptionService } from './features/failure-modes/AssumptionService';
import { AssumptionStore } from './features/failure-modes/AssumptionStore';
import { FailureModeFileReader } from './features/failure-modes/FailureModeFileReader';
import { FailureModeFileStore } from './features/failure-modes/FailureModeFileStore';
import { FailureModeService } from './features/failure-modes/FailureModeService';
import { FailureModeStore } from './features/failure-modes/FailureModeStore';
import { SidesService } from './features/failure-modes/SidesService';
import { SidesStore } from './features/failure-modes/SidesStore';
import { FlagService } from './features/flags/FlagService';
import { FlagStore } from './features/flags/FlagStore';
import { ChangeHosts } from './features/ingest/ChangeHosts';
import { Attribution } from './features/ingest/changes/Attribution';
import { MergeGroupFinder } from './features/explanations/checks/MergeGroupFinder';
import { CatchUp } from './features/ingest/changes/CatchUp';
import { ChangeReader } from './features/ingest/changes/ChangeReader';
import { ChangeStore } from './features/ingest/changes/ChangeStore';
import { EvidenceStore } from './features/ingest/changes/EvidenceStore';
import { FactWriter } from './features/ingest/changes/FactWriter';
import { HostRepositoryStore } from './features/ingest/changes/HostRepositoryStore';
import { DeliveryHandler } from './features/ingest/deliveries/DeliveryHandler';
import { InboxStore } from './features/ingest/deliveries/InboxStore';
import { OnCallStore } from './features/ingest/on-call/OnCallStore';
import { ScheduleReader } from './features/ingest/on-call/ScheduleReader';
import { OperationStore } from './features/ingest/incidents/OperationStore';
import { IngestService } from './features/ingest/IngestService';
import { HistoryReader } from './features/ingest/HistoryReader';
import { HistoryStore } from './features/ingest/HistoryStore';
import { MirrorStore } from './features/ingest/mirrors/MirrorStore';
import { Mirrors } from './features/ingest/mirrors/Mirrors';
import { LookupStore } from './features/lookup/LookupStore';
import { Lookups, createLookups } from './features/lookup/createLookups';
import { OnCallService } from './features/lookup/OnCallService';
import { OperabilityService } from './features/operability/OperabilityService';
import { IdentityLists } from './features/people/IdentityLists';
import { IdentityService } from './features/people/IdentityService';
import { IdentityStore } from './features/people/IdentityStore';
import { PeopleStore } from './features/people/PeopleStore';
import { ReachStore } from './features/people/ReachStore';
import { AboutMeService } from './features/people/AboutMeService';
import { ErasureService } from './features/people/ErasureService';
import { ErasedStore } from './features/people/ErasedStore';
import {
  EvidenceExpiry,
  RETENTION_KEY,
  oldestKept,
} from './features/people/EvidenceExpiry';
import { RenameStore } from './features/people/RenameStore';
import { PersonEraser } from './features/people/PersonEraser';
import { AbsenceStore } from './features/people/AbsenceStore';
import { TeamService } from './features/people/TeamService';
import { StatementService } from './features/people/StatementService';
import { StatementStore } from './features/people/StatementStore';
import { DepartureService } from './features/simulation/DepartureService';
import { GraphStore } from './features/simulation/GraphStore';
import { SimulationService } from './features/simulation/SimulationService';
import { Access } from './permissions/Access';
import { IngestMetrics } from './telemetry/IngestMetrics';

/** What works on the ledger, and what reads it for callers. */
export interface Ledger extends Lookups {
  readonly queue: TicketQueue;
  /** In the order in which work flows from one to the next. */
  readonly handlers: readonly TicketHandler[];
  readonly access: Access;
  readonly entities: EntityService;
  readonly explanations: ExplanationServices;
  readonly walkthroughs: WalkthroughServices;
  readonly edges: EdgeService;
  readonly failureModes: FailureModeService;
  readonly answers: AnswerService;
  readonly assumptions: AssumptionService;
  readonly sides: SidesService;
  readonly simulations: SimulationService;
  readonly departures: DepartureService;
  readonly flags: FlagService;
  readonly ingest: IngestService;
  readonly inbox: InboxStore;
  readonly operability: OperabilityService;
  readonly statements: StatementService;
  readonly teams: TeamService;
  readonly aboutMe: AboutMeService;
  readonly identities: IdentityService;
  readonly erasures: ErasureService;
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
  const { knex, clock, config, auth, catalog, permissions, logger, hosts } =
    options;
  const { settings } = config;
  const queue = TicketQueue.create({ knex, clock });
  const kept = oldestKept(config.retentionSeconds);
  const entities = EntityStore.create({ knex });
  const edges = EdgeStore.create({ knex });
  const people = PeopleStore.create({ knex });
  const identities = IdentityStore.create({ knex });
  const renames = RenameStore.create({ knex });
  const histories = HistoryStore.create({
    ...{ knex, identities, renames },
    oldestKept: kept,
  });
  const flags = FlagStore.create({ knex });
  const erased = ErasedStore.create({ knex });
  const summaries = SummaryStore.create({ knex });
  const lookups = LookupStore.create({ knex, identities, summaries });
  const reach = ReachStore.create({ knex });
  const statements = StatementStore.create({ knex, renames });
  const drafts = DraftStore.create({ knex });
  const debts = DebtStore.create({ knex });
  const alerts = AlertStore.create({ knex, queue });
  const inbox = InboxStore.create({ knex, queue });
  const changes = ChangeStore.create({ knex });
  const repositories = HostRepositoryStore.create({ knex });
  const access = Access.create({
    ...config.people,
    auth,
    permissions,
    catalog,
  });
  const { localRoots, mirrors: mirrorSettings } = config.repositories;
  const leaseSeconds =
    config.repositories.timeoutSeconds +
    (mirrorSettings?.timeoutSeconds ?? 0) +
    60;
  const mirrors =
    mirrorSettings &&
    Mirrors.create({
      settings: mirrorSettings,
      hosts,
      store: MirrorStore.create({ knex }),
      logger,
      leaseSeconds,
    });
  const proposals = ProposalStore.create({ knex, queue });
  const explanations = createExplanations({
    ...options,
    ...{ queue, access, summaries, people, lookups, statements, debts },
    ...{ drafts, renames },
  });
  const operations = OperationStore.create({ erased, oldestKept: kept });
  const onCall = OnCallStore.create({
    ...{ knex, identities, erased },
    oldestKept: kept,
  });
  const facts = FactWriter.create({
    queue,
    entities,
    changes,
    repositories,
    evidence: EvidenceStore.create({ erased, oldestKept: kept }),
    operations,
    mirrors,
    explanations: explanations.writer,
    checks: explanations.checks,
    mergeGroups: explanations.mergeGroups,
    proposals,
  });
  const ingest = { knex, clock, queue, hosts, inbox, changes, repositories };
  const reader = ChangeReader.create({ ...ingest, facts });
  const stores = {
    ...{ knex, clock, queue, entities, edges, people, identities },
    ...{ histories, renames },
  };
  const modes = FailureModeStore.create({ knex });
  const sides = SidesStore.create({ knex });
  const assumptions = AssumptionStore.create({ knex });
  const graphs = GraphStore.create({ knex });
  const walkthroughs = WalkthroughStore.create();
  const walkthroughReader = WalkthroughReader.create({
    knex,
    settings,
    walkthroughs,
  });
  const answers = AnswerStore.create({ knex });
  const files = FailureModeFileStore.create({ knex, modes });
  const edgeService = EdgeService.create({
    ...stores,
    answers,
    proposals,
    access,
    settings,
  });
  const failureModes = FailureModeService.create({
    ...stores,
    access,
    modes,
    files,
    proposals,
    settings,
  });
  const onCallService = OnCallService.create({
    ...{ clock, people, reach, onCall },
    ...config.onCall,
  });
  const entityService = EntityService.create({
    access,
    onCall: onCallService,
    summaries,
    failureModes: modes,
    policy: explanations.services.policy,
  });
  return {
    queue,
    handlers: [
      CatalogSync.create({
        ...stores,
        operations,
        catalog,
        auth,
        logger,
        hosts,
        localRoots,
        mirrors,
        reach: config.people.reach,
        schedules: config.onCall.schedules,
        syncSeconds: config.catalogSyncSeconds,
      }),
      DeliveryHandler.create({ ...ingest, facts, metrics: options.metrics }),
      ...explanations.handlers,
      reader,
      Attribution.create({ ...ingest, facts }),
      ProposalReader.create({ ...ingest, entities, proposals }),
      CatchUp.create({
        ...ingest,
        ...config.ingest,
        entities,
        facts,
        reader,
        logger,
        mergeGroups: MergeGroupFinder.create({
          ...ingest,
          logger,
          mergeGroups: explanations.mergeGroups,
        }),
      }),
      PersonEraser.create({ ...stores, erased }),
      EvidenceExpiry.create({ ...stores, oldestKept: kept }),
      HistoryReader.create({
        ...stores,
        erased,
        mirrors,
        readHistory: options.readHistory,
        leaseSeconds,
        checkSeconds: config.repositories.checkSeconds,
        timeoutSeconds: config.repositories.timeoutSeconds,
        halfLifeDays: config.halfLifeDays,
      }),
      ScheduleReader.create({
        ...{ knex, clock, queue, onCall, logger },
        ...config.onCall,
        urlReader: options.urlReader,
        behindDays: settings.evidence.fadingDays,
      }),
      ServiceGraphReader.create({
        ...stores,
        ...config.serviceGraph,
        service: edgeService,
      }),
      FailureModeFileReader.create({ ...stores, files }),
      EntityAssessor.create({
        ...stores,
        records: EntityRecordReader.create({
          ...stores,
          ...{ settings, flags, answers, assumptions, proposals, statements },
          failureModes: modes,
          walkthroughs: walkthroughReader,
        }),
        files,
        settings,
        flags,
        alerts,
        reach,
        summaries,
        repositories,
        graphs,
        explained: ExplainedEdgeStore.create(),
        hasPermissions: config.hasPermissions,
      }),
      AlertSender.create({
        knex,
        clock,
        queue,
        alerts,
        channels: options.channels,
        appBaseUrl: config.appBaseUrl,
        logger,
        jitter: options.jitter,
      }),
    ],
    access,
    entities: entityService,
    operability: OperabilityService.create({
      entities: entityService,
      debts: DebtStore.create({ knex }),
    }),
    edges: edgeService,
    failureModes,
    answers: AnswerService.create({
      ...stores,
      access,
      answers,
      edgeService,
      failureModes,
      settings,
      appBaseUrl: config.appBaseUrl,
    }),
    assumptions: AssumptionService.create({
      ...stores,
      access,
      assumptions,
      settings,
    }),
    sides: SidesService.create({ ...stores, access, sides, edgeService }),
    simulations: SimulationService.create({
      ...stores,
      sides,
      access,
      summaries,
      graphs,
    }),
    departures: DepartureService.create({
      ...stores,
      ...config.simulations,
      access,
      summaries,
      statements,
    }),
    explanations: explanations.services,
    walkthroughs: createWalkthroughs({
      ...{ knex, clock, queue, access, assumptions },
      reader: walkthroughReader,
      store: walkthroughs,
      edges: edgeService,
    }),
    flags: FlagService.create({ access, flags }),
    ingest: IngestService.create({
      ...{ ...ingest, access, onCall },
      goneEntities: GoneEntityStore.create({ knex }),
      schedules: config.onCall.schedules,
    }),
    inbox,
    ...createLookups({
      ...options,
      ...stores,
      access,
      summaries,
      lookups,
      reach,
      onCall: onCallService,
    }),
    aboutMe: AboutMeService.create({
      ...stores,
      access,
      summaries,
      statements,
      answers,
      drafts,
    }),
    teams: TeamService.create({
      ...stores,
      access,
      summaries,
      absence: AbsenceStore.create({ knex }),
    }),
    erasures: ErasureService.create({ ...stores, access }),
    identities: IdentityService.create({
      ...stores,
      access,
      lists: IdentityLists.create({ knex }),
    }),
    statements: StatementService.create({
      ...stores,
      access,
      statements,
      debts,
      settings,
    }),
    begin: async () => {
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
    },
  };
}

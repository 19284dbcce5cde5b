import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import type { readHistoryInChild } from '@understanding-dev/git-knowledge';
import type { Stores } from '../../createStores';
import { UnderstandingConfig } from '../../config';
import { TicketHandler } from '../../database/TicketWorker';
import { IngestMetrics } from '../../telemetry/IngestMetrics';
import { ProposalReader } from '../entities/ProposalReader';
import { MergeGroupFinder } from '../explanations/checks/MergeGroupFinder';
import type { createExplanations } from '../explanations/createExplanations';
import { ChangeHosts } from './ChangeHosts';
import { Attribution } from './changes/Attribution';
import { CatchUp } from './changes/CatchUp';
import { ChangeReader } from './changes/ChangeReader';
import { EvidenceStore } from './changes/EvidenceStore';
import { FactWriter } from './changes/FactWriter';
import { DeliveryHandler } from './deliveries/DeliveryHandler';
import { HistoryReader } from './HistoryReader';
import { MirrorStore } from './mirrors/MirrorStore';
import { Mirrors } from './mirrors/Mirrors';
import { ScheduleReader } from './on-call/ScheduleReader';

export interface CreateIngestOptions extends Stores {
  readonly config: UnderstandingConfig;
  readonly hosts: ChangeHosts;
  readonly explanations: ReturnType<typeof createExplanations>;
  readonly metrics: IngestMetrics;
  readonly logger: LoggerService;
  readonly urlReader: UrlReaderService;
  /** In a process of its own where others wait for this one. */
  readonly readHistory: typeof readHistoryInChild;
  /** A number from 0 to 1, which spreads retries. */
  readonly jitter: () => number;
}

/** Puts together what reads hosts, histories and schedules. */
export function createIngest(options: CreateIngestOptions): {
  /** Absent where nothing is fetched. */
  mirrors?: Mirrors;
  /** What hosts tell. */
  changes: TicketHandler[];
  /** What is read of repositories and calendars. */
  sources: TicketHandler[];
} {
  const { knex, config, explanations, hosts, logger } = options;
  const {
    checkSeconds,
    timeoutSeconds,
    mirrors: settings,
  } = config.repositories;
  const leaseSeconds = timeoutSeconds + (settings?.timeoutSeconds ?? 0) + 60;
  const mirrors =
    settings &&
    Mirrors.create({
      ...{ settings, hosts, logger, leaseSeconds },
      store: MirrorStore.create({ knex }),
    });
  const facts = FactWriter.create({
    ...options,
    mirrors,
    evidence: EvidenceStore.create(options),
    explanations: explanations.writer,
    checks: explanations.checks,
    mergeGroups: explanations.mergeGroups,
  });
  const ingest = { ...options, facts };
  const reader = ChangeReader.create(ingest);
  return {
    mirrors,
    changes: [
      DeliveryHandler.create(ingest),
      ...explanations.handlers,
      reader,
      Attribution.create(ingest),
      ProposalReader.create(ingest),
      CatchUp.create({
        ...ingest,
        ...config.ingest,
        reader,
        mergeGroups: MergeGroupFinder.create({
          ...ingest,
          mergeGroups: explanations.mergeGroups,
        }),
      }),
    ],
    sources: [
      HistoryReader.create({
        ...options,
        ...{ mirrors, leaseSeconds, checkSeconds, timeoutSeconds },
        halfLifeDays: config.halfLifeDays,
      }),
      ScheduleReader.create({
        ...options,
        ...config.onCall,
        behindDays: config.settings.evidence.fadingDays,
      }),
    ],
  };
}

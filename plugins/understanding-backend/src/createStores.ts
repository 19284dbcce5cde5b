import { Knex } from 'knex';
import { UnderstandingConfig } from './config';
import { Clock } from './database/instants';
import { TicketQueue } from './database/TicketQueue';
import { AlertStore } from './features/alerts/AlertStore';
import { EdgeStore } from './features/entities/EdgeStore';
import { EntityStore } from './features/entities/EntityStore';
import { ProposalStore } from './features/entities/ProposalStore';
import { ReadingStore } from './features/entities/ReadingStore';
import { SummaryStore } from './features/entities/SummaryStore';
import { DebtStore } from './features/explanations/DebtStore';
import { DraftStore } from './features/explanations/drafts/DraftStore';
import { WalkthroughStore } from './features/explanations/walkthroughs/WalkthroughStore';
import { AnswerStore } from './features/failure-modes/AnswerStore';
import { AssumptionStore } from './features/failure-modes/AssumptionStore';
import { FailureModeFileStore } from './features/failure-modes/FailureModeFileStore';
import { FailureModeStore } from './features/failure-modes/FailureModeStore';
import { SidesStore } from './features/failure-modes/SidesStore';
import { FlagStore } from './features/flags/FlagStore';
import { ChangeStore } from './features/ingest/changes/ChangeStore';
import { HostRepositoryStore } from './features/ingest/changes/HostRepositoryStore';
import { InboxStore } from './features/ingest/deliveries/InboxStore';
import { HistoryStore } from './features/ingest/HistoryStore';
import { OperationStore } from './features/ingest/incidents/OperationStore';
import { OnCallStore } from './features/ingest/on-call/OnCallStore';
import { PathStore } from './features/lookup/PathStore';
import { ErasedStore } from './features/people/ErasedStore';
import { oldestKept } from './features/people/EvidenceExpiry';
import { IdentityStore } from './features/people/IdentityStore';
import { OwnerStore } from './features/people/OwnerStore';
import { PeopleStore } from './features/people/PeopleStore';
import { ReachStore } from './features/people/ReachStore';
import { RenameStore } from './features/people/RenameStore';
import { StatementStore } from './features/people/StatementStore';
import { GraphStore } from './features/simulation/GraphStore';

/** What is kept and shared by several capabilities, by the names that they ask for it. */
export type Stores = ReturnType<typeof createStores>;

/** Opens all of it on one database. */
export function createStores(options: {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly config: UnderstandingConfig;
}) {
  const { knex, clock, config } = options;
  const kept = oldestKept(config.retentionSeconds);
  const queue = TicketQueue.create({ knex, clock });
  const identities = IdentityStore.create({ knex });
  const renames = RenameStore.create({ knex });
  const erased = ErasedStore.create({ knex });
  const people = PeopleStore.create({ knex });
  const modes = FailureModeStore.create({ knex });
  return {
    knex,
    clock,
    queue,
    oldestKept: kept,
    alerts: AlertStore.create({ knex, queue }),
    answers: AnswerStore.create({ knex }),
    assumptions: AssumptionStore.create({ knex }),
    changes: ChangeStore.create({ knex }),
    debts: DebtStore.create({ knex }),
    drafts: DraftStore.create({ knex }),
    edges: EdgeStore.create({ knex }),
    entities: EntityStore.create({ knex }),
    erased,
    files: FailureModeFileStore.create({ knex, modes }),
    flags: FlagStore.create({ knex }),
    graphs: GraphStore.create({ knex }),
    histories: HistoryStore.create({
      ...{ knex, identities, renames },
      oldestKept: kept,
    }),
    identities,
    inbox: InboxStore.create({ knex, queue }),
    modes,
    onCall: OnCallStore.create({
      ...{ knex, identities, erased },
      oldestKept: kept,
    }),
    operations: OperationStore.create({ erased, oldestKept: kept }),
    owners: OwnerStore.create({ knex, people }),
    paths: PathStore.create({ knex, identities, renames, people }),
    people,
    proposals: ProposalStore.create({ knex, queue }),
    reach: ReachStore.create({ knex }),
    reading: ReadingStore.create({ knex, clock }),
    renames,
    repositories: HostRepositoryStore.create({ knex }),
    sides: SidesStore.create({ knex }),
    statements: StatementStore.create({ knex, renames }),
    summaries: SummaryStore.create({ knex }),
    walkthroughs: WalkthroughStore.create(),
  };
}

import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CatalogEntity,
  ReachAnnotations,
  ShadowTeam,
  declaredEdges,
  entityKindSchema,
  parseChannels,
  toShadowEntity,
  toShadowPerson,
  toShadowTeam,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import { ChangeHosts } from '../ingest/ChangeHosts';
import { keyOf } from '../ingest/changes/HostRepositoryStore';
import type { HistoryStore } from '../ingest/HistoryStore';
import type { OperationStore } from '../ingest/incidents/OperationStore';
import type { Mirrors } from '../ingest/mirrors/Mirrors';
import type { ScheduleSettings } from '../ingest/on-call/ScheduleReader';
import type {
  PeopleStore,
  PersonChange,
  TeamChange,
} from '../people/PeopleStore';
import { EdgeStore } from './EdgeStore';
import { EntityChange, EntityStore } from './EntityStore';
import { hostSourceOf, realRoots, resolveSource } from './sourceLocation';

/** The only key of its queue: there is one catalog. */
export const CATALOG_KEY = 'catalog';

const PAGE_SIZE = 500;

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.annotations',
  'spec.type',
  'spec.profile',
  'relations',
];

export interface CatalogSyncOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly catalog: CatalogService;
  readonly auth: AuthService;
  readonly logger: LoggerService;
  readonly queue: TicketQueue;
  readonly entities: EntityStore;
  readonly edges: EdgeStore;
  readonly people: PeopleStore;
  readonly histories: HistoryStore;
  readonly operations: OperationStore;
  readonly hosts: ChangeHosts;
  readonly localRoots: readonly string[];
  /** Absent where nothing is fetched. */
  readonly mirrors?: Mirrors;
  readonly reach: ReachAnnotations;
  /** Of who is on call: what was served proves something of what they cover. */
  readonly schedules: readonly ScheduleSettings[];
  readonly syncSeconds: number;
}

/**
 * Follows the catalog: reads it a page at a time into the shadow, and makes due
 * whatever a change touches. A pass that fails half way loses nothing, since only a
 * whole pass may conclude that something is gone.
 */
export class CatalogSync implements TicketHandler {
  readonly queue = 'catalog';
  readonly concurrency = 1;
  readonly leaseSeconds = 600;
  readonly #options: CatalogSyncOptions;

  static create(options: CatalogSyncOptions): CatalogSync {
    return new CatalogSync(options);
  }

  private constructor(options: CatalogSyncOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { catalog, auth, clock, knex, logger, queue } = this.#options;
    const now = await clock();
    const roots = realRoots(this.#options.localRoots);
    const pages = catalog.streamEntities(
      {
        filter: { kind: [...entityKindSchema.options, 'user', 'group'] },
        fields: FIELDS,
        pageSize: PAGE_SIZE,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    let changes = 0;
    for await (const page of pages) {
      signal.throwIfAborted();
      changes += await knex.transaction(tx =>
        this.#writePage(tx, page, now, roots),
      );
    }
    // From its end: what waits for this queue has that long, however long it took.
    const next = secondsAfter(await clock(), this.#options.syncSeconds);
    changes += await knex.transaction(async tx => {
      await queue.complete(tx, claim, next);
      return this.#removeUnseen(tx, now);
    });
    if (changes > 0) {
      logger.info('The catalog was read', { changes });
    }
  }

  async #writePage(
    tx: Knex,
    page: readonly CatalogEntity[],
    now: string,
    roots: readonly string[],
  ): Promise<number> {
    const { entities, edges, mirrors, people, queue } = this.#options;
    const ofKind = (kind: string) =>
      page.filter(entity => entity.kind.toLowerCase() === kind);

    const located = entityKindSchema.options.flatMap(kind =>
      ofKind(kind).map(entity => {
        const shadow = toShadowEntity(entity, kind);
        return {
          entity: shadow,
          edges: declaredEdges(entity),
          source: resolveSource(shadow, roots, repository =>
            mirrors?.folderOf(repository),
          ),
          hostSource: hostSourceOf(shadow),
        };
      }),
    );
    const changed = await entities.write(tx, located, now);
    const changedRefs = changed.map(change => change.entityRef);
    const rerouted = await edges.declare(
      tx,
      located
        .map(one => ({ entityRef: one.entity.entityRef, edges: one.edges }))
        .filter(one => changedRefs.includes(one.entityRef)),
      now,
    );
    await this.#options.operations.follow(tx, changedRefs, now);
    await this.#markEntities(tx, changed, now);
    await queue.mark(tx, 'entity', rerouted, now);
    await queue.mark(
      tx,
      'repository',
      changed.flatMap(change => change.repositories),
      now,
    );

    const changedPeople = await people.writePeople(
      tx,
      ofKind('user').map(one => toShadowPerson(one, this.#options.reach)),
      now,
    );
    const teams = ofKind('group').map(toShadowTeam);
    const changedTeams = await people.writeTeams(tx, teams, now);
    this.#checkChannels(
      teams.filter(one =>
        changedTeams.some(change => change.teamRef === one.teamRef),
      ),
    );
    await this.#markTouched(tx, changedPeople, changedTeams, now);
    return changed.length + changedPeople.length + changedTeams.length;
  }

  #checkChannels(teams: readonly ShadowTeam[]): void {
    for (const { teamRef, channels } of teams) {
      for (const channel of parseChannels(channels).invalid) {
        this.#options.logger.warn(
          'A team names a channel that is none: write it as in webhook:platform-alerts',
          { team: teamRef, channel },
        );
      }
    }
  }

  async #removeUnseen(tx: Knex, now: string): Promise<number> {
    const { entities, edges, people, queue } = this.#options;
    const gone = await entities.removeUnseen(tx, now);
    const rerouted = await edges.declare(
      tx,
      gone.map(({ entityRef }) => ({ entityRef, edges: [] })),
      now,
    );
    // Assessing an entity that is gone removes what follows from it.
    await this.#markEntities(tx, gone, now);
    await queue.mark(tx, 'entity', rerouted, now);
    const left = await people.removeUnseen(tx, now);
    await this.#markTouched(tx, left.people, left.teams, now);
    return gone.length + left.people.length + left.teams.length;
  }

  async #markEntities(
    tx: Knex,
    changes: readonly EntityChange[],
    now: string,
  ): Promise<void> {
    const { hosts, queue } = this.#options;
    await queue.mark(
      tx,
      'entity',
      changes.map(change => change.entityRef),
      now,
    );
    const touched = new Set(
      changes.flatMap(change => [change.entityRef, ...change.ownerRefs]),
    );
    await queue.mark(
      tx,
      'schedule',
      this.#options.schedules
        .filter(one => one.covers.some(ref => touched.has(ref)))
        .map(one => one.schedule),
      now,
    );
    await queue.mark(
      tx,
      'attribution',
      changes
        .flatMap(change => change.hostRepositories)
        .filter(({ host }) => hosts.ofInstance(host) !== undefined)
        .map(keyOf),
      now,
    );
  }

  async #markTouched(
    tx: Knex,
    changedPeople: readonly PersonChange[],
    changedTeams: readonly TeamChange[],
    now: string,
  ): Promise<void> {
    const { entities, histories, people, queue } = this.#options;
    const touched = await histories.touchedBy(tx, changedPeople);
    const owned = await entities.refsOwnedBy(tx, [
      ...changedTeams.map(change => change.teamRef),
      ...changedPeople.flatMap(change => [
        change.personRef,
        ...change.groupRefs,
      ]),
    ]);
    await queue.mark(tx, 'repository', touched.repositories, now);
    const members = new Set(changedTeams.flatMap(one => one.retitledFor));
    const named = await histories.touchedBy(
      tx,
      await people.asChanged(tx, [...members]),
    );
    await queue.mark(
      tx,
      'entity',
      [...touched.entityRefs, ...owned, ...named.entityRefs],
      now,
    );
  }
}

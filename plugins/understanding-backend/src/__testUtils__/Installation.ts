import { Entity } from '@backstage/catalog-model';
import {
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  EntityUnderstanding,
  Flag,
  HostChange,
  HostFact,
  IngestStatus,
  WhoUnderstandsResponse,
  listFlagsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Alert,
  AlertChannel,
  AlertOutcome,
  HookRequest,
  HookSource,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  HistoryAnswer,
  HistoryRequest,
  readHistory,
} from '@understanding-dev/git-knowledge';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readUnderstandingConfig } from '../config';
import { Ledger, createLedger } from '../createLedger';
import { secondsAfter } from '../database/instants';
import { TicketWorker } from '../database/TicketWorker';
import { NotificationsChannel } from '../features/alerts/NotificationsChannel';
import { noMetrics } from './noMetrics';
import { ChangeHosts } from '../features/ingest/ChangeHosts';
import { Repository } from './Repository';
import { StandInHost } from './StandInHost';

const DAY_SECONDS = 24 * 60 * 60;
/** Not a day: the days of tests then never end on the very instant of a limit. */
const START = '2026-06-01T09:00:00.000Z';
/** Who reads and writes, where a test says nothing else. */
export const READER = mockCredentials.user('user:default/reader');

function nameOf({ principal }: BackstageCredentials): string {
  return (principal as Partial<BackstageUserPrincipal>).userEntityRef ?? '';
}

/** What a child answers, without the time that it takes to start one. */
async function readHere(
  request: HistoryRequest,
  options?: { signal?: AbortSignal },
): Promise<HistoryAnswer> {
  return JSON.parse(JSON.stringify(await readHistory(request, options)));
}

/** A channel that keeps what it is given, and answers as a test says. */
export class RecordingChannel implements AlertChannel {
  readonly id = 'chat';
  readonly idempotent = false;
  readonly received: Alert[] = [];
  answer: () => AlertOutcome = () => ({ type: 'sent' });

  async send(alert: Alert): Promise<AlertOutcome> {
    this.received.push(alert);
    return this.answer();
  }

  /** In short, e.g. `#payments: opened thin-understanding of ledger`. */
  get texts(): string[] {
    return this.received.map(
      ({ target, message }) =>
        `#${target}: ${message.transition} ${message.rule} of ${message.entityTitle}`,
    );
  }
}

/**
 * The back end without its web server: a database, a catalog, folders with real
 * repositories, and a clock that stands still until a test moves it.
 */
export class Installation {
  readonly channel = new RecordingChannel();
  /** The one change host; it is installed when a test asks for it. */
  readonly host = new StandInHost();
  readonly #hosts = new ChangeHosts();
  /** Below it, repositories may be read. */
  readonly root: string;
  /** What Backstage was asked to notify of. */
  readonly notified: NotificationSendOptions[] = [];
  /** What the audit log was told. */
  readonly audited: AuditorServiceCreateEventOptions[] = [];
  readonly #notifications = NotificationsChannel.create({
    notifications: {
      send: async notification => {
        this.notified.push(notification);
      },
    },
  });
  /** Configuration below `understanding`, apart from repositories. */
  config: JsonObject = {};
  /** What addresses hold, as Backstage reads them. */
  urlReader = mockServices.urlReader.mock();
  /** Whether permissions may keep entities from some readers. */
  hasPermissions = false;
  /** What a caller may do, by permission; everything, where a test says nothing. */
  allows = (_caller: string, _permission: string): boolean => true;
  /** Its database, which a test may spoil. */
  readonly knex: Knex;
  readonly #repositories: JsonObject;
  #entities: readonly Entity[] = [];
  #now = START;

  /**
   * @param knex - a migrated database
   * @param repositories - more of `understanding.repositories`
   */
  static create(knex: Knex, repositories: JsonObject = {}): Installation {
    return new Installation(knex, repositories);
  }

  private constructor(knex: Knex, repositories: JsonObject) {
    this.knex = knex;
    this.#repositories = repositories;
    this.root = realpathSync(
      mkdtempSync(join(tmpdir(), 'understanding-installation-')),
    );
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  repository(name: string): Repository {
    return Repository.create(join(this.root, name));
  }

  /** The annotation of an entity whose source is that folder. */
  sourceIn(name: string, more: Record<string, string> = {}) {
    return {
      'backstage.io/source-location': `file:${join(this.root, name)}/`,
      ...more,
    };
  }

  /** The instant so many days before now. */
  daysAgo(days: number): string {
    return secondsAfter(this.#now, -days * DAY_SECONDS);
  }

  /** Replaces all that the catalog holds, and lets everything follow but alerts. */
  async catalogHolds(...entities: readonly Entity[]): Promise<void> {
    this.#entities = entities;
    this.#now = secondsAfter(this.#now, 1);
    await this.ledger().begin();
    await this.settle();
  }

  async minutesPass(minutes: number): Promise<void> {
    this.#now = secondsAfter(this.#now, minutes * 60);
    await this.settle();
  }

  daysPass(days: number): Promise<void> {
    return this.minutesPass(days * 24 * 60);
  }

  /** Installs the change host. */
  withHost(): this {
    this.#hosts.add(this.host);
    this.host.redeliver = request => this.#receive(request);
    return this;
  }

  /** The host delivers some facts, one delivery each, and all that follows is done. */
  async told(...facts: readonly HostFact[]): Promise<void> {
    for (const fact of facts) {
      await this.#receive(this.host.request([fact]));
    }
    await this.settle();
  }

  /** Lets an incident tool deliver. */
  addSource(source: HookSource): void {
    this.#hosts.addSource(source);
  }

  /** A delivery of an incident tool, already verified; nothing is done with it yet. */
  async delivered(host: string, body: unknown): Promise<void> {
    await this.ledger().inbox.add(
      [
        {
          host,
          event: 'test',
          contentType: 'application/json',
          body: Buffer.from(JSON.stringify(body)),
        },
      ],
      this.#now,
    );
  }

  /** What is known of a change. */
  async change(id: string): Promise<HostChange | undefined> {
    const row = await this.knex('changes').where({ id }).first('told');
    return row && JSON.parse(row.told);
  }

  /** How ingest is doing. */
  ingest(): Promise<IngestStatus> {
    return this.ledger().ingest.status(READER, true);
  }

  get now(): string {
    return this.#now;
  }

  async #receive(request: HookRequest): Promise<void> {
    const headers = this.host.verify(request);
    if (headers) {
      await this.ledger().inbox.add(
        [
          {
            host: this.host.id,
            ...headers,
            contentType: 'application/json',
            body: request.body,
          },
        ],
        this.#now,
      );
    }
  }

  /**
   * Does all work that is due, and all that becomes due by it.
   *
   * @param only - of one queue, where nothing else is to be needed
   */
  async settle(only?: string): Promise<void> {
    const { queue, handlers: all } = this.ledger();
    const handlers = all.filter(one => !only || one.queue === only);
    const worker = TicketWorker.create({
      queue,
      handlers,
      logger: mockServices.logger.mock(),
    });
    let due = await this.#dueQueues();
    let done: number;
    do {
      done = 0;
      for (const handler of handlers) {
        // To ask each of the twenty queues would take longer than the work itself.
        const count = due.has(handler.queue) ? await worker.runDue(handler) : 0;
        if (count > 0) {
          done += count;
          due = await this.#dueQueues();
        }
      }
    } while (done > 0);
  }

  async #dueQueues(): Promise<Set<string>> {
    return new Set(
      await this.knex('tickets')
        .where('due_at', '<=', this.#now)
        .distinct()
        .pluck('queue'),
    );
  }

  understanding(entityRef: string): Promise<EntityUnderstanding> {
    return this.ledger().entities.get(entityRef, READER);
  }

  /** What the back end offers of explanations, to a caller of a test's choice. */
  get explanations() {
    return this.ledger().explanations;
  }

  /** The back end's walkthroughs, for a caller of a test's choice. */
  get walkthroughs() {
    return this.ledger().walkthroughs;
  }

  ask(query: string): Promise<WhoUnderstandsResponse> {
    return this.ledger().lookup.whoUnderstands(query, READER);
  }

  /** Flags in that state, as `rule of entity`, sorted. */
  async flags(state: Flag['state'] = 'open'): Promise<string[]> {
    const { items } = await this.ledger().flags.list(
      listFlagsQuerySchema.parse({ state, limit: 200 }),
      READER,
    );
    return items.map(flag => `${flag.rule} of ${flag.entityRef}`).sort();
  }

  /** Made anew each time, so that nothing but the database remembers anything. */
  ledger(): Ledger {
    return createLedger({
      knex: this.knex,
      clock: async () => this.#now,
      config: readUnderstandingConfig(
        mockServices.rootConfig({
          data: {
            app: { baseUrl: 'https://backstage.acme.example' },
            permission: { enabled: this.hasPermissions },
            understanding: {
              ...this.config,
              repositories: { localRoots: [this.root], ...this.#repositories },
            },
          },
        }),
      ),
      auditor: {
        createEvent: async event => {
          this.audited.push(event);
          return { success: async () => {}, fail: async () => {} };
        },
      },
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [...this.#entities] }),
      permissions: mockServices.permissions.mock({
        authorize: async (requests, { credentials }) =>
          requests.map(({ permission }) => ({
            result: this.allows(nameOf(credentials), permission.name)
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
          })),
        authorizeConditional: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      }),
      channels: new Map<string, AlertChannel>([
        [this.channel.id, this.channel],
        [this.#notifications.id, this.#notifications],
      ]),
      hosts: this.#hosts,
      metrics: noMetrics(),
      logger: mockServices.logger.mock(),
      urlReader: this.urlReader,
      readHistory: readHere,
      jitter: () => 0.5,
    });
  }
}

import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  DeliveryPage,
  IngestStatus,
  listDeliveriesQuerySchema,
  understandingAdminPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { Clock, secondsAfter } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { readCursor, writeCursor } from '../../http/cursor';
import { Access } from '../../permissions/Access';
import { ChangeHosts } from './ChangeHosts';
import { HostRepositoryStore } from './changes/HostRepositoryStore';
import type { GoneEntityStore } from '../entities/GoneEntityStore';
import { InboxStore } from './deliveries/InboxStore';
import type { OnCallStore } from './on-call/OnCallStore';
import type { ScheduleSettings } from './on-call/ScheduleReader';

/** So long a delivery may be due while none is read, before nothing moves. */
const STUCK_SECONDS = 300;
const LISTED_REPOSITORIES = 500;
const LISTED_GONE = 100;

const positionSchema = z.object({ receivedAt: z.string(), id: z.string() });

export interface IngestServiceOptions {
  readonly access: Access;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly inbox: InboxStore;
  readonly repositories: HostRepositoryStore;
  readonly onCall: OnCallStore;
  readonly goneEntities: GoneEntityStore;
  readonly schedules: readonly ScheduleSettings[];
}

/** How ingest is doing, for admins and for whoever watches over this process. */
export class IngestService {
  readonly #options: IngestServiceOptions;

  static create(options: IngestServiceOptions): IngestService {
    return new IngestService(options);
  }

  private constructor(options: IngestServiceOptions) {
    this.#options = options;
  }

  /**
   * @param working - whether the workers of this process go round
   * @throws NotAllowedError without `understanding.admin`
   */
  async status(
    credentials: BackstageCredentials,
    working: boolean,
  ): Promise<IngestStatus> {
    const { access, hosts, inbox, onCall, queue, repositories } = this.#options;
    await access.require(credentials, understandingAdminPermission);
    const counts = await inbox.summarize();
    const schedules = this.#options.schedules.map(one => one.schedule);
    const readings = await onCall.statusOf(schedules);
    const gone = await this.#options.goneEntities.list(LISTED_GONE + 1);
    const listed = await repositories.listStatus(LISTED_REPOSITORIES + 1);
    return {
      moving: working && (await this.isMoving()),
      hosts: hosts.ids.map(id => {
        const own = counts.filter(one => one.host === id);
        const count = (state: string) =>
          own.find(one => one.state === state)?.count ?? 0;
        return {
          host: id,
          instances: hosts.instancesOf(id),
          lastReceivedAt: own
            .map(one => one.lastAt)
            .sort()
            .pop(),
          deliveries: {
            pending: count('pending'),
            done: count('done'),
            ignored: count('ignored'),
            dead: count('dead'),
          },
        };
      }),
      schedules: schedules.map(schedule => ({
        schedule,
        notices: [],
        ...readings.get(schedule),
      })),
      queues: await queue.status(),
      repositories: listed.slice(0, LISTED_REPOSITORIES),
      repositoriesTruncated: listed.length > LISTED_REPOSITORIES,
      goneEntities: gone.slice(0, LISTED_GONE),
      goneEntitiesTruncated: gone.length > LISTED_GONE,
    };
  }

  /**
   * Whether deliveries are being read, however many wait; throws where the database
   * gives no answer.
   */
  async isMoving(): Promise<boolean> {
    const { clock, inbox, queue } = this.#options;
    const queues = await queue.status();
    const age = queues.find(one => one.queue === 'delivery')?.oldestSeconds;
    if ((age ?? 0) < STUCK_SECONDS) {
      return true;
    }
    const since = secondsAfter(await clock(), -STUCK_SECONDS);
    const last = await inbox.lastSettledAt();
    return last !== undefined && last >= since;
  }

  /** @throws NotAllowedError without `understanding.admin` */
  async listDeliveries(
    query: z.output<typeof listDeliveriesQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<DeliveryPage> {
    const { access, inbox } = this.#options;
    await access.require(credentials, understandingAdminPermission);
    const found = await inbox.list(query.state, {
      limit: query.limit + 1,
      after: readCursor(positionSchema, query.cursor),
    });
    const items = found.slice(0, query.limit);
    const last = items[items.length - 1];
    return {
      items,
      totalItems: await inbox.count(query.state),
      nextCursor:
        found.length > query.limit && last
          ? writeCursor({ receivedAt: last.receivedAt, id: last.id })
          : undefined,
    };
  }

  /**
   * Lets a dead letter be read again.
   *
   * @throws NotAllowedError without `understanding.admin`
   * @throws NotFoundError when there is no such dead letter
   */
  async replay(id: string, credentials: BackstageCredentials): Promise<void> {
    const { access, clock, inbox } = this.#options;
    await access.require(credentials, understandingAdminPermission);
    if (!(await inbox.replay(id, await clock()))) {
      throw new NotFoundError(
        `There is no dead letter ${id}; it may have been replayed already.`,
      );
    }
  }
}

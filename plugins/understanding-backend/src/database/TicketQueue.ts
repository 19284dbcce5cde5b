import {
  QueueName,
  QueueStatus,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { Clock, isPostgres, secondsAfter } from './instants';

/** A piece of work that one worker holds until its lease ends. */
export interface Claim {
  readonly queue: QueueName;
  readonly key: string;
  readonly ticket: string;
  /** Until when nobody else takes it; also tells whose lease it is. */
  readonly leaseUntil: string;
  /** How often it was claimed since it last succeeded, this time included. */
  readonly attempts: number;
}

interface TicketRow {
  queue: QueueName;
  key: string;
  ticket: string;
  due_at: string;
  lease_until: string | null;
  worker: string | null;
  attempts: number;
  last_error: string | null;
}

interface WorkerRow {
  id: string;
  seen_at: string;
}

/** Rows in one statement; below SQLite's limit on variables. */
const BATCH = 100;
/** Who was not seen for so long is taken for dead. */
const DEAD_SECONDS = 6;
/** After that nobody asks any more when they were last seen. */
const FORGOTTEN_SECONDS = 2 * 60 * 60;

/**
 * A durable queue of keys, after the catalog's stitching queue: marking a key gives
 * it a fresh ticket, and completing a claim removes the row only while its ticket is
 * still the one that was claimed. Work marked while it is being done is therefore
 * done once more, and never lost; marking twice before that is one piece of work.
 */
export class TicketQueue {
  readonly #knex: Knex;
  readonly #clock: Clock;

  static create(options: { knex: Knex; clock: Clock }): TicketQueue {
    return new TicketQueue(options.knex, options.clock);
  }

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /**
   * Ends the leases of a process that died. On SQLite this process is the only one,
   * so whatever is leased when it starts belongs to a dead one; on PostgreSQL it may
   * belong to another replica, and ends by itself.
   */
  async recover(): Promise<void> {
    if (!isPostgres(this.#knex)) {
      await this.#knex<TicketRow>('tickets')
        .whereNotNull('lease_until')
        .update({ lease_until: null });
    }
  }

  /** Notes that a worker lives; it has to be called again and again. */
  async beat(worker: string): Promise<void> {
    await this.#knex<WorkerRow>('workers')
      .insert({ id: worker, seen_at: await this.#clock() })
      .onConflict('id')
      .merge();
  }

  /** Ends what a worker held, and forgets those that died long ago. */
  async leave(worker: string): Promise<void> {
    const forgotten = secondsAfter(await this.#clock(), -FORGOTTEN_SECONDS);
    await this.#knex<WorkerRow>('workers')
      .where({ id: worker })
      .orWhere('seen_at', '<', forgotten)
      .delete();
  }

  /**
   * Makes keys due at an instant, or earlier where they already were. Call it in the
   * transaction that gave the reason.
   */
  async mark(
    tx: Knex,
    queue: QueueName,
    keys: Iterable<string>,
    dueAt: string,
  ): Promise<void> {
    // Sorted, so that two transactions lock rows in the same order.
    const sorted = [...new Set(keys)].sort();
    for (let start = 0; start < sorted.length; start += BATCH) {
      await tx<TicketRow>('tickets')
        .insert(
          sorted.slice(start, start + BATCH).map(key => ({
            queue,
            key,
            ticket: randomUUID(),
            due_at: dueAt,
          })),
        )
        .onConflict(['queue', 'key'])
        .merge({
          ticket: tx.raw('excluded.ticket'),
          due_at: tx.raw(
            'CASE WHEN excluded.due_at < tickets.due_at THEN excluded.due_at ELSE tickets.due_at END',
          ),
        });
    }
  }

  /**
   * Takes up to `limit` due keys for some seconds. On PostgreSQL, rows that another worker is just
   * claiming are skipped instead of waited for; the lease keeps them away from
   * others after that, and returns them when this process dies. SQLite has a single
   * writer, so the transaction alone is enough.
   *
   * @param options.worker - who takes them: where they cease to {@link beat}, others get
   * them before the lease ends
   * @param options.waitsFor - a queue that goes first: nothing is taken while a key
   * of it is due, being worked on, or to be tried again
   */
  async claim(
    queue: QueueName,
    options: {
      limit: number;
      leaseSeconds: number;
      worker?: string;
      waitsFor?: QueueName;
    },
  ): Promise<Claim[]> {
    const { limit, leaseSeconds, worker, waitsFor } = options;
    const now = await this.#clock();
    const alive = secondsAfter(now, -DEAD_SECONDS);
    return this.#knex.transaction(async tx => {
      const due = tx<TicketRow>('tickets')
        .where({ queue })
        .andWhere('due_at', '<=', now)
        .andWhere(free =>
          free
            .whereNull('lease_until')
            .orWhere('lease_until', '<=', now)
            .orWhere(left =>
              left
                .whereNotNull('worker')
                .whereNotIn(
                  'worker',
                  tx<WorkerRow>('workers')
                    .where('seen_at', '>', alive)
                    .select('id'),
                ),
            ),
        )
        .orderBy('due_at')
        .limit(limit);
      if (waitsFor) {
        due.whereNotExists(
          tx('tickets as first')
            .where('first.queue', waitsFor)
            .andWhere(busy =>
              busy
                .where('first.due_at', '<=', now)
                .orWhere('first.attempts', '>', 0),
            )
            .select(tx.raw('1')),
        );
      }
      const rows = isPostgres(tx)
        ? await due.forUpdate().skipLocked()
        : await due;
      const leaseUntil = secondsAfter(now, leaseSeconds);
      if (rows.length > 0) {
        await tx<TicketRow>('tickets')
          .where({ queue })
          .whereIn(
            'key',
            rows.map(row => row.key),
          )
          .update({
            lease_until: leaseUntil,
            worker: worker ?? null,
            attempts: tx.raw('attempts + 1'),
          });
      }
      return rows.map(row => ({
        queue,
        key: row.key,
        ticket: row.ticket,
        leaseUntil,
        attempts: row.attempts + 1,
      }));
    });
  }

  /**
   * Ends a claim in the transaction that made its effects. With `nextDueAt` the key
   * stays, due then; without it the key goes. If it was marked meanwhile it stays
   * due as marked.
   */
  async complete(tx: Knex, claim: Claim, nextDueAt?: string): Promise<void> {
    const { queue, key, ticket, leaseUntil } = claim;
    const unchanged = tx<TicketRow>('tickets').where({ queue, key, ticket });
    const settled = nextDueAt
      ? await unchanged.update({
          due_at: nextDueAt,
          lease_until: null,
          attempts: 0,
          last_error: null,
        })
      : await unchanged.delete();
    if (settled === 0) {
      await tx<TicketRow>('tickets')
        .where({ queue, key, lease_until: leaseUntil })
        .update({ lease_until: null, attempts: 0, last_error: null });
    }
  }

  /**
   * Gives a claim back after a failure, due again after some seconds; if it was
   * marked meanwhile, due as marked.
   */
  async giveBack(
    claim: Claim,
    error: string,
    afterSeconds: number,
  ): Promise<void> {
    const { queue, key, ticket, leaseUntil } = claim;
    const dueAt = secondsAfter(await this.#clock(), afterSeconds);
    await this.#knex<TicketRow>('tickets')
      .where({ queue, key, lease_until: leaseUntil })
      .update({
        due_at: this.#knex.raw('CASE WHEN ticket = ? THEN ? ELSE due_at END', [
          ticket,
          dueAt,
        ]),
        lease_until: null,
        last_error: error.slice(0, 2000),
      });
  }

  /** How much is due in each queue that has anything in it. */
  async status(): Promise<QueueStatus[]> {
    const now = await this.#clock();
    const rows: Array<{
      queue: string;
      due: string | number;
      retrying: string | number;
      oldest: string | null;
    }> = await this.#knex<TicketRow>('tickets')
      .groupBy('queue')
      .orderBy('queue')
      .select('queue')
      .select(
        this.#knex.raw('SUM(CASE WHEN due_at <= ? THEN 1 ELSE 0 END) AS due', [
          now,
        ]),
        this.#knex.raw(
          'SUM(CASE WHEN last_error IS NOT NULL THEN 1 ELSE 0 END) AS retrying',
        ),
        this.#knex.raw('MIN(CASE WHEN due_at <= ? THEN due_at END) AS oldest', [
          now,
        ]),
      );
    return rows.map(({ queue, due, retrying, oldest }) => ({
      queue,
      due: Number(due),
      retrying: Number(retrying),
      oldestSeconds: oldest
        ? Math.max(Date.parse(now) - Date.parse(oldest), 0) / 1000
        : undefined,
    }));
  }
}

import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';

const DAY_SECONDS = 24 * 60 * 60;

/** The one key of the queue. */
export const RETENTION_KEY = 'evidence';

/** The instant before which evidence is not kept, at an instant. */
export type OldestKept = (now: string) => string;

/** @param retentionSeconds - absent where evidence is kept for good */
export function oldestKept(retentionSeconds: number | undefined): OldestKept {
  return now =>
    retentionSeconds === undefined ? '' : secondsAfter(now, -retentionSeconds);
}

/**
 * Once a day, removes evidence and what people said that is older than its retention.
 * Whatever writes evidence leaves out such itself, so that none comes back meanwhile.
 */
export class EvidenceExpiry implements TicketHandler {
  readonly queue = 'retention';
  readonly concurrency = 1;
  readonly leaseSeconds = 600;
  readonly #options: {
    knex: Knex;
    clock: Clock;
    queue: TicketQueue;
    oldestKept: OldestKept;
  };

  static create(options: {
    knex: Knex;
    clock: Clock;
    queue: TicketQueue;
    oldestKept: OldestKept;
  }): EvidenceExpiry {
    return new EvidenceExpiry(options);
  }

  private constructor(options: {
    knex: Knex;
    clock: Clock;
    queue: TicketQueue;
    oldestKept: OldestKept;
  }) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue } = this.#options;
    const now = await clock();
    const oldest = this.#options.oldestKept(now);
    await knex.transaction(async tx => {
      const touched = new Set<string>();
      for (const [table, instant] of [
        ['evidence', 'latest_at'],
        ['hand_evidence', 'at'],
        ['corrections', 'at'],
        ['operations', 'at'],
      ]) {
        const tooOld = () => tx(table).where(instant, '<', oldest);
        const refs: string[] = await tooOld()
          .whereNotNull('entity_ref')
          .distinct('entity_ref')
          .pluck('entity_ref');
        refs.forEach(ref => touched.add(ref));
        await tooOld().delete();
      }
      await tx('on_call_shifts').where('ends_at', '<', oldest).delete();
      await queue.mark(tx, 'entity', [...touched], now);
      await queue.complete(tx, claim, secondsAfter(now, DAY_SECONDS));
    });
  }
}

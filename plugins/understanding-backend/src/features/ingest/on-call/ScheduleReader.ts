import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import { OnCallStore } from './OnCallStore';
import { CalendarReading, readCalendar } from './readCalendar';
import { ScheduleError } from './ScheduleError';
import { ScheduleLocation, loadSchedule } from './loadSchedule';

const DAY_SECONDS = 24 * 60 * 60;
/** So far ahead it is known who is on call though a schedule cannot be read. */
const AHEAD_DAYS = 31;

/** A schedule of the configuration. */
export interface ScheduleSettings extends ScheduleLocation {
  readonly schedule: string;
  /** References of entities, and of teams for all that they own. */
  readonly covers: readonly string[];
}

export interface OnCallSettings {
  readonly schedules: readonly ScheduleSettings[];
  readonly intervalSeconds: number;
}

export interface ScheduleReaderOptions extends OnCallSettings {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly onCall: OnCallStore;
  readonly urlReader: UrlReaderService;
  readonly logger: LoggerService;
  /** Of what is longer ago, shifts are not asked for. */
  readonly behindDays: number;
}

/**
 * Reads the schedules of who is on call, and counts shifts that are over. Where one
 * cannot be read, what was read last holds on.
 */
export class ScheduleReader implements TicketHandler {
  readonly queue = 'schedule';
  // What a team owns is known from the catalog only.
  readonly waitsFor = 'catalog';
  readonly concurrency = 1;
  readonly leaseSeconds = 120;
  readonly #options: ScheduleReaderOptions;

  static create(options: ScheduleReaderOptions): ScheduleReader {
    return new ScheduleReader(options);
  }

  private constructor(options: ScheduleReaderOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { knex, clock, queue, onCall, schedules } = this.#options;
    const now = await clock();
    const settings = schedules.find(one => one.schedule === claim.key);
    if (!settings) {
      await knex.transaction(async tx => {
        const touched = await onCall.remove(tx, claim.key);
        await queue.mark(tx, 'entity', touched, now);
        await queue.complete(tx, claim);
      });
      return;
    }
    const { schedule } = settings;
    const outcome = await this.#read(settings, now, signal);
    await knex.transaction(async tx => {
      if ('problem' in outcome) {
        await onCall.setProblem(tx, schedule, outcome.problem);
      } else {
        await onCall.replace(tx, schedule, outcome, now);
      }
      const touched = await onCall.refresh(tx, settings, now);
      await queue.mark(tx, 'entity', touched, now);
      const next = secondsAfter(now, this.#options.intervalSeconds);
      const end = await onCall.nextEnd(tx, schedule, now);
      await queue.complete(tx, claim, end && end < next ? end : next);
    });
  }

  async #read(
    settings: ScheduleSettings,
    now: string,
    signal: AbortSignal,
  ): Promise<CalendarReading | { problem: string }> {
    const { behindDays, logger, urlReader } = this.#options;
    const { schedule } = settings;
    try {
      const reading = await readCalendar(
        await loadSchedule(settings, urlReader, signal),
        {
          from: secondsAfter(now, -behindDays * DAY_SECONDS),
          to: secondsAfter(now, AHEAD_DAYS * DAY_SECONDS),
        },
        { signal },
      );
      if (reading.left > 0) {
        logger.warn(
          `Of the schedule ${schedule}, ${reading.left} events are left out. ${reading.reasons[0]}`,
        );
      }
      return reading;
    } catch (error) {
      if (!(error instanceof ScheduleError)) {
        throw error;
      }
      logger.warn(
        `The schedule ${schedule} cannot be read, what was read before holds on: ${error.message}`,
      );
      return { problem: error.message };
    }
  }
}

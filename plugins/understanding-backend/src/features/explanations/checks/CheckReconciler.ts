import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { HostCheck } from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import type { ChangeHosts } from '../../ingest/ChangeHosts';
import { waitAsked } from '../../ingest/changes/waitAsked';
import { BypassStore } from './BypassStore';
import { CheckPlanner, PlannedChecks } from './CheckPlanner';
import { CheckStore } from './CheckStore';
import { MergeGroupPlanner } from './MergeGroupPlanner';
import { MergeGroupStore } from './MergeGroupStore';

/** A host that is to show a check does so within that time, or another time. */
const WRITE_MILLIS = 20_000;
/** What changes again and again is shown once in so many seconds. */
const COALESCE_SECONDS = 3;
/** The longest wait after a host that gave no answer. */
const MAX_BACKOFF_SECONDS = 60;
/** After how long a host is asked again for what it refused. */
const REFUSED_SECONDS = 600;
/** Spreads what waits for one instant, so that a host is not asked for all of it then. */
const SPREAD_SECONDS = 3;

export interface CheckReconcilerOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly checks: CheckStore;
  readonly bypasses: BypassStore;
  readonly planner: CheckPlanner;
  readonly groups: MergeGroupPlanner;
  readonly mergeGroups: MergeGroupStore;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
  /** A number from 0 to 1, which spreads retries. */
  readonly jitter: () => number;
}

/**
 * Brings the check of a change to what it should be: on the newest head what follows
 * from its explanation, on older ones nothing that would let them pass.
 *
 * What is wanted is computed anew each time and compared with what was written last, so
 * that it does not matter how often, in which order or by whom this is asked for. One
 * worker at a time holds a change; where one is taken for dead and is not, the last one
 * to write finds that, and it is written again. A check whose writing has no known
 * outcome counts as not written.
 */
export class CheckReconciler implements TicketHandler {
  readonly queue = 'check';
  readonly concurrency = 8;
  readonly leaseSeconds = 60;
  readonly #options: CheckReconcilerOptions;

  static create(options: CheckReconcilerOptions): CheckReconciler {
    return new CheckReconciler(options);
  }

  private constructor(options: CheckReconcilerOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { knex, clock, queue, checks, planner, jitter } = this.#options;
    const { groups, mergeGroups } = this.#options;
    const now = await clock();
    const plan =
      (await planner.plan(claim.key, now)) ??
      (await groups.plan(claim.key, now));
    // What a merge queue tries together has the worst of what its changes have.
    await queue.mark(
      knex,
      'check',
      await mergeGroups.besides(claim.key, now),
      now,
    );
    if (!plan) {
      await queue.complete(knex, claim);
      return;
    }
    const pausedUntil = await checks.pausedUntil(plan.host);
    if (pausedUntil && pausedUntil > now) {
      await queue.complete(
        knex,
        claim,
        secondsAfter(pausedUntil, jitter() * SPREAD_SECONDS),
      );
      return;
    }
    const early = plan.writes
      .map(one => one.lastWrittenAt)
      .filter(at => at !== undefined)
      .map(at => secondsAfter(at, COALESCE_SECONDS))
      .find(at => at > now);
    if (early) {
      await queue.complete(knex, claim, early);
      return;
    }
    const again = await this.#verify(plan, signal);
    if (again) {
      await queue.complete(knex, claim, again);
      return;
    }
    const nextDueAt = await this.#write(plan, claim, signal);
    if (nextDueAt !== 'given back') {
      await queue.complete(knex, claim, nextDueAt);
    }
  }

  /**
   * Asks a host whether it shows what was written, where that is in doubt.
   *
   * @returns when to go on with it, unless that is now
   * @throws ChangeHostError where the host gives no answer
   */
  async #verify(
    { host, writes, doubted }: PlannedChecks,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { clock, hosts, checks, jitter } = this.#options;
    if (!doubted || writes.length > 0) {
      return undefined;
    }
    const { wanted, check } = doubted;
    try {
      const isShown = await hosts.ofInstance(host)?.showsCheck?.(check, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(WRITE_MILLIS)]),
        onRequest: () => {},
      });
      if (isShown === false) {
        await checks.setTried(wanted);
        return await clock();
      }
    } catch (error) {
      const waitSeconds = waitAsked(error);
      if (waitSeconds > 0) {
        const until = secondsAfter(await clock(), waitSeconds);
        await checks.pause(host, until);
        return secondsAfter(until, jitter() * SPREAD_SECONDS);
      }
    }
    await checks.setVerified(wanted, await clock());
    return undefined;
  }

  /** @returns when it is due again, if it is */
  async #write(
    plan: PlannedChecks,
    claim: Claim,
    signal: AbortSignal,
  ): Promise<string | undefined | 'given back'> {
    const { knex, clock, queue, hosts, checks, jitter, logger } = this.#options;
    for (const { check, wanted } of plan.writes) {
      await checks.setTried(wanted);
      try {
        await hosts.ofInstance(plan.host)?.writeCheck(check, {
          signal: AbortSignal.any([signal, AbortSignal.timeout(WRITE_MILLIS)]),
          onRequest: () => {},
        });
      } catch (error) {
        let waitSeconds: number;
        try {
          waitSeconds = waitAsked(error);
        } catch {
          signal.throwIfAborted();
          const seconds = Math.min(2 ** claim.attempts, MAX_BACKOFF_SECONDS);
          await queue.giveBack(
            claim,
            stringifyError(error),
            seconds * (0.5 + jitter() / 2),
          );
          return 'given back';
        }
        const now = await clock();
        if (waitSeconds > 0) {
          const until = secondsAfter(now, waitSeconds);
          await checks.pause(plan.host, until);
          return secondsAfter(until, jitter() * SPREAD_SECONDS);
        }
        await checks.setProblem(wanted, (error as Error).message);
        logger.warn('A host does not show a check', {
          ...where(check),
          error: stringifyError(error),
        });
        return plan.isOver ? undefined : secondsAfter(now, REFUSED_SECONDS);
      }
      const isWanted = await checks.setWritten(wanted, await clock());
      if (!isWanted) {
        // Somebody else took it over meanwhile, and may have written before.
        await queue.mark(knex, 'check', [claim.key], await clock());
      }
    }
    await this.#audit(plan);
    return plan.dueAt;
  }

  /** At least once for each that let something through. */
  async #audit({ brokenGlass, writes, unaudited }: PlannedChecks) {
    const { auditor, bypasses, clock } = this.#options;
    for (const one of brokenGlass ? unaudited : []) {
      const event = await auditor.createEvent({
        eventId: 'explanation-break-glass',
        severityLevel: 'high',
        meta: {
          explanationId: one.explanation_id,
          source: one.source,
          login: one.login ?? '',
          reason: one.reason,
          ...(writes[0] && where(writes[0].check)),
        },
      });
      await event.success();
      await bypasses.setAudited(one.id, await clock());
    }
  }
}

function where({ host, repository, headSha }: HostCheck) {
  return { host, repository, headSha };
}

import {
  ExplanationCheck,
  ExplanationGate,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ExplanationCheckRow, HostRow } from '../../../database/tables';

/** A check that is wanted on a head. */
export interface WantedCheck extends ExplanationCheck {
  readonly changeId: string;
  readonly headSha: string;
  /** The same for checks that say the same. */
  readonly digest: string;
  /** When the head was first seen. */
  readonly since: string;
}

/** Which checks are wanted on which heads, and which were written there. */
export class CheckStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): CheckStore {
    return new CheckStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async of(changeId: string): Promise<ExplanationCheckRow[]> {
    return this.#knex<ExplanationCheckRow>('explanation_checks')
      .where({ change_id: changeId })
      .orderBy(['since', 'head_sha']);
  }

  async want(check: WantedCheck, now: string): Promise<void> {
    const { changeId, headSha, state, title, digest, since } = check;
    await this.#knex<ExplanationCheckRow>('explanation_checks')
      .insert({
        change_id: changeId,
        head_sha: headSha,
        state,
        title,
        digest,
        since,
        looked_at: now,
      })
      .onConflict(['change_id', 'head_sha'])
      .merge(['state', 'title', 'digest', 'looked_at']);
  }

  /** Notes that what is shown is not known until the host has answered. */
  async setTried(check: WantedCheck): Promise<void> {
    await this.#update(check, { written_digest: null });
  }

  /**
   * @returns false where something else is wanted by now, so that nobody knows which of
   * the two the host was told last
   */
  async setWritten(check: WantedCheck, now: string): Promise<boolean> {
    const updated = await this.#knex<ExplanationCheckRow>('explanation_checks')
      .where({ change_id: check.changeId, head_sha: check.headSha })
      .where({ digest: check.digest })
      .update({
        written_state: check.state,
        written_digest: check.digest,
        written_at: now,
        problem: null,
        doubted: false,
      });
    if (updated === 0) {
      await this.#update(check, { written_digest: null });
    }
    return updated > 0;
  }

  /** Notes that the host shows what was written, or does not tell. */
  async setVerified(check: WantedCheck, now: string): Promise<void> {
    await this.#update(check, { doubted: false, verified_at: now });
  }

  /**
   * Notes that the host forgot what was written on a head.
   *
   * @returns the changes of that head
   */
  async resetHead(
    tx: Knex,
    head: HostRepository & { headSha: string },
  ): Promise<string[]> {
    const { host, repository, headSha } = head;
    const changeIds: string[] = await tx('explanation_checks')
      .join('changes', 'changes.id', 'explanation_checks.change_id')
      .where({ host, repository })
      .where('explanation_checks.head_sha', headSha)
      .pluck('change_id');
    await tx<ExplanationCheckRow>('explanation_checks')
      .where({ head_sha: headSha })
      .whereIn('change_id', changeIds)
      .update({ written_digest: null });
    return changeIds;
  }

  /**
   * Has hosts asked what they show of open changes, those first that they were asked
   * for the longest time ago.
   *
   * @returns the changes
   */
  async doubtSome(options: {
    verifiedBefore: string;
    limit: number;
  }): Promise<string[]> {
    const { verifiedBefore, limit } = options;
    const old: Array<{ change_id: string; head_sha: string }> =
      await this.#knex('explanation_checks')
        .join('changes', on => {
          on.on('changes.id', 'explanation_checks.change_id');
          on.andOn('changes.head_sha', 'explanation_checks.head_sha');
        })
        .where('changes.state', 'open')
        .whereNull('problem')
        .where('doubted', false)
        .where('written_at', '<', verifiedBefore)
        .whereRaw(`COALESCE(verified_at, '') < ?`, [verifiedBefore])
        .orderByRaw(`COALESCE(verified_at, ''), written_at`)
        .limit(limit)
        .select('explanation_checks.change_id', 'explanation_checks.head_sha');
    for (const { change_id, head_sha } of old) {
      await this.#knex<ExplanationCheckRow>('explanation_checks')
        .where({ change_id, head_sha })
        .update({ doubted: true });
    }
    return old.map(one => one.change_id);
  }

  async setProblem(check: WantedCheck, problem: string): Promise<void> {
    await this.#update(check, { problem });
  }

  /**
   * Changes of which a check may be missing or wrong: open ones without a row or that
   * nobody has looked at for long, and whatever was wanted and is not written.
   *
   * @param options.gate - where an entity does not say it
   */
  async listDoubtful(options: {
    gate: ExplanationGate;
    unlookedSince: string;
    unwrittenSince: string;
    limit: number;
  }): Promise<string[]> {
    const { gate, unlookedSince, unwrittenSince, limit } = options;
    const unlooked: string[] = await this.#knex('explanations')
      .join('changes', 'changes.id', 'explanations.change_id')
      .leftJoin('explanation_checks', on => {
        on.on('explanation_checks.change_id', 'explanations.change_id');
        on.andOn('explanation_checks.head_sha', 'explanations.head_sha');
      })
      .where('changes.state', 'open')
      // Where nothing is configured, most changes have no check.
      .modify(
        query => gate === 'off' && query.whereNot('explanations.gate', 'off'),
      )
      .andWhere(doubtful =>
        doubtful
          .whereNull('explanation_checks.change_id')
          .orWhere('explanation_checks.looked_at', '<', unlookedSince),
      )
      .limit(limit)
      .pluck('explanations.change_id');
    const unwritten: string[] = await this.#knex('explanation_checks')
      .join('changes', 'changes.id', 'explanation_checks.change_id')
      .where('looked_at', '<', unwrittenSince)
      // What a host refuses is tried again at its own pace.
      .whereNull('problem')
      .andWhere(unfinished =>
        unfinished
          .where('written_state', 'pending')
          .orWhere(open =>
            open
              .where('changes.state', 'open')
              .andWhere(either =>
                either
                  .whereNull('written_digest')
                  .orWhereRaw('written_digest <> digest'),
              ),
          ),
      )
      .limit(limit)
      .pluck('change_id');
    return [...new Set([...unlooked, ...unwritten])];
  }

  /** Until when a host has us wait. */
  async pausedUntil(host: string): Promise<string | undefined> {
    const row = await this.#knex<HostRow>('hosts').where({ host }).first();
    return row?.checks_paused_until ?? undefined;
  }

  async pause(host: string, until: string): Promise<void> {
    await this.#knex<HostRow>('hosts')
      .insert({ host, checks_paused_until: until })
      .onConflict('host')
      .merge(['checks_paused_until']);
  }

  async #update(
    { changeId, headSha }: WantedCheck,
    columns: Partial<ExplanationCheckRow>,
  ): Promise<void> {
    await this.#knex<ExplanationCheckRow>('explanation_checks')
      .where({ change_id: changeId, head_sha: headSha })
      .update(columns);
  }
}

import {
  BrokenGlass,
  ExplanationCheck,
  ExplanationGate,
  HostChange,
  QueuedChange,
  checkSummary,
  supersededCheck,
  uncheckedSummary,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { HostCheck } from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { secondsAfter } from '../../../database/instants';
import { fingerprint } from '../../../database/shadow';
import {
  ChangeRow,
  ExplanationBypassRow,
  ExplanationRow,
} from '../../../database/tables';
import { ExplanationStore, StoredExplanation } from '../ExplanationStore';
import type { ReviewerSuggestions } from '../ReviewerSuggestions';
import { BypassStore, brokenGlassOf } from './BypassStore';
import { CheckStore, WantedCheck } from './CheckStore';
import { describeCheck } from './describeCheck';
import { hasChecks } from './hasChecks';
import { verdictOn, wantedOn } from './wantedOn';

/** What hosts call it; the same for good. */
export const CHECK_NAME = 'understanding/explanation';
/** A head that could not be read for so long is unknown, and nobody waits for it. */
export const DEADLINE_SECONDS = 180;

/** What is to be written for a change. */
export interface PlannedChecks {
  readonly host: string;
  readonly writes: ReadonlyArray<{
    readonly wanted: WantedCheck;
    readonly check: HostCheck;
    /** Of that very head. */
    readonly lastWrittenAt?: string;
  }>;
  /** What was written on the newest head, where the host is to be asked if it is shown. */
  readonly doubted?: {
    readonly wanted: WantedCheck;
    readonly check: HostCheck;
  };
  /** Whether the change is merged or closed. */
  readonly isOver: boolean;
  /** When it has to be looked at again, if time alone changes it. */
  readonly dueAt?: string;
  readonly brokenGlass?: BrokenGlass;
  /** Of what breaks the glass, what the audit log was not told yet. */
  readonly unaudited: readonly ExplanationBypassRow[];
}

export interface CheckPlannerOptions {
  readonly knex: Knex;
  readonly explanations: ExplanationStore;
  readonly checks: CheckStore;
  readonly bypasses: BypassStore;
  readonly suggestions: ReviewerSuggestions;
  /** By which a change is let through. */
  readonly breakGlassLabel: string;
  readonly appBaseUrl: string;
  /** Where an entity does not say it. */
  readonly gate: ExplanationGate;
}

/** Works out which checks a change needs, from what is known of it now. */
export class CheckPlanner {
  readonly #options: CheckPlannerOptions;

  static create(options: CheckPlannerOptions): CheckPlanner {
    return new CheckPlanner(options);
  }

  private constructor(options: CheckPlannerOptions) {
    this.#options = options;
  }

  /** @returns undefined where nothing is to be shown */
  async plan(
    changeId: string,
    now: string,
  ): Promise<PlannedChecks | undefined> {
    const { checks, bypasses } = this.#options;
    const known = await this.#known(changeId);
    if (!known) {
      return undefined;
    }
    const { stored, change } = known;
    const written = await checks.of(changeId);
    const own = written.find(one => one.head_sha === change.head_sha);
    const since = own?.since ?? now;
    const bypassed = await bypasses.of(stored.row.id);
    const broken = this.#broken(stored, change, bypassed);
    const overdueAt = secondsAfter(since, DEADLINE_SECONDS);
    const check = wantedOn({
      ...{ stored, change, broken },
      overdue: now >= overdueAt,
      shown: own,
      isChecked: await this.#isChecked(stored, change),
    });
    const gate = stored.row.gate as ExplanationGate;
    const writes: Array<PlannedChecks['writes'][number]> = [];
    let doubted: PlannedChecks['doubted'];
    if (check) {
      const one = await this.#prepare(stored, change, check, since);
      await checks.want(one.wanted, now);
      // What nobody asks for costs one write; its host waits a moment for that.
      const isWorthIt = gate !== 'off' || check.state !== 'pending';
      if (own?.written_digest !== one.wanted.digest && isWorthIt) {
        // Whoever looks at a new head does not wait for what an old one needs.
        writes.push({
          ...one,
          lastWrittenAt:
            own?.written_state === 'pending'
              ? undefined
              : own?.written_at ?? undefined,
        });
      } else if (own?.doubted) {
        doubted = one;
      }
    }
    for (const other of written.filter(one => one !== own)) {
      // Where the outcome of a write is not known, anything may be shown.
      const isKnown = other.written_digest === other.digest;
      const shown = isKnown
        ? (other.written_state as ExplanationCheck['state'])
        : 'pending';
      const superseded = supersededCheck(shown, gate);
      if (superseded) {
        const old = { ...change, head_sha: other.head_sha };
        const one = await this.#prepare(stored, old, superseded, other.since);
        await checks.want(one.wanted, now);
        writes.push(one);
      }
    }
    const ids = new Set(broken?.ids);
    const unaudited = bypassed.filter(
      one => ids.has(one.id) && !one.audited_at,
    );
    return {
      host: change.host,
      writes,
      doubted,
      isOver: change.state !== 'open',
      dueAt: check?.state === 'pending' ? overdueAt : undefined,
      brokenGlass: broken,
      unaudited,
    };
  }

  /**
   * What stands on the newest head of a change, whether or not it is over by now.
   *
   * @returns undefined where nobody has told of the change
   */
  async verdict(
    changeId: string,
    overdue: boolean,
  ): Promise<(QueuedChange & { url: string }) | undefined> {
    const known = await this.#known(changeId);
    if (!known) {
      return undefined;
    }
    const { stored, change } = known;
    const bypassed = await this.#options.bypasses.of(stored.row.id);
    const broken = this.#broken(stored, change, bypassed);
    const isChecked = await this.#isChecked(stored, change);
    return {
      number: change.number,
      check: isChecked
        ? verdictOn({ stored, change, overdue, broken })
        : undefined,
      url: this.#urlOf(stored),
    };
  }

  async #known(
    changeId: string,
  ): Promise<{ stored: StoredExplanation; change: ChangeRow } | undefined> {
    const { knex, explanations } = this.#options;
    const row = await knex<ExplanationRow>('explanations')
      .where({ change_id: changeId })
      .first('id');
    const change = await knex<ChangeRow>('changes')
      .where({ id: changeId })
      .first();
    const stored = row && (await explanations.get(knex, row.id));
    return stored && change ? { stored, change } : undefined;
  }

  #broken(
    stored: StoredExplanation,
    change: ChangeRow,
    bypassed: readonly ExplanationBypassRow[],
  ) {
    return brokenGlassOf(bypassed, {
      change: JSON.parse(change.told) as HostChange,
      label: this.#options.breakGlassLabel,
      headSince: headSinceOf(stored, change.head_sha),
    });
  }

  async #isChecked(
    { row }: StoredExplanation,
    change: ChangeRow,
  ): Promise<boolean> {
    const { knex, gate } = this.#options;
    return row.gate !== 'off' || hasChecks(knex, change, gate);
  }

  #urlOf({ row }: StoredExplanation): string {
    return `${this.#options.appBaseUrl}/understanding/explanations/${row.id}`;
  }

  async #prepare(
    stored: StoredExplanation,
    change: ChangeRow,
    { state, title }: ExplanationCheck,
    since: string,
  ): Promise<{ wanted: WantedCheck; check: HostCheck }> {
    const url = this.#urlOf(stored);
    const { row } = stored;
    const { summary, lasting } = await this.#describe(stored, change, {
      check: { state, title },
      url,
    });
    const isAssessed =
      row.gate !== 'off' &&
      state !== 'pending' &&
      change.head_sha === row.head_sha;
    const content = {
      ...{ state, title, url, summary },
      explanation: (isAssessed && row.digest) || undefined,
    };
    return {
      wanted: {
        state,
        title,
        changeId: change.id,
        headSha: change.head_sha,
        digest: fingerprint({ ...content, summary: lasting }),
        since,
      },
      check: {
        ...content,
        host: change.host,
        repository: change.repository,
        headSha: change.head_sha,
        name: CHECK_NAME,
      },
    };
  }

  /** What is shown below a check, and what of it has the check written again. */
  async #describe(
    stored: StoredExplanation,
    change: ChangeRow,
    shown: { check: ExplanationCheck; url: string },
  ): Promise<{ summary: string; lasting: string }> {
    const { knex, suggestions } = this.#options;
    if (stored.row.gate === 'off') {
      const summary = uncheckedSummary(shown.url);
      return { summary, lasting: summary };
    }
    const described = await describeCheck(knex, stored, change, shown);
    const lasting = checkSummary(described);
    if (shown.check.state === 'pending') {
      // Whoever waits for the first check does not wait for suggestions.
      return { summary: lasting, lasting };
    }
    const reviewers = await suggestions.ofCheck(stored);
    // Others have fewer reviews by now: that alone is not worth a write.
    return { summary: checkSummary({ ...described, reviewers }), lasting };
  }
}

/** When a head was first told of. */
function headSinceOf({ versions }: StoredExplanation, headSha: string): string {
  return (
    versions.find(
      one => one.source === 'description' && one.head_sha === headSha,
    )?.at ?? ''
  );
}

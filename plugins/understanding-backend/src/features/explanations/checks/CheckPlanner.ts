import {
  BrokenGlass,
  ExplanationCheck,
  ExplanationGate,
  ExplanationState,
  HostChange,
  QueuedChange,
  checkSummary,
  explanationCheck,
  supersededCheck,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { HostCheck } from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { secondsAfter } from '../../../database/instants';
import { fingerprint } from '../../../database/shadow';
import {
  ChangeRow,
  ExplanationBypassRow,
  ExplanationCheckRow,
  ExplanationRow,
} from '../../../database/tables';
import { ExplanationStore, StoredExplanation } from '../ExplanationStore';
import type { ReviewerSuggestions } from '../ReviewerSuggestions';
import { BypassStore, brokenGlassOf } from './BypassStore';
import { CheckStore, WantedCheck } from './CheckStore';
import { describeCheck } from './describeCheck';

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
    });
    const gate = stored.row.gate as ExplanationGate;
    const writes: Array<PlannedChecks['writes'][number]> = [];
    let doubted: PlannedChecks['doubted'];
    if (check) {
      const one = await this.#prepare(stored, change, check, since);
      await checks.want(one.wanted, now);
      if (own?.written_digest !== one.wanted.digest) {
        // Whoever looks at a new head does not wait for what an old one needs.
        writes.push({
          ...one,
          lastWrittenAt:
            own?.written_state === 'pending'
              ? undefined
              : own?.written_at ?? undefined,
        });
      } else if (own.doubted) {
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
    return {
      number: change.number,
      check: verdictOn({ stored, change, overdue, broken }),
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

  #urlOf({ row }: StoredExplanation): string {
    return `${this.#options.appBaseUrl}/understanding/explanations/${row.id}`;
  }

  async #prepare(
    stored: StoredExplanation,
    change: ChangeRow,
    { state, title }: ExplanationCheck,
    since: string,
  ): Promise<{ wanted: WantedCheck; check: HostCheck }> {
    const { knex, suggestions } = this.#options;
    const url = this.#urlOf(stored);
    const described = await describeCheck(knex, stored, change, {
      check: { state, title },
      url,
    });
    // Whoever waits for the first check does not wait for these.
    const reviewers =
      state === 'pending' ? undefined : await suggestions.ofCheck(stored);
    const { digest } = stored.row;
    const isShown =
      state !== 'pending' && change.head_sha === stored.row.head_sha;
    const content = {
      ...{ state, title, url },
      summary: checkSummary({ ...described, reviewers }),
      explanation: (isShown && digest) || undefined,
    };
    return {
      wanted: {
        state,
        title,
        changeId: change.id,
        headSha: change.head_sha,
        // It is not written again only because others have fewer reviews by now.
        digest: fingerprint({ ...content, summary: checkSummary(described) }),
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
}

interface Standing {
  stored: StoredExplanation;
  change: ChangeRow;
  overdue: boolean;
  broken: BrokenGlass | undefined;
}

function verdictOn(standing: Standing): ExplanationCheck | undefined {
  const { stored, change, overdue, broken } = standing;
  const { row, heads } = stored;
  return explanationCheck({
    gate: row.gate as ExplanationGate,
    required: Boolean(row.required),
    because: row.because,
    state: row.state as ExplanationState,
    // The state has to be that of this very head.
    known:
      row.head_sha === change.head_sha && change.read_head === change.head_sha,
    overdue,
    authorsKnown: heads.some(one => one.head_sha === change.head_sha),
    brokenGlass: broken,
  });
}

/**
 * Of a change that is over nothing is shown any more, unless something waits there; of
 * one that no entity wants a check for, likewise.
 */
function wantedOn(
  standing: Standing & { shown: ExplanationCheckRow | undefined },
): ExplanationCheck | undefined {
  const { change, overdue, shown } = standing;
  const isOver = change.state !== 'open';
  const wanted = verdictOn({ ...standing, overdue: overdue || isOver });
  if (isOver) {
    return shown?.written_state === 'pending' ? wanted : undefined;
  }
  const mayStay = [null, undefined, 'neutral'].includes(shown?.written_state);
  return (
    wanted ??
    (mayStay ? undefined : { state: 'neutral', title: 'Not asked for here' })
  );
}

/** When a head was first told of. */
function headSinceOf({ versions }: StoredExplanation, headSha: string): string {
  return (
    versions.find(
      one => one.source === 'description' && one.head_sha === headSha,
    )?.at ?? ''
  );
}

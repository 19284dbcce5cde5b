import {
  BrokenGlass,
  ExplanationCheck,
  ExplanationGate,
  ExplanationState,
  HostChange,
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
const DEADLINE_SECONDS = 180;

/** What is to be written for a change. */
export interface PlannedChecks {
  readonly host: string;
  readonly writes: ReadonlyArray<{
    readonly wanted: WantedCheck;
    readonly check: HostCheck;
    /** Of that very head. */
    readonly lastWrittenAt?: string;
  }>;
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
    const { knex, explanations, checks, bypasses } = this.#options;
    const known = await knex<ExplanationRow>('explanations')
      .where({ change_id: changeId })
      .first('id');
    const change = await knex<ChangeRow>('changes')
      .where({ id: changeId })
      .first();
    const stored = known && (await explanations.get(knex, known.id));
    if (!stored || !change) {
      return undefined;
    }
    const written = await checks.of(changeId);
    const own = written.find(one => one.head_sha === change.head_sha);
    const since = own?.since ?? now;
    const bypassed = await bypasses.of(stored.row.id);
    const broken = brokenGlassOf(bypassed, {
      change: JSON.parse(change.told) as HostChange,
      label: this.#options.breakGlassLabel,
      headSince: headSinceOf(stored, change.head_sha),
    });
    const overdueAt = secondsAfter(since, DEADLINE_SECONDS);
    const check = wantedOn({
      row: stored.row,
      change,
      overdue: now >= overdueAt,
      authorsKnown: stored.heads.some(one => one.head_sha === change.head_sha),
      broken,
      shown: own,
    });
    const gate = stored.row.gate as ExplanationGate;
    const writes: Array<PlannedChecks['writes'][number]> = [];
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
      isOver: change.state !== 'open',
      dueAt: check?.state === 'pending' ? overdueAt : undefined,
      brokenGlass: broken,
      unaudited,
    };
  }

  async #prepare(
    stored: StoredExplanation,
    change: ChangeRow,
    { state, title }: ExplanationCheck,
    since: string,
  ): Promise<{ wanted: WantedCheck; check: HostCheck }> {
    const { knex, appBaseUrl, suggestions } = this.#options;
    const url = `${appBaseUrl}/understanding/explanations/${stored.row.id}`;
    const summary = await describeCheck(knex, stored, change, {
      check: { state, title },
      url,
      reviewers: await suggestions.ofCheck(stored),
    });
    const { digest } = stored.row;
    const isShown =
      state !== 'pending' && change.head_sha === stored.row.head_sha;
    const content = {
      ...{ state, title, summary, url },
      explanation: (isShown && digest) || undefined,
    };
    return {
      wanted: {
        state,
        title,
        changeId: change.id,
        headSha: change.head_sha,
        digest: fingerprint(content),
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

/**
 * Of a change that is over nothing is shown any more, unless something waits there; of
 * one that no entity wants a check for, likewise.
 */
function wantedOn(options: {
  row: ExplanationRow;
  change: ChangeRow;
  overdue: boolean;
  authorsKnown: boolean;
  broken: BrokenGlass | undefined;
  shown: ExplanationCheckRow | undefined;
}): ExplanationCheck | undefined {
  const { row, change, overdue, authorsKnown, broken, shown } = options;
  const isOver = change.state !== 'open';
  const wanted = explanationCheck({
    gate: row.gate as ExplanationGate,
    required: Boolean(row.required),
    because: row.because,
    state: row.state as ExplanationState,
    // The state has to be that of this very head.
    known:
      row.head_sha === change.head_sha && change.read_head === change.head_sha,
    overdue: overdue || isOver,
    authorsKnown,
    brokenGlass: broken,
  });
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

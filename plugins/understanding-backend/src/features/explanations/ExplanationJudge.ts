import {
  ExplanationGate,
  ExplanationPolicy,
  ExplanationStanding,
  ExplanationState,
  HostChange,
  HostFile,
  ShadowEntity,
  changeWeight,
  citedFiles,
  earliest,
  explanationRequired,
  explanationStanding,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { TicketQueue } from '../../database/TicketQueue';
import {
  ChangeRow,
  EntityRow,
  ExplanationAssessmentRow,
  ExplanationRow,
} from '../../database/tables';
import { DebtStore } from './DebtStore';
import { ExemptionStore } from './ExemptionStore';
import { ExplainedEdgeStore, isChanged } from './ExplainedEdgeStore';
import { ExplainedEvidence } from './ExplainedEvidence';
import { ExplanationStore, StoredExplanation } from './ExplanationStore';
import { participantsOf } from './Participants';
import { rightsKey } from './rightsKey';
import { codeOf, sightingsOf } from './sightings';

/** The code of what is explained without a change. */
const NO_CODE = '';

export interface ExplanationJudgeOptions {
  readonly explanations: ExplanationStore;
  readonly debts: DebtStore;
  readonly exemptions: ExemptionStore;
  readonly edges: ExplainedEdgeStore;
  readonly evidence: ExplainedEvidence;
  readonly queue: TicketQueue;
  /** What is asked for where an entity does not say it. */
  readonly policy: ExplanationPolicy;
  /** What a missing explanation does where an entity does not say it. */
  readonly gate: ExplanationGate;
}

/** Writes the state that follows from all that is known of an explanation. */
export class ExplanationJudge {
  readonly #explanations: ExplanationStore;
  readonly #debts: DebtStore;
  readonly #exemptions: ExemptionStore;
  readonly #edges: ExplainedEdgeStore;
  readonly #evidence: ExplainedEvidence;
  readonly #queue: TicketQueue;
  readonly #policy: ExplanationPolicy;
  readonly #gate: ExplanationGate;

  static create(options: ExplanationJudgeOptions): ExplanationJudge {
    return new ExplanationJudge(options);
  }

  private constructor(options: ExplanationJudgeOptions) {
    this.#explanations = options.explanations;
    this.#debts = options.debts;
    this.#exemptions = options.exemptions;
    this.#edges = options.edges;
    this.#evidence = options.evidence;
    this.#queue = options.queue;
    this.#policy = options.policy;
    this.#gate = options.gate;
  }

  /** Judges one anew; its row has to be locked. */
  async judge(tx: Knex, id: string, now: string): Promise<void> {
    const stored = await this.#explanations.get(tx, id);
    if (!stored) {
      return;
    }
    const change = stored.row.change_id
      ? await tx<ChangeRow>('changes')
          .where({ id: stored.row.change_id })
          .first()
      : undefined;
    await this.#edges.write(tx, stored, change, now);
    const asked = await this.#askedOf(tx, stored);
    const decisions = await this.#decide(tx, stored, change, { asked, now });
    const { required, because } =
      decisions.find(one => one.required) ?? decisions[0];
    const { state, text, sealed, debt, paidAt } = await standing(
      tx,
      stored,
      required,
      await this.#changedSince(tx, stored.row),
    );
    const owed = decisions.flatMap(one =>
      debt && sealed && one.required && one.entityRef
        ? [{ entityRef: one.entityRef, openedAt: sealed.at, paidAt }]
        : [],
    );
    const owedInAll = await this.#debts.write(tx, id, owed);
    const columns = {
      state,
      digest: text ?? null,
      required,
      because,
      gate: gateOf(decisions),
      asked: stored.row.merged_at ? JSON.stringify(asked) : null,
      sealed_at: sealed?.at ?? null,
      sealed_state: sealed?.state ?? null,
      ...(sealed ? sealOf(change) : {}),
      // Where no entity is known to owe it, the explanation still does.
      debt: owedInAll ?? debt ?? null,
    };
    await this.#explanations.update(tx, id, {
      ...columns,
      ...(state !== stored.row.state ||
      text !== (stored.row.digest ?? undefined)
        ? { updated_at: now }
        : {}),
    });
    await this.#follow(tx, stored, state, columns, now);
    if (stored.row.change_id) {
      await this.#queue.mark(tx, 'check', [stored.row.change_id], now);
    }
    const unknown = await this.#explanations.loginsOfUnknownRights(tx, id);
    await this.#queue.mark(
      tx,
      'review-rights',
      unknown.map(login => rightsKey(id, login)),
      now,
    );
  }

  /** When the code or a dependency that it is about became another one. */
  async #changedSince(
    tx: Knex,
    row: ExplanationRow,
  ): Promise<string | undefined> {
    const edges = (await this.#edges.of(tx, row.id)).filter(isChanged);
    return earliest([
      row.changed_since ?? undefined,
      ...edges.map(one => one.changed_at ?? undefined),
    ]);
  }

  /** Writes what follows elsewhere from a state that is another one now. */
  async #follow(
    tx: Knex,
    { row, texts, entityRefs }: StoredExplanation,
    state: ExplanationState,
    {
      digest,
      sealed_at: sealedAt,
      sealed_files: files,
    }: Partial<ExplanationRow>,
    now: string,
  ): Promise<void> {
    const isAccepted = (one: string) => one === 'accepted' || one === 'stale';
    const changed = state !== row.state || digest !== row.digest;
    if (changed && (isAccepted(state) || isAccepted(row.state))) {
      await this.#evidence.refresh(tx, entityRefs, now);
    }
    const text = texts.get(digest ?? '')?.sections;
    if (sealedAt && files && text && isAccepted(state)) {
      await this.#explanations.setFiles(
        tx,
        row.id,
        citedFiles(Object.values(text).join('\n'), JSON.parse(files)),
      );
    }
  }

  /** What entities ask for that say nothing of it. */
  get #otherwise(): Asking {
    return { policy: this.#policy, gate: this.#gate };
  }

  /** What its entities ask for. What held when it was merged holds for good. */
  async #askedOf(
    tx: Knex,
    { row, entityRefs }: StoredExplanation,
  ): Promise<Asking[]> {
    const kept: Asking[] =
      row.merged_at && row.asked ? JSON.parse(row.asked) : [];
    const present = await askingOf(tx, entityRefs, this.#otherwise);
    return present.map(
      one => kept.find(({ entityRef }) => entityRef === one.entityRef) ?? one,
    );
  }

  /** What each entity asks for; the explanation is, where any of them asks for it. */
  async #decide(
    tx: Knex,
    { row, entityRefs }: StoredExplanation,
    change: ChangeRow | undefined,
    { asked, now }: { asked: readonly Asking[]; now: string },
  ): Promise<Decision[]> {
    const files: HostFile[] | undefined =
      change?.files && !change.files_truncated
        ? JSON.parse(change.files)
        : undefined;
    const asking: Asking[] = [...asked];
    if (change && !files) {
      // What is not known must not be a way around those whom it may affect.
      const { host, repository } = change;
      const possible = await tx<EntityRow>('entities')
        .where({ host, host_repository: repository })
        .whereNull('removed_at')
        .whereNotIn('entity_ref', entityRefs)
        .pluck('entity_ref');
      const others = await askingOf(tx, possible, this.#otherwise);
      asking.push(...others.map(one => ({ ...one, entityRef: undefined })));
    }
    const instant = row.merged_at ?? now;
    const exempted = await this.#exemptions.holdingAt(tx, entityRefs, instant);
    const all = asking.length > 0 ? asking : [this.#otherwise];
    return all.map(({ entityRef, policy, gate }: Asking) => ({
      entityRef,
      gate,
      ...explanationRequired(
        {
          policy,
          aiAssistance: row.ai_assistance as 'unknown',
          author: change?.author
            ? { login: change.author, bot: Boolean(change.author_is_bot) }
            : undefined,
          files: files?.flatMap(({ path, previousPath }) =>
            previousPath ? [path, previousPath] : [path],
          ),
          exemptions: (exempted.get(entityRef ?? '') ?? []).map(one => ({
            reason: one.reason,
            ownerRef: one.owner_ref,
            until: one.until,
          })),
        },
        instant,
      ),
    }));
  }
}

interface Decision {
  /** Absent where no entity is known yet. */
  readonly entityRef?: string;
  readonly required: boolean;
  readonly because: string;
  readonly gate: ExplanationGate;
}

/** What a sealed record keeps of its merge, as far as the host has told it by now. */
function sealOf(change: ChangeRow | undefined) {
  if (!change) {
    return {};
  }
  const { mergeSha }: HostChange = JSON.parse(change.told);
  const files: HostFile[] | undefined =
    change.files && !change.files_truncated
      ? JSON.parse(change.files)
      : undefined;
  return {
    sealed_sha: mergeSha ?? null,
    sealed_files: files ? JSON.stringify(files.map(one => one.path)) : null,
    sealed_weight: change.lines === null ? null : changeWeight(change.lines),
  };
}

/** What an entity asks for, and what happens where it does not get it. */
interface Asking {
  readonly entityRef?: string;
  readonly policy: ExplanationPolicy;
  readonly gate: ExplanationGate;
}

async function askingOf(
  tx: Knex,
  entityRefs: readonly string[],
  otherwise: Pick<Asking, 'policy' | 'gate'>,
): Promise<Asking[]> {
  const asking: Asking[] = [];
  for (const entityRef of entityRefs) {
    const row = await tx<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .first('shadow');
    const shadow: ShadowEntity | undefined = row && JSON.parse(row.shadow);
    asking.push({
      entityRef,
      policy: shadow?.explanations ?? otherwise.policy,
      gate: shadow?.gate ?? otherwise.gate,
    });
  }
  return asking;
}

/** The strictest among those that ask for an explanation; else, among all. */
function gateOf(decisions: readonly Decision[]): ExplanationGate {
  const asking = decisions.filter(one => one.required);
  const gates = (asking.length > 0 ? asking : decisions).map(one => one.gate);
  return (
    (['blocking', 'advisory'] as const).find(gate => gates.includes(gate)) ??
    'off'
  );
}

async function standing(
  tx: Knex,
  stored: StoredExplanation,
  required: boolean,
  changedSince: string | undefined,
): Promise<ExplanationStanding> {
  const { authors, reviewers } = await participantsOf(tx, stored);
  const { row, assessments, heads } = stored;
  // Without a host that tells of commits, those who explain are all who are known.
  const authorsKnownOf = row.change_id
    ? heads.map(one => codeOf(stored, one.head_sha))
    : [row.head_sha ?? NO_CODE];
  return explanationStanding({
    ...sightingsOf(stored),
    assessments: assessments.filter(isAllowed).map(one => {
      const names = reviewers.get(one.id) ?? [];
      return {
        reviewer: names.find(name => authors.has(name)) ?? names[0],
        bot: Boolean(one.bot),
        at: one.at,
        result: one.result as 'genuine',
        code: one.head_sha === null ? undefined : codeOf(stored, one.head_sha),
        text: one.digest ?? undefined,
        withdrawn: Boolean(one.withdrawn),
      };
    }),
    authors: [...authors],
    authorsKnownOf,
    required,
    mergedAt: row.merged_at ?? undefined,
    changedSince,
  });
}

/** Whoever may not review on the host says nothing here; nor does one before that is known. */
function isAllowed({ may_review: may }: ExplanationAssessmentRow): boolean {
  return Boolean(may);
}

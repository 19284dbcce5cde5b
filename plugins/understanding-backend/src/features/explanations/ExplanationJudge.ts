import {
  ExplanationPolicy,
  ExplanationStanding,
  HostChange,
  HostFile,
  ShadowEntity,
  changeWeight,
  explanationRequired,
  explanationStanding,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ChangeRow, EntityRow } from '../../database/tables';
import { DebtStore } from './DebtStore';
import { ExplanationStore, StoredExplanation } from './ExplanationStore';
import { writeEdges } from './explanationEdges';
import { participantsOf } from './Participants';
import { sightingsOf } from './sightings';

/** The code of what is explained without a change. */
const NO_CODE = '';

export interface ExplanationJudgeOptions {
  readonly explanations: ExplanationStore;
  readonly debts: DebtStore;
  /** What is asked for where an entity does not say it. */
  readonly policy: ExplanationPolicy;
}

/** Writes the state that follows from all that is known of an explanation. */
export class ExplanationJudge {
  readonly #explanations: ExplanationStore;
  readonly #debts: DebtStore;
  readonly #policy: ExplanationPolicy;

  static create(options: ExplanationJudgeOptions): ExplanationJudge {
    return new ExplanationJudge(options);
  }

  private constructor(options: ExplanationJudgeOptions) {
    this.#explanations = options.explanations;
    this.#debts = options.debts;
    this.#policy = options.policy;
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
    await writeEdges(tx, stored, change);
    const decisions = await this.#decide(tx, stored, change, now);
    const { required, because } =
      decisions.find(one => one.required) ?? decisions[0];
    const { state, text, sealed, debt, paidAt } = await standing(
      tx,
      stored,
      required,
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
  }

  /** What each entity asks for; the explanation is, where any of them asks for it. */
  async #decide(
    tx: Knex,
    { row, entityRefs }: StoredExplanation,
    change: ChangeRow | undefined,
    now: string,
  ): Promise<Decision[]> {
    const files: HostFile[] | undefined =
      change?.files && !change.files_truncated
        ? JSON.parse(change.files)
        : undefined;
    const policies = await policiesOf(tx, entityRefs, this.#policy);
    return policies.map(({ entityRef, policy }) => ({
      entityRef,
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
          exemptions: [],
        },
        now,
      ),
    }));
  }
}

interface Decision {
  /** Absent where no entity is known yet. */
  readonly entityRef?: string;
  readonly required: boolean;
  readonly because: string;
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

async function policiesOf(
  tx: Knex,
  entityRefs: readonly string[],
  otherwise: ExplanationPolicy,
): Promise<Array<{ entityRef?: string; policy: ExplanationPolicy }>> {
  const policies: Array<{ entityRef: string; policy: ExplanationPolicy }> = [];
  for (const entityRef of entityRefs) {
    const row = await tx<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .first('shadow');
    const shadow: ShadowEntity | undefined = row && JSON.parse(row.shadow);
    policies.push({
      entityRef,
      policy: shadow?.explanations ?? otherwise,
    });
  }
  return policies.length > 0 ? policies : [{ policy: otherwise }];
}

async function standing(
  tx: Knex,
  stored: StoredExplanation,
  required: boolean,
): Promise<ExplanationStanding> {
  const { authors, reviewers } = await participantsOf(tx, stored);
  const { row, assessments, heads } = stored;
  // Without a host that tells of commits, those who explain are all who are known.
  const authorsKnownOf = row.change_id ? heads : [row.head_sha ?? NO_CODE];
  return explanationStanding({
    ...sightingsOf(stored),
    assessments: assessments.map(one => {
      const names = reviewers.get(one.id) ?? [];
      return {
        reviewer: names.find(name => authors.has(name)) ?? names[0],
        bot: Boolean(one.bot),
        at: one.at,
        result: one.result as 'genuine',
        code: one.head_sha ?? undefined,
        text: one.digest ?? undefined,
        withdrawn: Boolean(one.withdrawn),
      };
    }),
    authors: [...authors],
    authorsKnownOf,
    required,
    mergedAt: row.merged_at ?? undefined,
  });
}

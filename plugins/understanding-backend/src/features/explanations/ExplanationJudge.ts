import {
  ExplanationPolicy,
  ExplanationStanding,
  HostFile,
  ShadowEntity,
  explanationRequired,
  explanationStanding,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ChangeRow, EntityRow } from '../../database/tables';
import {
  ExplanationStore,
  StoredExplanation,
  sightingsOf,
} from './ExplanationStore';
import { participantsOf } from './Participants';

/** The code of what is explained without a change. */
const NO_CODE = '';

export interface ExplanationJudgeOptions {
  readonly explanations: ExplanationStore;
  /** What is asked for where an entity does not say it. */
  readonly policy: ExplanationPolicy;
}

/** Writes the state that follows from all that is known of an explanation. */
export class ExplanationJudge {
  readonly #explanations: ExplanationStore;
  readonly #policy: ExplanationPolicy;

  static create(options: ExplanationJudgeOptions): ExplanationJudge {
    return new ExplanationJudge(options);
  }

  private constructor({ explanations, policy }: ExplanationJudgeOptions) {
    this.#explanations = explanations;
    this.#policy = policy;
  }

  /** Judges one anew; its row has to be locked. */
  async judge(tx: Knex, id: string, now: string): Promise<void> {
    const stored = await this.#explanations.get(tx, id);
    if (!stored) {
      return;
    }
    const { required, because } = await this.#required(tx, stored, now);
    const { state, text, sealed, debt } = await standing(tx, stored, required);
    const columns = {
      state,
      digest: text ?? null,
      required,
      because,
      sealed_at: sealed?.at ?? null,
      sealed_state: sealed?.state ?? null,
      debt: debt ?? null,
    };
    await this.#explanations.update(tx, id, {
      ...columns,
      ...(state !== stored.row.state ||
      text !== (stored.row.digest ?? undefined)
        ? { updated_at: now }
        : {}),
    });
  }

  /** Asked for where any of the entities asks for it. */
  async #required(
    tx: Knex,
    { row, entityRefs }: StoredExplanation,
    now: string,
  ): Promise<{ required: boolean; because: string }> {
    const change = row.change_id
      ? await tx<ChangeRow>('changes').where({ id: row.change_id }).first()
      : undefined;
    const files: HostFile[] | undefined =
      change?.files && !change.files_truncated
        ? JSON.parse(change.files)
        : undefined;
    const decisions = (await policiesOf(tx, entityRefs, this.#policy)).map(
      policy =>
        explanationRequired(
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
    );
    return decisions.find(one => one.required) ?? decisions[0];
  }
}

async function policiesOf(
  tx: Knex,
  entityRefs: readonly string[],
  otherwise: ExplanationPolicy,
): Promise<ExplanationPolicy[]> {
  const policies = new Set<ExplanationPolicy>();
  for (const entityRef of entityRefs) {
    const row = await tx<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .first('shadow');
    const shadow: ShadowEntity | undefined = row && JSON.parse(row.shadow);
    policies.add(shadow?.explanations ?? otherwise);
  }
  return policies.size > 0 ? [...policies] : [otherwise];
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

import {
  BrokenGlass,
  HostChange,
  breakGlassReason,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { fingerprint } from '../../../database/shadow';
import { ExplanationBypassRow } from '../../../database/tables';

/** Who let changes through without an accepted explanation, and why. */
export class BypassStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): BypassStore {
    return new BypassStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async of(explanationId: string): Promise<ExplanationBypassRow[]> {
    return this.#knex<ExplanationBypassRow>('explanation_bypasses')
      .where({ explanation_id: explanationId })
      .orderBy(['at', 'id']);
  }

  /** Adds one, or takes it back; what was taken back stays so. */
  async add(
    tx: Knex,
    row: Omit<ExplanationBypassRow, 'may_review' | 'audited_at'>,
  ): Promise<void> {
    const insert = tx<ExplanationBypassRow>('explanation_bypasses')
      .insert({ ...row, may_review: row.login ? null : true })
      .onConflict('id');
    await (row.withdrawn ? insert.merge(['withdrawn']) : insert.ignore());
  }

  /** Notes that a label lets a head through, once for each reason. */
  async addLabel(
    tx: Knex,
    explanationId: string,
    change: HostChange,
    label: string,
  ): Promise<void> {
    const reason = labelled(change, label);
    if (reason !== undefined) {
      await this.add(tx, {
        id: `label ${fingerprint([explanationId, change.headSha, reason])}`,
        explanation_id: explanationId,
        source: 'label',
        login: null,
        bot: false,
        reason,
        at: change.updatedAt,
        head_sha: change.headSha,
        withdrawn: false,
      });
    }
  }

  /** Notes that the audit log was told. */
  async setAudited(id: string, now: string): Promise<void> {
    await this.#knex<ExplanationBypassRow>('explanation_bypasses')
      .where({ id })
      .update({ audited_at: now });
  }
}

/**
 * What lets a head through now: a label as long as it is there, with a reason in the
 * description; a command until there is another head.
 *
 * @param headSince - when the head was first told of; what came in the same second is
 * not taken to have been meant
 */
export function brokenGlassOf(
  bypasses: readonly ExplanationBypassRow[],
  now: { change: HostChange; label: string; headSince: string },
): (BrokenGlass & { ids: string[] }) | undefined {
  const { change, label, headSince } = now;
  const reason = labelled(change, label);
  if (reason !== undefined) {
    const ids = bypasses
      .filter(one => one.source === 'label' && one.head_sha === change.headSha)
      .map(one => one.id);
    return { reason, ids };
  }
  const last = bypasses
    .filter(one => one.source === 'command' && one.at > headSince)
    .filter(one => one.may_review && !one.bot && !one.withdrawn)
    .pop();
  return (
    last && { reason: last.reason, by: last.login ?? undefined, ids: [last.id] }
  );
}

function labelled(
  { labels, description }: HostChange,
  label: string,
): string | undefined {
  return labels.includes(label) ? breakGlassReason(description) : undefined;
}

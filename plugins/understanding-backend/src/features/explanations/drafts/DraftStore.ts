import {
  Draft,
  KeptDraft,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ExplanationDraftRow } from '../../../database/tables';

/** Texts of explanations and walkthroughs that are not submitted yet. */
export class DraftStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DraftStore {
    return new DraftStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(personRef: string, key: string): Promise<Draft | undefined> {
    const row = await this.#drafts
      .where({ person_ref: personRef, key })
      .first();
    return (
      row && {
        key,
        savedAt: row.saved_at,
        content: JSON.parse(row.content),
      }
    );
  }

  /** Those of somebody, without what stands in them; the latest first. */
  async listOf(personRef: string): Promise<KeptDraft[]> {
    const rows = await this.#drafts
      .where({ person_ref: personRef })
      .orderBy([{ column: 'saved_at', order: 'desc' }, 'key'])
      .select('key', 'saved_at');
    return rows.map(row => ({ key: row.key, savedAt: row.saved_at }));
  }

  /** How many somebody has beside the one with a key. */
  async countOthers(personRef: string, key: string): Promise<number> {
    const [row] = await this.#drafts
      .where({ person_ref: personRef })
      .whereNot({ key })
      .count({ count: '*' });
    return Number(row.count);
  }

  /** In place of what was kept before under the same key. */
  async keep(personRef: string, draft: Draft): Promise<void> {
    await this.#drafts
      .insert({
        person_ref: personRef,
        key: draft.key,
        content: JSON.stringify(draft.content),
        saved_at: draft.savedAt,
      })
      .onConflict(['person_ref', 'key'])
      .merge();
  }

  async remove(personRef: string, key: string): Promise<void> {
    await this.#drafts.where({ person_ref: personRef, key }).delete();
  }

  /** Removes those that were last saved before an instant. */
  async removeBefore(tx: Knex, instant: string): Promise<void> {
    await tx<ExplanationDraftRow>('explanation_drafts')
      .where('saved_at', '<', instant)
      .delete();
  }

  get #drafts() {
    return this.#knex<ExplanationDraftRow>('explanation_drafts');
  }
}

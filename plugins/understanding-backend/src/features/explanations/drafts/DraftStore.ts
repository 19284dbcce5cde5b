import {
  Draft,
  KeptDraft,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ExplanationDraftRow } from '../../../database/tables';

/**
 * Texts of explanations and walkthroughs that are not submitted yet. Where several
 * references are asked for, they are those of one person, as `RenameStore` tells.
 */
export class DraftStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DraftStore {
    return new DraftStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** As it was saved last, by whatever reference. */
  async get(
    personRefs: readonly string[],
    key: string,
  ): Promise<Draft | undefined> {
    const row = await this.#drafts
      .whereIn('person_ref', personRefs)
      .andWhere({ key })
      .orderBy('saved_at', 'desc')
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
  async listOf(personRefs: readonly string[]): Promise<KeptDraft[]> {
    const rows: KeptDraft[] = await this.#drafts
      .whereIn('person_ref', personRefs)
      .groupBy('key')
      .orderBy([{ column: 'savedAt', order: 'desc' }, 'key'])
      .select('key')
      .max({ savedAt: 'saved_at' });
    return rows;
  }

  /** How many somebody has beside the one with a key. */
  async countOthers(
    personRefs: readonly string[],
    key: string,
  ): Promise<number> {
    const [row] = await this.#drafts
      .whereIn('person_ref', personRefs)
      .whereNot({ key })
      .countDistinct({ count: 'key' });
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

  async remove(personRefs: readonly string[], key: string): Promise<void> {
    await this.#drafts
      .whereIn('person_ref', personRefs)
      .andWhere({ key })
      .delete();
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

import {
  NEAR_DUPLICATE,
  ParsedExplanation,
  sketchSimilarity,
  textSketch,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ExplanationTextRow } from '../../database/tables';

/** Texts that a new one is compared with, the last ones. */
const MAX_COMPARED = 10_000;

/** The texts of explanations, each once, and what they are near-duplicates of. */
export class ExplanationTextStore {
  static create(): ExplanationTextStore {
    return new ExplanationTextStore();
  }

  private constructor() {}

  /** Adds a text, unless it is known; the first time it is compared with others. */
  async add(
    tx: Knex,
    id: string,
    digest: string,
    parsed: ParsedExplanation,
    now: string,
  ): Promise<void> {
    const key = { explanation_id: id, digest };
    if (await tx<ExplanationTextRow>('explanation_texts').where(key).first()) {
      return;
    }
    const sketch = textSketch(Object.values(parsed.sections).join('\n'));
    await tx<ExplanationTextRow>('explanation_texts').insert({
      ...key,
      parsed: JSON.stringify(parsed),
      sketch: Buffer.from(Uint32Array.from(sketch).buffer).toString('base64'),
      duplicate_of: (await this.#findDuplicate(tx, id, sketch)) ?? null,
      written_at: now,
    });
  }

  /** The explanation of something else that says most nearly the same. */
  async #findDuplicate(
    tx: Knex,
    id: string,
    sketch: readonly number[],
  ): Promise<string | undefined> {
    if (sketch.length === 0) {
      return undefined;
    }
    const rows = await tx<ExplanationTextRow>('explanation_texts')
      .whereNot({ explanation_id: id })
      .orderBy('written_at', 'desc')
      .limit(MAX_COMPARED)
      .select('explanation_id', 'sketch');
    let best: { id: string; similarity: number } | undefined;
    for (const row of rows) {
      const bytes = Uint8Array.from(Buffer.from(row.sketch, 'base64'));
      const similarity = sketchSimilarity(
        sketch,
        new Uint32Array(bytes.buffer),
      );
      if (
        similarity >= NEAR_DUPLICATE &&
        similarity > (best?.similarity ?? 0)
      ) {
        best = { id: row.explanation_id, similarity };
      }
    }
    return best?.id;
  }
}

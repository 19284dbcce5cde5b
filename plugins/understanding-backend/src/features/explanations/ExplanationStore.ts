import {
  ExplanationFacts,
  NEAR_DUPLICATE,
  ParsedExplanation,
  sketchSimilarity,
  textSketch,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { isPostgres } from '../../database/instants';
import { batches } from '../../database/shadow';
import {
  ExplanationAssessmentRow,
  ExplanationAuthorRow,
  ExplanationEntityRow,
  ExplanationHeadRow,
  ExplanationRow,
  ExplanationTextRow,
  ExplanationVersionRow,
} from '../../database/tables';

/** Texts that a new one is compared with, the last ones. */
const MAX_COMPARED = 10_000;

/** All rows of one explanation. */
export interface StoredExplanation {
  readonly row: ExplanationRow;
  readonly entityRefs: readonly string[];
  /** By digest. */
  readonly texts: ReadonlyMap<string, ParsedExplanation>;
  /** What texts are near-duplicates of, by digest. */
  readonly duplicates: ReadonlyMap<string, string>;
  /** In order of time. */
  readonly versions: readonly ExplanationVersionRow[];
  readonly authors: readonly ExplanationAuthorRow[];
  readonly heads: readonly string[];
  /** In order of time. */
  readonly assessments: readonly ExplanationAssessmentRow[];
}

/** A list's filter. */
export interface ExplanationFilter {
  readonly entityRef?: string;
  readonly state?: string;
  readonly url?: string;
  /** Of an author; any of them. */
  readonly authors?: ReadonlyArray<
    Pick<ExplanationAuthorRow, 'kind' | 'value'>
  >;
}

/** Explanations with every text that there was, and what was found of them. */
export class ExplanationStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): ExplanationStore {
    return new ExplanationStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Locks one explanation until the transaction ends, so that of two workers the second
   * judges what the first has written. On SQLite there is one writer.
   */
  async lock(
    tx: Knex,
    where: Partial<Pick<ExplanationRow, 'id' | 'change_id'>>,
  ): Promise<ExplanationRow | undefined> {
    const query = tx<ExplanationRow>('explanations').where(where);
    return (isPostgres(tx) ? query.forUpdate() : query).first();
  }

  /**
   * Lets only one transaction at a time write what is told of a change, also before
   * there is a row to lock: a comment must not be told beside a change that it would
   * have to find, or be found by.
   */
  async lockChange(tx: Knex, changeId: string): Promise<void> {
    if (isPostgres(tx)) {
      await tx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
        `explanation of ${changeId}`,
      ]);
    }
  }

  /** One that was written on a page before its host told of the change. */
  async lockByNumber(
    tx: Knex,
    change: { host: string; repository: string; number: number },
  ): Promise<ExplanationRow | undefined> {
    const { host, repository, number } = change;
    await this.lockChange(tx, `${host}/${repository}#${number}`);
    const query = tx<ExplanationRow>('explanations')
      .where({ host, repository, number })
      .orderBy('created_at');
    return (isPostgres(tx) ? query.forUpdate() : query).first();
  }

  async insert(tx: Knex, row: ExplanationRow): Promise<void> {
    await tx<ExplanationRow>('explanations').insert(row);
  }

  async update(
    tx: Knex,
    id: string,
    columns: Partial<ExplanationRow>,
  ): Promise<void> {
    await tx<ExplanationRow>('explanations').where({ id }).update(columns);
  }

  /** Adds a text, unless it is known; the first time it is compared with others. */
  async addText(
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

  /** What the host was asked for outweighs what it told of the same instant. */
  async addVersion(tx: Knex, version: ExplanationVersionRow): Promise<void> {
    const insert = tx<ExplanationVersionRow>('explanation_versions')
      .insert(version)
      .onConflict(['explanation_id', 'source', 'at', 'head_sha', 'digest']);
    await (version.asked ? insert.merge(['asked']) : insert.ignore());
  }

  async addAuthors(
    tx: Knex,
    authors: readonly ExplanationAuthorRow[],
  ): Promise<void> {
    for (const batch of batches(authors)) {
      await tx<ExplanationAuthorRow>('explanation_authors')
        .insert(batch)
        .onConflict(['explanation_id', 'kind', 'value'])
        .ignore();
    }
  }

  async addHead(tx: Knex, id: string, headSha: string): Promise<void> {
    await tx<ExplanationHeadRow>('explanation_heads')
      .insert({ explanation_id: id, head_sha: headSha })
      .onConflict(['explanation_id', 'head_sha'])
      .ignore();
  }

  /** Adds one, also after it was taken back, and then it stays so. */
  async addAssessment(
    tx: Knex,
    assessment: ExplanationAssessmentRow,
  ): Promise<void> {
    await tx<ExplanationAssessmentRow>('explanation_assessments')
      .insert(assessment)
      .onConflict('id')
      .merge(['result', 'note']);
    if (assessment.withdrawn) {
      await this.withdraw(tx, assessment);
    }
  }

  /** Takes one back, also before it is known what it was. */
  async withdraw(
    tx: Knex,
    assessment: ExplanationAssessmentRow,
  ): Promise<void> {
    await tx<ExplanationAssessmentRow>('explanation_assessments')
      .insert(assessment)
      .onConflict('id')
      .merge(['withdrawn']);
  }

  async setEntities(
    tx: Knex,
    id: string,
    entityRefs: readonly string[],
  ): Promise<void> {
    await tx<ExplanationEntityRow>('explanation_entities')
      .where({ explanation_id: id })
      .delete();
    for (const batch of batches([...new Set(entityRefs)])) {
      await tx<ExplanationEntityRow>('explanation_entities').insert(
        batch.map(entity_ref => ({ explanation_id: id, entity_ref })),
      );
    }
  }

  /** One with all its rows. */
  async get(tx: Knex, id: string): Promise<StoredExplanation | undefined> {
    const row = await tx<ExplanationRow>('explanations').where({ id }).first();
    if (!row) {
      return undefined;
    }
    const of = { explanation_id: id };
    const texts = await tx<ExplanationTextRow>('explanation_texts').where(of);
    const heads = await tx<ExplanationHeadRow>('explanation_heads').where(of);
    return {
      row,
      entityRefs: (await this.entitiesOf(tx, [id])).get(id) ?? [],
      texts: new Map(texts.map(one => [one.digest, JSON.parse(one.parsed)])),
      duplicates: new Map(
        texts.flatMap(({ digest, duplicate_of: other }) =>
          other ? [[digest, other] as const] : [],
        ),
      ),
      versions: await tx<ExplanationVersionRow>('explanation_versions')
        .where(of)
        .orderBy(['at', 'source', 'head_sha', 'digest']),
      authors: await tx<ExplanationAuthorRow>('explanation_authors')
        .where(of)
        .orderBy(['kind', 'value']),
      heads: heads.map(one => one.head_sha),
      assessments: await tx<ExplanationAssessmentRow>('explanation_assessments')
        .where(of)
        .orderBy(['at', 'id']),
    };
  }

  /** The entities of some explanations, in order. */
  async entitiesOf(
    tx: Knex,
    ids: readonly string[],
  ): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>(ids.map(id => [id, []]));
    for (const batch of batches(ids)) {
      const rows = await tx<ExplanationEntityRow>('explanation_entities')
        .whereIn('explanation_id', batch)
        .orderBy('entity_ref');
      rows.forEach(row => found.get(row.explanation_id)?.push(row.entity_ref));
    }
    return found;
  }

  /** From the newest to the oldest. */
  async list(
    filter: ExplanationFilter,
    page: { limit?: number; after?: { createdAt: string; id: string } },
  ): Promise<Array<{ row: ExplanationRow; entityRefs: string[] }>> {
    const query = this.#filtered(filter)
      .select('explanations.*')
      .orderBy([
        { column: 'explanations.created_at', order: 'desc' },
        { column: 'explanations.id', order: 'asc' },
      ]);
    const { after, limit } = page;
    if (after) {
      query.andWhere(later =>
        later
          .where('explanations.created_at', '<', after.createdAt)
          .orWhere(same =>
            same
              .where('explanations.created_at', after.createdAt)
              .andWhere('explanations.id', '>', after.id),
          ),
      );
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    const rows: ExplanationRow[] = await query;
    const refs = await this.entitiesOf(
      this.#knex,
      rows.map(row => row.id),
    );
    return rows.map(row => ({ row, entityRefs: refs.get(row.id) ?? [] }));
  }

  async count(filter: ExplanationFilter): Promise<number> {
    const [row] = await this.#filtered(filter).count({ count: '*' });
    return Number(row.count);
  }

  #filtered({ entityRef, state, url, authors }: ExplanationFilter) {
    const query = this.#knex('explanations');
    const related = (table: string) =>
      this.#knex(table)
        .whereRaw(`${table}.explanation_id = explanations.id`)
        .select(this.#knex.raw('1'));
    if (state) {
      query.andWhere('explanations.state', state);
    }
    if (url) {
      query.andWhere('explanations.url', url);
    }
    if (entityRef) {
      query.whereExists(
        related('explanation_entities').where({ entity_ref: entityRef }),
      );
    }
    if (authors) {
      query.whereExists(
        related('explanation_authors').andWhere(any => {
          any.whereRaw('1 = 0');
          authors.forEach(({ kind, value }) => any.orWhere({ kind, value }));
        }),
      );
    }
    return query;
  }
}

/** The digest that stands for a text which says nothing. */
export const NO_TEXT = '';

/** The text of a digest, where it is a whole explanation. */
export function wholeText(
  { texts }: Pick<StoredExplanation, 'texts'>,
  digest: string | null,
): string | undefined {
  return digest && texts.get(digest)?.text ? digest : undefined;
}

/** What the rule has to know beside who is who. */
export function sightingsOf(
  stored: StoredExplanation,
): Pick<ExplanationFacts, 'current' | 'sightings' | 'written'> {
  const { row, versions } = stored;
  return {
    current:
      row.described_at && row.head_sha
        ? {
            at: row.described_at,
            code: row.head_sha,
            text: wholeText(stored, row.described),
          }
        : undefined,
    sightings: versions
      .filter(one => one.source === 'description')
      .map(one => ({
        at: one.at,
        code: one.head_sha,
        text: wholeText(stored, one.digest),
        asked: Boolean(one.asked),
      })),
    written: versions
      .filter(one => one.source === 'page')
      .map(one => ({ at: one.at, text: one.digest })),
  };
}

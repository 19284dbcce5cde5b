import { ParsedExplanation } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { isPostgres } from '../../database/instants';
import { batches } from '../../database/shadow';
import {
  ExplanationAssessmentRow,
  ExplanationAuthorRow,
  ExplanationEntityRow,
  ExplanationFileRow,
  ExplanationHeadRow,
  ExplanationReviewerRow,
  ExplanationRow,
  ExplanationTextRow,
  ExplanationVersionRow,
} from '../../database/tables';
import { NO_TEXT } from './explanationOf';

/** What follows from what becomes known later. */
const UNJUDGED = {
  described: NO_TEXT,
  merged_at: null,
  state: 'missing',
  digest: null,
  required: false,
  because: '',
  gate: 'off',
  sealed_at: null,
  sealed_state: null,
  sealed_sha: null,
  sealed_files: null,
  asked: null,
  sealed_weight: null,
  debt: null,
  changed_since: null,
} as const;

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
  /** Those of which all commits are known. */
  readonly heads: readonly ExplanationHeadRow[];
  /** In order of time. */
  readonly assessments: readonly ExplanationAssessmentRow[];
}

/** Explanations with every text that there was, and what was found of them. */
export class ExplanationStore {
  static create(): ExplanationStore {
    return new ExplanationStore();
  }

  private constructor() {}

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

  /** Adds one that nobody has judged yet. */
  async insert(
    tx: Knex,
    known: Omit<ExplanationRow, keyof typeof UNJUDGED>,
  ): Promise<ExplanationRow> {
    const row: ExplanationRow = { ...known, ...UNJUDGED };
    await tx<ExplanationRow>('explanations').insert(row);
    return row;
  }

  async update(
    tx: Knex,
    id: string,
    columns: Partial<ExplanationRow>,
  ): Promise<void> {
    await tx<ExplanationRow>('explanations').where({ id }).update(columns);
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

  /** @param code - the same for heads with the same code; undefined where unknown */
  async addHead(
    tx: Knex,
    id: string,
    headSha: string,
    code: string | undefined,
  ): Promise<void> {
    await tx<ExplanationHeadRow>('explanation_heads')
      .insert({ explanation_id: id, head_sha: headSha, code: code ?? null })
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

  /** Accounts of which the host has not said yet whether they may review. */
  async loginsOfUnknownRights(tx: Knex, id: string): Promise<string[]> {
    const found = new Set<string>();
    for (const table of ['explanation_assessments', 'explanation_bypasses']) {
      const logins: string[] = await tx(table)
        .where({ explanation_id: id })
        .whereNull('may_review')
        .whereNotNull('login')
        .distinct()
        .pluck('login');
      logins.forEach(login => found.add(login));
    }
    return [...found];
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

  async setReviewers(
    tx: Knex,
    id: string,
    logins: readonly string[],
  ): Promise<void> {
    await tx<ExplanationReviewerRow>('explanation_reviewers')
      .where({ explanation_id: id })
      .delete();
    for (const batch of batches([...new Set(logins)])) {
      await tx<ExplanationReviewerRow>('explanation_reviewers').insert(
        batch.map(login => ({ explanation_id: id, login })),
      );
    }
  }

  async setFiles(
    tx: Knex,
    id: string,
    paths: readonly string[],
  ): Promise<void> {
    for (const batch of batches([...new Set(paths)])) {
      await tx<ExplanationFileRow>('explanation_files')
        .insert(batch.map(path => ({ explanation_id: id, path })))
        .onConflict(['explanation_id', 'path'])
        .ignore();
    }
  }

  /** Accepted explanations of some files that were merged before, and held until now. */
  async listExplaining(
    tx: Knex,
    paths: readonly string[],
    of: { host: string; repository: string; before: string },
  ): Promise<string[]> {
    const found = new Set<string>();
    for (const batch of batches(paths)) {
      const ids: string[] = await tx('explanation_files')
        .join(
          'explanations',
          'explanations.id',
          'explanation_files.explanation_id',
        )
        .whereIn('path', batch)
        .andWhere({ host: of.host, repository: of.repository })
        .andWhere('merged_at', '<', of.before)
        .andWhere(still =>
          still
            .whereNull('changed_since')
            .orWhere('changed_since', '>', of.before),
        )
        .distinct()
        .pluck('explanations.id');
      ids.forEach(id => found.add(id));
    }
    return [...found].sort();
  }

  /** What stands in one text of an explanation. */
  async textOf(
    tx: Knex,
    id: string,
    digest: string,
  ): Promise<ParsedExplanation | undefined> {
    const row = await tx<ExplanationTextRow>('explanation_texts')
      .where({ explanation_id: id, digest })
      .first('parsed');
    return row && JSON.parse(row.parsed);
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
      entityRefs: (await entitiesOf(tx, [id])).get(id) ?? [],
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
      heads,
      assessments: await tx<ExplanationAssessmentRow>('explanation_assessments')
        .where(of)
        .orderBy(['at', 'id']),
    };
  }
}

/** The entities of some explanations, in order. */
export async function entitiesOf(
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

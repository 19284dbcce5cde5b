import { Knex } from 'knex';
import { isPostgres } from '../../database/instants';
import { Statement, oneOf, prepared } from '../../database/prepared';
import { batches } from '../../database/shadow';
import { EvidenceRow } from '../../database/tables';
import { isVisible } from '../../permissions/Access';
import {
  PREPARED_COLUMNS,
  PreparedEntity,
  PreparedRow,
  toPreparedEntity,
} from '../entities/SummaryStore';
import type { IdentityStore } from '../people/IdentityStore';
import { Bounds, Link, MAX_CANDIDATES, ofLink } from './LookupStore';

/** Of a folder that holds more, the first ones are looked at, and who knows these. */
const MAX_FILES = 10_000;

/** An entity that a path or link leads to. */
export interface PathMatch {
  readonly known: PreparedEntity;
  /** What the repository is called. */
  readonly repository: string;
  readonly path: string;
  /**
   * Who knows files at or below the path, by reference, or by name where no User of the
   * catalog claims them.
   */
  readonly knowers: {
    readonly personRefs: ReadonlySet<string | undefined>;
    readonly names: ReadonlySet<string>;
  };
}

/** A file of an entity. */
export interface FoundPath {
  readonly path: string;
  readonly entityRef: string;
}

/** Where a path is looked for: in repositories of that name, or in one of a code host. */
export interface Within {
  readonly name?: string;
  readonly link?: Link;
}

export interface PathStoreOptions {
  readonly knex: Knex;
  readonly identities: IdentityStore;
}

/** Evidence, with what says whose it is. */
type NamedRow = Pick<EvidenceRow, (typeof NAMED_BY)[number]>;

const NAMED_BY = [
  'entity_ref',
  'person_ref',
  'display_name',
  'email',
  'host',
  'login',
] as const;

const FIELDS = NAMED_BY.map(column => `'${column}', ${column}`).join(', ');

/** What the databases say in words of their own. */
const ON_POSTGRES = {
  evidence: `CAST(json_agg(json_build_object(${FIELDS})) AS text)`,
  ids: 'json_array_elements_text(known_by::json) AS known(value)',
  among: (sql: string) => `= ANY(ARRAY(${sql}))`,
};
const ON_SQLITE: typeof ON_POSTGRES = {
  evidence: `json_group_array(json_object(${FIELDS}))`,
  ids: 'json_each(known_by) AS known',
  among: sql => `IN (${sql})`,
};

const DEEPEST_FIRST = 'ORDER BY source_depth DESC, entity_ref';

/** Finds entities by the paths of their repositories, and who knows these. */
export class PathStore {
  readonly #knex: Knex;
  readonly #identities: IdentityStore;

  static create(options: PathStoreOptions): PathStore {
    return new PathStore(options);
  }

  private constructor(options: PathStoreOptions) {
    this.#knex = options.knex;
    this.#identities = options.identities;
  }

  /** Paths of entities that begin so, in their order; a path may come several times. */
  async findPaths(
    beginning: string,
    page: { limit: number; after?: FoundPath },
  ): Promise<FoundPath[]> {
    const query = this.#knex('paths')
      .join('entities', 'entities.entity_ref', 'paths.entity_ref')
      .whereNull('entities.removed_at')
      .andWhere(beginsWith('paths.path', beginning))
      .orderBy(['paths.path', 'paths.entity_ref'])
      .limit(page.limit)
      .select({ path: 'paths.path', entityRef: 'paths.entity_ref' });
    if (page.after) {
      query.andWhereRaw('(paths.path, paths.entity_ref) > (?, ?)', [
        page.after.path,
        page.after.entityRef,
      ]);
    }
    return query;
  }

  /**
   * Entities whose source holds a file or folder of that path. Where a file belongs
   * to several, those with the longest source path come first.
   */
  async findByPath(
    path: string,
    within: Within,
    { visible, limit }: Bounds,
  ): Promise<PathMatch[]> {
    const folder = path.replace(/\/+$/, '');
    const files = filesOf(folder, whereOf(within));
    if (visible.type === 'all') {
      return this.#read(folder, files, limit);
    }
    const rows = await prepared<{ entity_ref: string }>(this.#knex, {
      ...files,
      sql: `WITH files AS (${files.sql}) SELECT entity_ref FROM summaries
        WHERE entity_ref IN (SELECT entity_ref FROM files) ${DEEPEST_FIRST}`,
    });
    const { sql, binding } = oneOf(
      this.#knex,
      rows
        .map(row => row.entity_ref)
        .filter(ref => isVisible(visible, ref))
        .slice(0, limit),
    );
    return this.#read(
      folder,
      filesOf(folder, { name: 'of some', sql, bindings: [binding] }),
      limit,
    );
  }

  /** @param files - those that are asked for */
  async #read(
    path: string,
    files: Statement,
    limit: number,
  ): Promise<PathMatch[]> {
    const { evidence, ids, among } = isPostgres(this.#knex)
      ? ON_POSTGRES
      : ON_SQLITE;
    const rows = await prepared<
      PreparedRow & { source_name: string | null; evidence: string | null }
    >(this.#knex, {
      name: `prepared ${files.name}`,
      sql: `WITH files AS MATERIALIZED (${files.sql})
        SELECT source_name, ${PREPARED_COLUMNS}, (
          SELECT ${evidence} FROM evidence
          WHERE evidence.entity_ref = found.entity_ref AND id ${among(
            `SELECT CAST(known.value AS integer) FROM files CROSS JOIN ${ids}
            WHERE files.entity_ref = found.entity_ref`,
          )}) AS evidence
        FROM (
          SELECT entity_ref, source_depth
          FROM summaries WHERE entity_ref IN (
            SELECT entity_ref FROM files
            GROUP BY entity_ref ORDER BY min(path), entity_ref
            LIMIT ${MAX_CANDIDATES})
          ${DEEPEST_FIRST} LIMIT ${limit}
        ) AS found
        JOIN summaries ON summaries.entity_ref = found.entity_ref
        ORDER BY found.source_depth DESC, found.entity_ref`,
      bindings: files.bindings,
    });
    const evidenceOf = rows.map((row): NamedRow[] =>
      JSON.parse(row.evidence ?? '[]'),
    );
    const personOf = await this.#personOf(evidenceOf.flat());
    return rows.map((row, index) => ({
      known: toPreparedEntity(row),
      repository: row.source_name ?? '',
      path,
      knowers: {
        personRefs: new Set(evidenceOf[index].map(personOf)),
        names: new Set(
          evidenceOf[index]
            .filter(one => personOf(one) === undefined)
            .map(one => one.display_name),
        ),
      },
    }));
  }

  /** Who of the catalog knows any of some files, by the entity that they belong to. */
  async knowersOfFiles(
    entityRefs: readonly string[],
    files: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const knowers = new Map<string, Set<string>>();
    const { ids } = isPostgres(this.#knex) ? ON_POSTGRES : ON_SQLITE;
    for (const batch of batches(files)) {
      const rows = await this.#knex<EvidenceRow>('evidence')
        .whereIn('entity_ref', entityRefs)
        .whereIn(
          'id',
          this.#knex('paths')
            .whereIn('entity_ref', entityRefs)
            .whereIn('paths.path', batch)
            .whereNotNull('known_by')
            .joinRaw(`CROSS JOIN ${ids}`)
            .select(this.#knex.raw('CAST(known.value AS integer)')),
        )
        .select(...NAMED_BY);
      const personOf = await this.#personOf(rows);
      for (const row of rows) {
        const personRef = personOf(row);
        const known = knowers.get(row.entity_ref) ?? new Set();
        knowers.set(row.entity_ref, personRef ? known.add(personRef) : known);
      }
    }
    return knowers;
  }

  /** Tells whose evidence it is; undefined of whom no User of the catalog claims. */
  async #personOf(
    rows: readonly NamedRow[],
  ): Promise<(row: NamedRow) => string | undefined> {
    const linkOf = await this.#identities.linker(
      rows.filter(row => row.person_ref === null),
    );
    return row => row.person_ref ?? linkOf(row)?.personRef;
  }
}

/**
 * Files and what lies in folders of that path, the first of them.
 *
 * One range instead of LIKE: it uses the index, and needs no escaping. Between a folder
 * and what lies in it there may be others, such as `pay-back` and `pay.ts` for `pay`.
 * Its ends are asked for as values that PostgreSQL does not look at when it plans: it
 * would plan anew for each.
 *
 * @param where - what follows their entity's reference
 */
function filesOf(path: string, where?: Statement): Statement {
  return {
    name: `by path${where ? ` ${where.name}` : ''}`,
    sql: `SELECT path, entity_ref, known_by FROM paths
      WHERE path >= (SELECT ?) AND path < (SELECT ?) AND (path = ? OR path >= ?)
      ${where ? `AND entity_ref ${where.sql}` : ''}
      ORDER BY path, entity_ref LIMIT ${MAX_FILES}`,
    bindings: [path, `${path}0`, path, `${path}/`, ...(where?.bindings ?? [])],
  };
}

function whereOf({ name, link }: Within): Statement | undefined {
  if (link) {
    const linked = ofLink(link);
    return { ...linked, sql: `IN (${linked.sql})` };
  }
  return name === undefined
    ? undefined
    : {
        name: 'and name',
        sql: 'IN (SELECT entity_ref FROM summaries WHERE source_name = ?)',
        bindings: [name],
      };
}

/** A range by bytes, which an index serves on both databases. */
function beginsWith(column: string, text: string) {
  return (match: Knex.QueryBuilder) =>
    match.where(column, '>=', text).andWhere(column, '<', `${text}\u{10ffff}`);
}

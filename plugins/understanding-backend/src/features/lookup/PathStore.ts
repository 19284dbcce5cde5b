import { KnownPerson } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { isPostgres } from '../../database/instants';
import { Statement, limitOf, oneOf, prepared } from '../../database/prepared';
import { batches } from '../../database/shadow';
import { EvidenceRow, PersonRow } from '../../database/tables';
import { isVisible } from '../../permissions/Access';
import {
  PREPARED_COLUMNS,
  PreparedEntity,
  PreparedRow,
  toPreparedEntity,
} from '../entities/SummaryStore';
import { Attributed, NAMED_BY, NamedRow, attribute } from '../people/attribute';
import type { IdentityStore } from '../people/IdentityStore';
import { PeopleStore, toKnown } from '../people/PeopleStore';
import type { RenameStore } from '../people/RenameStore';
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
   * Who knows files at or below the path, each once: whoever is active comes first,
   * then whoever changed the entity last.
   */
  readonly knowers: readonly KnownPerson[];
  /** Where it holds more files than are looked at. */
  readonly truncated?: true;
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
  readonly renames: RenameStore;
  readonly people: PeopleStore;
}

/** Evidence of somebody, with what the catalog says of them. */
type KnowerRow = NamedRow &
  Pick<EvidenceRow, 'latest_at'> & {
    /** The same as `display_name` of a User; null where there is none. */
    user_name: string | null;
  } & Pick<PersonRow, 'group_refs' | 'removed_at'>;

const FIELDS = [...NAMED_BY, 'latest_at']
  .map(column => `'${column}', evidence.${column}`)
  .concat(
    `'user_name', people.display_name`,
    `'group_refs', group_refs, 'removed_at', removed_at`,
  )
  .join(', ');

/** What the databases say in words of their own. */
const ON_POSTGRES = {
  evidence: `CAST(json_agg(json_build_object(${FIELDS})) AS text)`,
  ids: `string_agg(trim(known_by, '[]'), ',')`,
  isOneOfIds: `= ANY(string_to_array(ids, ',')::integer[])`,
  each: 'json_array_elements_text(known_by::json) AS known(value)',
};
const ON_SQLITE: typeof ON_POSTGRES = {
  evidence: `json_group_array(json_object(${FIELDS}))`,
  ids: `group_concat(trim(known_by, '[]'), ',')`,
  isOneOfIds: `IN (SELECT value FROM json_each('[' || ids || ']'))`,
  each: 'json_each(known_by) AS known',
};

/** Finds entities by the paths of their repositories, and who knows these. */
export class PathStore {
  readonly #knex: Knex;
  readonly #options: PathStoreOptions;

  static create(options: PathStoreOptions): PathStore {
    return new PathStore(options);
  }

  private constructor(options: PathStoreOptions) {
    this.#knex = options.knex;
    this.#options = options;
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
    const files = filesOf(this.#knex, folder, whereOf(within));
    if (visible.type === 'all') {
      return this.#read(folder, files, limit);
    }
    const rows = await prepared<{ entity_ref: string }>(this.#knex, {
      ...files,
      sql: `WITH files AS (${files.sql}) SELECT entity_ref FROM summaries
        WHERE entity_ref IN (SELECT entity_ref FROM files)
        ORDER BY source_depth DESC, entity_ref`,
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
      filesOf(this.#knex, folder, {
        name: 'of some',
        sql,
        bindings: [binding],
      }),
      limit,
    );
  }

  /** @param files - those that are asked for */
  async #read(
    path: string,
    files: Statement,
    limit: number,
  ): Promise<PathMatch[]> {
    const { evidence, ids, isOneOfIds } = isPostgres(this.#knex)
      ? ON_POSTGRES
      : ON_SQLITE;
    const rows = await prepared<
      PreparedRow & {
        source_name: string | null;
        evidence: string | null;
        files: number | string;
      }
    >(this.#knex, {
      name: `prepared ${files.name}`,
      sql: `WITH files AS MATERIALIZED (${files.sql})
        SELECT source_name, ${PREPARED_COLUMNS},
        (SELECT count(*) FROM files) AS files, (
          SELECT ${evidence} FROM evidence
          LEFT JOIN people ON people.person_ref = evidence.person_ref
          WHERE id ${isOneOfIds}) AS evidence
        FROM (
          SELECT entity_ref, ${ids} FILTER (WHERE known_by <> '[]') AS ids
          FROM files GROUP BY entity_ref
          ORDER BY min(path), entity_ref LIMIT ${MAX_CANDIDATES}
        ) AS found
        JOIN summaries ON summaries.entity_ref = found.entity_ref
        ORDER BY source_depth DESC, found.entity_ref LIMIT ${limit}`,
      bindings: files.bindings,
    });
    const evidenceOf = rows.map((row): KnowerRow[] =>
      JSON.parse(row.evidence ?? '[]'),
    );
    const known = new Map(
      evidenceOf
        .flat()
        .flatMap(({ person_ref, user_name, ...row }) =>
          person_ref !== null && user_name !== null
            ? [[person_ref, toKnown({ ...row, display_name: user_name })]]
            : [],
        ),
    );
    const personOf = await attribute(evidenceOf.flat(), this.#options, known);
    return rows.map((row, index) => ({
      known: toPreparedEntity(row),
      repository: row.source_name ?? '',
      path,
      knowers: inOrder(evidenceOf[index], personOf),
      truncated: Number(row.files) >= MAX_FILES || undefined,
    }));
  }

  /** Who of the catalog knows any of some files, by the entity that they belong to. */
  async knowersOfFiles(
    entityRefs: readonly string[],
    files: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const knowers = new Map<string, Set<string>>();
    const { each } = isPostgres(this.#knex) ? ON_POSTGRES : ON_SQLITE;
    for (const batch of batches(files)) {
      const rows = await this.#knex<EvidenceRow>('evidence')
        .whereIn('entity_ref', entityRefs)
        .whereIn(
          'id',
          this.#knex('paths')
            .whereIn('entity_ref', entityRefs)
            .whereIn('paths.path', batch)
            .whereNotNull('known_by')
            .joinRaw(`CROSS JOIN ${each}`)
            .select(this.#knex.raw('CAST(known.value AS integer)')),
        )
        .select('entity_ref', ...NAMED_BY);
      const personOf = await attribute(rows, this.#options);
      for (const row of rows) {
        const { personRef } = personOf(row);
        const known = knowers.get(row.entity_ref) ?? new Set();
        knowers.set(row.entity_ref, personRef ? known.add(personRef) : known);
      }
    }
    return knowers;
  }
}

/** Each once: whoever is active first, then by their latest evidence. */
function inOrder(
  rows: readonly KnowerRow[],
  personOf: (row: NamedRow) => Attributed,
): KnownPerson[] {
  const people = new Map<string, KnownPerson>();
  for (const row of [...rows].sort(byLatest)) {
    const { personRef, displayName, status } = personOf(row);
    const key = personRef ?? ` ${displayName}`;
    people.set(key, people.get(key) ?? { personRef, displayName, status });
  }
  const isActive = (one: KnownPerson) => Number(one.status === 'active');
  return [...people.values()].sort((a, b) => isActive(b) - isActive(a));
}

function byLatest(a: KnowerRow, b: KnowerRow): number {
  if (a.latest_at === b.latest_at) {
    return (a.display_name ?? '') < (b.display_name ?? '') ? -1 : 1;
  }
  return a.latest_at > b.latest_at ? -1 : 1;
}

/**
 * Files and what lies in folders of that path, the first of them.
 *
 * One range instead of LIKE: it uses the index, and needs no escaping. Between a folder
 * and what lies in it there may be others, such as `pay-back` and `pay.ts` for `pay`.
 *
 * @param where - what follows their entity's reference
 */
function filesOf(knex: Knex, path: string, where?: Statement): Statement {
  return {
    name: `by path${where ? ` ${where.name}` : ''}`,
    sql: `SELECT path, entity_ref, known_by FROM paths
      WHERE path >= ${limitOf(knex)} AND path < ${limitOf(knex)}
        AND (path = ? OR path >= ?)
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

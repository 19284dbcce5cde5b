import { Question } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { isPostgres } from '../../database/instants';
import {
  Statement,
  among,
  eachOf,
  limitOf,
  oneOf,
  prepared,
} from '../../database/prepared';
import { EntityWordRow } from '../../database/tables';
import { VisibleEntities, isVisible } from '../../permissions/Access';
import {
  PREPARED_COLUMNS,
  PreparedEntity,
  PreparedRow,
  SummaryStore,
  toPreparedEntity,
} from '../entities/SummaryStore';

/** Which of two words is rarer matters only where both are rare. */
const MAX_COUNTED = 1000;
/** Looked at by words or a path: whoever means one of more has to ask more exactly. */
export const MAX_CANDIDATES = 200;

/** More words than that are not told apart by whoever reads them. */
const MAX_AMONG = 20;

/** A repository of a code host, as a link names it. */
export type Link = Pick<NonNullable<Question['link']>, 'host' | 'project'>;

/** How far a search looks: only at what may be seen, and at the first so many. */
export interface Bounds {
  readonly visible: VisibleEntities;
  readonly limit: number;
}

export interface LookupStoreOptions {
  readonly knex: Knex;
  readonly summaries: SummaryStore;
}

/** Finds entities by names, words and links. */
export class LookupStore {
  readonly #knex: Knex;
  readonly #summaries: SummaryStore;

  static create(options: LookupStoreOptions): LookupStore {
    return new LookupStore(options);
  }

  private constructor(options: LookupStoreOptions) {
    this.#knex = options.knex;
    this.#summaries = options.summaries;
  }

  /** Entities whose name or title is that, in lower case. */
  async findNamed(text: string, bounds: Bounds): Promise<PreparedEntity[]> {
    return this.#read(named(text), bounds);
  }

  /** Entities of a repository of a code host. */
  async findByLink(link: Link, bounds: Bounds): Promise<PreparedEntity[]> {
    return this.#read(ofLink(link), bounds);
  }

  /** Those of which each of these words begins a word, by title; of everything. */
  async findWorded(
    words: readonly string[],
    limit: number,
  ): Promise<PreparedEntity[]> {
    const byWords = beginningWith(this.#knex, words, { limit: MAX_CANDIDATES });
    const rows = await prepared<PreparedRow>(this.#knex, {
      name: `prepared ${byWords.name}`,
      sql: `SELECT ${PREPARED_COLUMNS} FROM summaries
        WHERE entity_ref ${this.#firstByTitle(byWords.sql, limit)}`,
      bindings: byWords.bindings,
    });
    return rows.map(toPreparedEntity);
  }

  /**
   * Those of that name or title; where there are none, those of which each of these
   * words begins a word. Of everything.
   */
  async findNamedOrWorded(
    text: string,
    words: readonly string[],
    limit: number,
  ): Promise<{ by: 'name' | 'words'; found: PreparedEntity[] }> {
    // Two short statements are faster, where there is no way to the database.
    if (!isPostgres(this.#knex)) {
      const found = await this.findNamed(text, {
        visible: { type: 'all' },
        limit,
      });
      return found.length > 0
        ? { by: 'name', found }
        : { by: 'words', found: await this.findWorded(words, limit) };
    }
    const byName = named(text);
    const byWords = beginningWith(this.#knex, words, { limit: MAX_CANDIDATES });
    const rows = await prepared<PreparedRow & { named: number }>(this.#knex, {
      name: `${byName.name} or ${byWords.name}`,
      sql: `WITH named AS MATERIALIZED (${byName.sql})
        (SELECT 1 AS named, ${PREPARED_COLUMNS} FROM summaries
          WHERE entity_ref ${among(this.#knex, 'SELECT entity_ref FROM named')}
          ORDER BY entity_ref LIMIT ${limit})
        UNION ALL SELECT 0, ${PREPARED_COLUMNS} FROM summaries
          WHERE entity_ref ${this.#firstByTitle(
            byWords.sql,
            limit,
            'WHERE NOT EXISTS (SELECT 1 FROM named)',
          )}`,
      bindings: [...byName.bindings, ...byWords.bindings],
    });
    return {
      by: rows.some(row => row.named === 1) ? 'name' : 'words',
      found: rows.map(toPreparedEntity),
    };
  }

  /**
   * Entities that have one of some words, with it and in its order, for the first few
   * of these words that anything has; of everything.
   */
  async findHaving(
    words: readonly string[],
    few: number,
    limit: number,
  ): Promise<Array<{ word: string; known: PreparedEntity }>> {
    const { sql, binding } = oneOf(this.#knex, words);
    const rows = await prepared<PreparedRow & { word: string }>(this.#knex, {
      name: 'prepared by one of some words',
      sql: `WITH found AS MATERIALIZED (
          SELECT word, entity_ref FROM entity_words WHERE word ${sql}
          ORDER BY word, entity_ref LIMIT ${limit})
        SELECT word, ${PREPARED_COLUMNS} FROM found
        JOIN summaries ON summaries.entity_ref = found.entity_ref
        WHERE word IN (SELECT DISTINCT word FROM found ORDER BY word LIMIT ${few})
        ORDER BY word, found.entity_ref`,
      bindings: [binding],
    });
    return rows.map(row => ({ word: row.word, known: toPreparedEntity(row) }));
  }

  /**
   * Entities of which each of these words begins a word, by the words that the rarest
   * of them begins; an entity may come several times.
   */
  async findByWords(
    words: readonly string[],
    page: { limit: number; after?: EntityWordRow },
  ): Promise<EntityWordRow[]> {
    return prepared(this.#knex, beginningWith(this.#knex, words, page));
  }

  /** Those of some words that an entity has, in their order; the first few. */
  async wordsAmong(words: readonly string[]): Promise<string[]> {
    const { sql, binding } = eachOf(this.#knex, words);
    const rows = await prepared<{ value: string }>(this.#knex, {
      name: 'words among some',
      sql: `SELECT value FROM ${sql} WHERE EXISTS (
          SELECT 1 FROM entity_words WHERE word = value)
        ORDER BY value LIMIT ${MAX_AMONG}`,
      bindings: [binding],
    });
    return rows.map(row => row.value);
  }

  // One statement, where nothing has to be left out of what it finds.
  async #read(
    { name, sql, bindings }: Statement,
    { visible, limit }: Bounds,
  ): Promise<PreparedEntity[]> {
    if (visible.type === 'all') {
      const rows = await prepared<PreparedRow>(this.#knex, {
        name: `prepared ${name}`,
        sql: `SELECT ${PREPARED_COLUMNS} FROM summaries
          WHERE entity_ref ${among(this.#knex, sql)}
          ORDER BY entity_ref LIMIT ${limit}`,
        bindings,
      });
      return rows.map(toPreparedEntity);
    }
    const rows = await prepared<{ entity_ref: string }>(this.#knex, {
      name,
      sql: `${sql} ORDER BY entity_ref`,
      bindings,
    });
    return this.#summaries.getPrepared(
      rows
        .map(row => row.entity_ref)
        .filter(ref => isVisible(visible, ref))
        .slice(0, limit),
    );
  }

  /** What follows a reference that is one of the first of those that are found. */
  #firstByTitle(found: string, limit: number, where = ''): string {
    const refs = `SELECT entity_ref FROM (${found}) AS found ${where}`;
    return among(
      this.#knex,
      `SELECT entity_ref FROM summaries WHERE entity_ref ${among(
        this.#knex,
        refs,
      )} ORDER BY order_title, entity_ref LIMIT ${limit}`,
    );
  }
}

/** Only titles have spaces in them. */
function named(text: string): Statement {
  const byTitle = 'SELECT entity_ref FROM summaries WHERE order_title = ?';
  return text.includes(' ')
    ? { name: 'by title', sql: byTitle, bindings: [text] }
    : {
        name: 'by name',
        sql: `SELECT entity_ref FROM entities
          WHERE name = ? AND removed_at IS NULL UNION ${byTitle}`,
        bindings: [text, text],
      };
}

/** As `url:` locations are kept: without a port, and without regard to case. */
export function ofLink({ host, project }: Link): Statement {
  return {
    name: 'by link',
    sql: `SELECT entity_ref FROM entities
      WHERE host = ? AND host_repository = ? AND removed_at IS NULL`,
    bindings: [host.replace(/:\d+$/, '').toLowerCase(), project.toLowerCase()],
  };
}

const HAS_ALL = `AND NOT EXISTS (
  SELECT 1 FROM asked WHERE NOT EXISTS (
    SELECT 1 FROM entity_words AS other
    WHERE other.entity_ref = found.entity_ref
      AND other.word >= asked.low AND other.word < asked.high))`;

/**
 * Begins with the word that begins the fewest, as far as is counted, and asks for the
 * others of each entity that it finds.
 */
function beginningWith(
  knex: Knex,
  words: readonly string[],
  { limit, after }: { limit: number; after?: EntityWordRow },
): Statement {
  const isOne = words.length === 1;
  const ranges = words.map(word => [word, `${word}\u{10ffff}`]);
  const [low, high] = isOne
    ? [limitOf(knex), limitOf(knex)]
    : ['(SELECT low FROM rarest)', '(SELECT high FROM rarest)'];
  return {
    name: `by ${words.length} words, ${limit}${after ? ' more' : ''}`,
    sql: `${isOne ? '' : rarestOf(words)}
      SELECT word, entity_ref FROM entity_words AS found
      WHERE word >= ${low} AND word < ${high}
        ${isOne ? '' : HAS_ALL}
        ${after ? 'AND (word, entity_ref) > (?, ?)' : ''}
      ORDER BY word, entity_ref LIMIT ${limit}`,
    bindings: [
      ...ranges.flat(),
      ...(after ? [after.word, after.entity_ref] : []),
    ],
  };
}

function rarestOf(words: readonly string[]): string {
  return `WITH asked(low, high) AS (VALUES ${words
    .map(() => '(?, ?)')
    .join(', ')}),
    counted AS (
      SELECT low, high, (
        SELECT count(*) FROM (
          SELECT 1 FROM entity_words WHERE word >= low AND word < high
          LIMIT ${MAX_COUNTED}) AS few) AS times
      FROM asked),
    rarest AS MATERIALIZED (
      SELECT low, high FROM counted ORDER BY times, low LIMIT 1)`;
}

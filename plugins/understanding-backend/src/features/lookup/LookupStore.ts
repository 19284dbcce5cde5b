import { Question } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { isPostgres } from '../../database/instants';
import { batches } from '../../database/shadow';
import { EntityRow, EntityWordRow, EvidenceRow } from '../../database/tables';
import { VisibleEntities, isVisible } from '../../permissions/Access';
import { ResolvedSource } from '../entities/sourceLocation';
import type { KnownEntity, SummaryStore } from '../entities/SummaryStore';
import type { IdentityStore } from '../people/IdentityStore';

/** Which of two words is rarer matters only where both are rare. */
const MAX_COUNTED = 1000;

/** More words than that are not told apart by whoever reads them. */
const MAX_AMONG = 20;

/** A repository of a code host, as a link names it. */
export type Link = Pick<NonNullable<Question['link']>, 'host' | 'project'>;

/** A file of an entity. */
export interface FoundPath {
  readonly path: string;
  readonly entityRef: string;
}

/** A file at or below a path that is asked for. */
export interface PathMatch extends FoundPath {
  /** Of its entity. */
  readonly source: ResolvedSource;
}

/** How far a search looks: only at what may be seen, and at the first so many. */
export interface Bounds {
  readonly visible: VisibleEntities;
  readonly limit: number;
}

export interface LookupStoreOptions {
  readonly knex: Knex;
  readonly identities: IdentityStore;
  readonly summaries: SummaryStore;
}

/** Finds entities by words, and by the paths of their repositories. */
export class LookupStore {
  readonly #knex: Knex;
  readonly #identities: IdentityStore;
  readonly #summaries: SummaryStore;

  static create(options: LookupStoreOptions): LookupStore {
    return new LookupStore(options);
  }

  private constructor(options: LookupStoreOptions) {
    this.#knex = options.knex;
    this.#identities = options.identities;
    this.#summaries = options.summaries;
  }

  /**
   * Entities of which each of these words begins a word, by the words that the first
   * of them begins; an entity may come several times.
   */
  async findByWords(
    [first, ...others]: readonly string[],
    page: { limit: number; after?: EntityWordRow },
  ): Promise<EntityWordRow[]> {
    const query = this.#knex('entity_words as found')
      .where(beginsWith('found.word', first))
      .orderBy(['found.word', 'found.entity_ref'])
      .limit(page.limit)
      .select('found.word', 'found.entity_ref');
    for (const word of others) {
      query.whereExists(
        this.#knex('entity_words as other')
          .whereRaw('other.entity_ref = found.entity_ref')
          .andWhere(beginsWith('other.word', word))
          .select(this.#knex.raw('1')),
      );
    }
    if (page.after) {
      query.andWhereRaw('(found.word, found.entity_ref) > (?, ?)', [
        page.after.word,
        page.after.entity_ref,
      ]);
    }
    return query;
  }

  /** Those first that begin the fewest words, as far as is counted. */
  async rarestFirst(words: readonly string[]): Promise<string[]> {
    if (words.length < 2) {
      return [...words];
    }
    const counts = await this.#knex.first(
      words.map((word, index) =>
        this.#knex
          .count('*')
          .from(
            this.#knex('entity_words')
              .where(beginsWith('word', word))
              .limit(MAX_COUNTED)
              .select('entity_ref')
              .as('some'),
          )
          .as(`word_${index}`),
      ),
    );
    return words
      .map((word, index) => ({ word, count: Number(counts[`word_${index}`]) }))
      .sort((a, b) => a.count - b.count)
      .map(one => one.word);
  }

  /** Those of some words that an entity has, in their order; the first few. */
  async wordsAmong(words: readonly string[]): Promise<string[]> {
    if (words.length === 0) {
      return [];
    }
    const edits = isPostgres(this.#knex)
      ? 'json_array_elements_text(?::json) AS edit(value)'
      : 'json_each(?) AS edit';
    const rows: Array<{ value: string }> = await this.#knex
      .from(this.#knex.raw(edits, [JSON.stringify(words)]))
      .whereExists(
        this.#knex('entity_words').whereRaw('word = edit.value').select('word'),
      )
      .orderBy('edit.value')
      .limit(MAX_AMONG)
      .select('edit.value');
    return rows.map(row => row.value);
  }

  /** Entities whose name or title is that, in lower case. */
  async findNamed(text: string, bounds: Bounds): Promise<KnownEntity[]> {
    return this.#known(
      this.#knex('entities')
        .where({ name: text })
        .whereNull('removed_at')
        .select('entity_ref')
        .union(
          this.#knex('summaries')
            .where({ order_title: text })
            .select('entity_ref'),
        ),
      bounds,
    );
  }

  // One statement, where nothing has to be left out of what it finds.
  async #known(
    found: Knex.QueryBuilder,
    { visible, limit }: Bounds,
  ): Promise<KnownEntity[]> {
    const ordered = found.orderBy('entity_ref');
    if (visible.type === 'all') {
      return this.#summaries.findKnown(ordered.limit(limit));
    }
    const refs: string[] = (await ordered).map(
      (row: { entity_ref: string }) => row.entity_ref,
    );
    return this.#summaries.getKnown(
      refs.filter(ref => isVisible(visible, ref)).slice(0, limit),
    );
  }

  /** Paths of entities that begin so, in their order; a path may come several times. */
  async findPaths(
    beginning: string,
    page: { limit: number; after?: FoundPath },
  ): Promise<FoundPath[]> {
    return this.#paths(page).andWhere(beginsWith('paths.path', beginning));
  }

  /**
   * Entities whose source holds a file or folder of that path, in the order of such
   * files; an entity may come several times.
   *
   * @param folder - a path without a slash at its end
   * @param page - `except` are entities that need not come again
   */
  async findByPath(
    folder: string,
    page: {
      readonly limit: number;
      readonly after?: FoundPath;
      readonly except: readonly string[];
      /** Only in a repository of a code host. */
      readonly link?: Link;
    },
  ): Promise<PathMatch[]> {
    const { link, except } = page;
    const query = this.#paths(page)
      .andWhere(isAtOrBelow(folder))
      .where(link ? ofLink(link) : {})
      .whereNotIn('paths.entity_ref', except)
      .select({ location: 'entities.location' });
    const rows: Array<FoundPath & Pick<EntityRow, 'location'>> = await query;
    return rows.map(({ location, ...found }) => ({
      ...found,
      source: JSON.parse(location),
    }));
  }

  /** A page of paths in their order, which an index serves. */
  #paths({ limit, after }: { limit: number; after?: FoundPath }) {
    const query = this.#knex('paths')
      .join('entities', 'entities.entity_ref', 'paths.entity_ref')
      .whereNull('entities.removed_at')
      .orderBy(['paths.path', 'paths.entity_ref'])
      .limit(limit)
      .select({ path: 'paths.path', entityRef: 'paths.entity_ref' });
    return after
      ? query.andWhereRaw('(paths.path, paths.entity_ref) > (?, ?)', [
          after.path,
          after.entityRef,
        ])
      : query;
  }

  /**
   * Who knows files of an entity at or below a path, by reference, or by name where
   * no User of the catalog claims them.
   */
  async knowersOf(
    entityRef: string,
    path: string,
  ): Promise<{ personRefs: Set<string>; names: Set<string> }> {
    const personRefs = new Set<string>();
    const names = new Set<string>();
    const files = this.#knex('paths')
      .where({ entity_ref: entityRef })
      .andWhere(isAtOrBelow(path));
    for (const { personRef, name } of await this.#knowersOf(
      [entityRef],
      files,
    )) {
      if (personRef) {
        personRefs.add(personRef);
      } else {
        names.add(name);
      }
    }
    return { personRefs, names };
  }

  /** Who of the catalog knows any of some files, by the entity that they belong to. */
  async knowersOfFiles(
    entityRefs: readonly string[],
    files: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const knowers = new Map<string, Set<string>>();
    for (const batch of batches(files)) {
      const some = this.#knex('paths')
        .whereIn('entity_ref', entityRefs)
        .whereIn('paths.path', batch);
      for (const { entityRef, personRef } of await this.#knowersOf(
        entityRefs,
        some,
      )) {
        const known = knowers.get(entityRef) ?? new Set();
        knowers.set(entityRef, personRef ? known.add(personRef) : known);
      }
    }
    return knowers;
  }

  /** Whose evidence of these entities says that they know some files. */
  async #knowersOf(
    entityRefs: readonly string[],
    files: Knex.QueryBuilder,
  ): Promise<
    Array<{ entityRef: string; personRef: string | undefined; name: string }>
  > {
    const elements = isPostgres(this.#knex)
      ? 'json_array_elements_text(known_by::json) AS known(value)'
      : 'json_each(known_by) AS known';
    const rows = await this.#knex<EvidenceRow>('evidence')
      .whereIn('entity_ref', entityRefs)
      .whereIn(
        'id',
        files
          .whereNotNull('known_by')
          .joinRaw(`CROSS JOIN ${elements}`)
          .select(this.#knex.raw('CAST(known.value AS integer)')),
      )
      .select('entity_ref', 'person_ref', 'display_name')
      .select('email', 'host', 'login');
    const linkOf = await this.#identities.linker(rows);
    return rows.map(row => ({
      entityRef: row.entity_ref,
      personRef: row.person_ref ?? linkOf(row)?.personRef,
      name: row.display_name,
    }));
  }

  /** Entities of a repository of a code host. */
  async findByLink(link: Link, bounds: Bounds): Promise<KnownEntity[]> {
    return this.#known(
      this.#knex<EntityRow>('entities')
        .whereNull('removed_at')
        .where(ofLink(link))
        .select('entity_ref'),
      bounds,
    );
  }
}

/** As `url:` locations are kept: without a port, and without regard to case. */
function ofLink({ host, project }: Link) {
  return {
    'entities.host': host.replace(/:\d+$/, '').toLowerCase(),
    'entities.host_repository': project.toLowerCase(),
  };
}

/** A range by bytes, which an index serves on both databases. */
function beginsWith(column: string, text: string) {
  return (match: Knex.QueryBuilder) =>
    match.where(column, '>=', text).andWhere(column, '<', `${text}\u{10ffff}`);
}

/**
 * One range instead of LIKE: it uses the index, and needs no escaping. Between a folder
 * and what lies in it there may be others, such as `pay-back` and `pay.ts` for `pay`.
 */
function isAtOrBelow(path: string) {
  return (match: Knex.QueryBuilder) =>
    match
      .where('paths.path', '>=', path)
      .andWhere('paths.path', '<', `${path}0`)
      .andWhere(inside =>
        inside
          .where('paths.path', path)
          .orWhere('paths.path', '>=', `${path}/`),
      );
}

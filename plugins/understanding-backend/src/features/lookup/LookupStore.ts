import { Question } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import {
  EntityRow,
  EntityWordRow,
  EvidenceRow,
  PathRow,
} from '../../database/tables';
import { ResolvedSource } from '../entities/sourceLocation';
import type { IdentityStore } from '../people/IdentityStore';

/** An entity that a path or link leads to. */
export interface PathMatch {
  readonly entityRef: string;
  readonly repository: string;
  readonly path: string;
}

/** Which of two words is rarer matters only where both are rare. */
const MAX_COUNTED = 1000;

/** A repository of a code host, as a link names it. */
export type Link = Pick<NonNullable<Question['link']>, 'host' | 'project'>;

/** A file of an entity. */
export interface FoundPath {
  readonly path: string;
  readonly entityRef: string;
}

/** Finds entities by words, and by the paths of their repositories. */
export class LookupStore {
  readonly #knex: Knex;
  readonly #identities: IdentityStore;

  static create(options: {
    knex: Knex;
    identities: IdentityStore;
  }): LookupStore {
    return new LookupStore(options);
  }

  private constructor(options: { knex: Knex; identities: IdentityStore }) {
    this.#knex = options.knex;
    this.#identities = options.identities;
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
    const counted = await Promise.all(
      words.map(async word => {
        const some = this.#knex('entity_words')
          .where(beginsWith('word', word))
          .limit(MAX_COUNTED)
          .select('entity_ref')
          .as('some');
        const [row] = await this.#knex(some).count({ count: '*' });
        return { word, count: Number(row.count) };
      }),
    );
    return counted.sort((a, b) => a.count - b.count).map(one => one.word);
  }

  /** Entities whose name or title is that, in lower case. */
  async findNamed(text: string, limit: number): Promise<string[]> {
    const rows = await this.#knex('entities')
      .where({ name: text })
      .whereNull('removed_at')
      .limit(limit)
      .select('entity_ref');
    const titled = await this.#knex('summaries')
      .where({ order_title: text })
      .limit(limit)
      .select('entity_ref');
    return [...new Set([...rows, ...titled].map(row => row.entity_ref))];
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
   *
   * @param within - only in repositories of that name, or in one of a code host
   */
  async findByPath(
    path: string,
    within: { readonly name?: string; readonly link?: Link } = {},
  ): Promise<PathMatch[]> {
    const folder = path.replace(/\/+$/, '');
    const rows = await this.#knex<PathRow>('paths')
      .join('entities', 'entities.entity_ref', 'paths.entity_ref')
      .whereNull('entities.removed_at')
      .where(isAtOrBelow(folder))
      .where(within.link ? ofLink(within.link) : {})
      .distinct('paths.entity_ref', 'entities.location');
    return rows
      .map((row: { entity_ref: string; location: string }) => ({
        entityRef: row.entity_ref,
        source: JSON.parse(row.location) as ResolvedSource,
      }))
      .flatMap(({ entityRef, source }) =>
        source.type === 'repository' &&
        (within.name === undefined || source.name === within.name)
          ? [
              {
                entityRef,
                repository: source.name,
                path: folder,
                depth: Math.max(...source.paths.map(one => one.length)),
              },
            ]
          : [],
      )
      .sort((a, b) => b.depth - a.depth || (a.entityRef < b.entityRef ? -1 : 1))
      .map(({ depth: _depth, ...match }) => match);
  }

  /**
   * Who knows files of an entity at or below a path, by reference, or by name where
   * no User of the catalog claims them.
   */
  async knowersOf(
    entityRef: string,
    path: string,
  ): Promise<{ personRefs: Set<string>; names: Set<string> }> {
    const files = await this.#knex<PathRow>('paths')
      .where({ entity_ref: entityRef })
      .andWhere(isAtOrBelow(path))
      .whereNotNull('known_by')
      .distinct('known_by');
    const ids = new Set(
      files.flatMap((row): number[] => JSON.parse(row.known_by ?? '[]')),
    );
    const personRefs = new Set<string>();
    const names = new Set<string>();
    for (const batch of batches([...ids])) {
      const rows = await this.#knex<EvidenceRow>('evidence')
        .whereIn('id', batch)
        .andWhere({ entity_ref: entityRef })
        .select('person_ref', 'display_name', 'email', 'host', 'login');
      const linkOf = await this.#identities.linker(rows);
      for (const row of rows) {
        const personRef = row.person_ref ?? linkOf(row)?.personRef;
        if (personRef) {
          personRefs.add(personRef);
        } else {
          names.add(row.display_name);
        }
      }
    }
    return { personRefs, names };
  }

  /** Who of the catalog knows any of some files, by the entity that they belong to. */
  async knowersOfFiles(
    entityRefs: readonly string[],
    files: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const ids = new Set<number>();
    for (const batch of batches(files)) {
      const rows = await this.#knex<PathRow>('paths')
        .whereIn('entity_ref', entityRefs)
        .whereIn('path', batch)
        .whereNotNull('known_by')
        .distinct('known_by');
      for (const { known_by: known } of rows) {
        JSON.parse(known ?? '[]').forEach((id: number) => ids.add(id));
      }
    }
    const knowers = new Map<string, Set<string>>();
    for (const batch of batches([...ids])) {
      const rows = await this.#knex<EvidenceRow>('evidence')
        .whereIn('id', batch)
        .whereIn('entity_ref', entityRefs)
        .select('entity_ref', 'person_ref', 'email', 'host', 'login');
      const linkOf = await this.#identities.linker(rows);
      for (const row of rows) {
        const personRef = row.person_ref ?? linkOf(row)?.personRef;
        const known = knowers.get(row.entity_ref) ?? new Set();
        knowers.set(row.entity_ref, personRef ? known.add(personRef) : known);
      }
    }
    return knowers;
  }

  /** Entities of a repository of a code host. */
  async findByLink(link: Link): Promise<PathMatch[]> {
    const rows = await this.#knex<EntityRow>('entities')
      .whereNull('removed_at')
      .where(ofLink(link))
      .orderBy('entity_ref')
      .select('entity_ref');
    return rows.map(row => ({
      entityRef: row.entity_ref,
      repository: link.project,
      path: '',
    }));
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

/** A range instead of LIKE: it uses the index, and needs no escaping. */
function isAtOrBelow(path: string) {
  return (match: Knex.QueryBuilder) =>
    match
      .where('paths.path', path)
      .orWhere(below =>
        below
          .where('paths.path', '>=', `${path}/`)
          .andWhere('paths.path', '<', `${path}0`),
      );
}

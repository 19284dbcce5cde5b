import {
  EntitySummary,
  Question,
} from '@understanding-dev/backstage-plugin-understanding-common';
import type { EntityWordRow } from '../../database/tables';
import { VisibleEntities, isVisible } from '../../permissions/Access';
import type { EntityDetail, SummaryStore } from '../entities/SummaryStore';
import { FoundPath, LookupStore, PathMatch } from './LookupStore';

/** Looked at by words: whoever means one of more has to ask more exactly. */
const MAX_CANDIDATES = 200;
/** Further ones are not looked for. */
const MAX_WORDS = 10;
/** Read at once; where most of it is hidden, further pages are read, */
const PAGE = 200;
/** but not for ever. */
const MAX_PAGES = 50;

/** What is prepared for an entity. */
export interface KnownEntity {
  readonly summary: EntitySummary;
  readonly detail: EntityDetail;
}

/** An entity that a question may mean. */
export interface Candidate {
  readonly entityRef: string;
  readonly matchedBy: string;
  /** What the question names inside of it. */
  readonly path?: string;
  /** What is prepared for it, where that was read to find it. */
  readonly known?: KnownEntity;
}

export interface EntityFinderOptions {
  readonly summaries: SummaryStore;
  readonly lookups: LookupStore;
}

/** Finds the entities and paths that a question may mean, among those that are visible. */
export class EntityFinder {
  readonly #options: EntityFinderOptions;

  static create(options: EntityFinderOptions): EntityFinder {
    return new EntityFinder(options);
  }

  private constructor(options: EntityFinderOptions) {
    this.#options = options;
  }

  // The most exact reading that finds anything answers. What the caller may not see
  // is left out of each, so that an answer does not tell that it is there.
  async find(
    question: Question,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const { summaries, lookups } = this.#options;
    const { entityRef, path, link, words } = question;
    if (link) {
      const found = path ? await this.#findByPath(path, visible, { link }) : [];
      return found.length > 0
        ? found
        : seen(await lookups.findByLink(link), visible).map(toCandidate);
    }
    const known =
      entityRef && isVisible(visible, entityRef)
        ? await summaries.get(entityRef)
        : undefined;
    if (entityRef && known) {
      return [{ entityRef, matchedBy: 'its reference', known }];
    }
    const named = await this.#findByWords(words, visible);
    if (path && !named.exact) {
      const found = await this.#findByPath(path, visible);
      if (found.length > 0) {
        return found;
      }
      // A path may begin with the name of its repository, as in an editor's title.
      const slash = path.indexOf('/');
      const inside =
        slash < 0
          ? []
          : await this.#findByPath(path.slice(slash + 1), visible, {
              name: path.slice(0, slash),
            });
      if (inside.length > 0) {
        return inside;
      }
    }
    return named.candidates;
  }

  async #findByPath(
    path: string,
    visible: VisibleEntities,
    within?: Parameters<LookupStore['findByPath']>[1],
  ): Promise<Candidate[]> {
    const found = await this.#options.lookups.findByPath(path, within);
    return seen(found, visible).map(toCandidate);
  }

  async #findByWords(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<{ candidates: Candidate[]; exact: boolean }> {
    const text = words.join(' ');
    const exact = (
      await this.#summariesOf(
        await this.#options.lookups.findNamed(text, MAX_CANDIDATES),
        visible,
      )
    ).filter(
      ({ name, title }) => name === text || title.toLowerCase() === text,
    );
    const found =
      exact.length > 0 ? exact : await this.beginningWith(words, visible);
    return {
      exact: exact.length > 0,
      candidates: found.map(({ entityRef }) => ({
        entityRef,
        matchedBy: exact.length > 0 ? 'its name' : `the words “${text}”`,
      })),
    };
  }

  /** Entities of which every one of the words begins a word, by title. */
  async beginningWith(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<EntitySummary[]> {
    if (words.length === 0) {
      return [];
    }
    const { lookups } = this.#options;
    const rarest = await lookups.rarestFirst(words.slice(0, MAX_WORDS));
    const refs = new Set<string>();
    let after: EntityWordRow | undefined;
    for (let read = 0; read < MAX_PAGES; read += 1) {
      const rows = await lookups.findByWords(rarest, {
        limit: PAGE,
        after,
      });
      rows
        .filter(row => isVisible(visible, row.entity_ref))
        .forEach(row => refs.add(row.entity_ref));
      after = rows.at(-1);
      if (rows.length < PAGE || refs.size >= MAX_CANDIDATES) {
        break;
      }
    }
    return this.#summariesOf([...refs], visible);
  }

  /** Paths that begin so, each once, with one entity that they belong to. */
  async pathsFrom(
    beginning: string,
    visible: VisibleEntities,
    limit: number,
  ): Promise<FoundPath[]> {
    const found = new Map<string, FoundPath>();
    let after: FoundPath | undefined;
    for (let read = 0; read < MAX_PAGES; read += 1) {
      const rows = await this.#options.lookups.findPaths(beginning, {
        limit: PAGE,
        after,
      });
      rows
        .filter(row => isVisible(visible, row.entityRef))
        .forEach(row => found.set(row.path, found.get(row.path) ?? row));
      after = rows.at(-1);
      if (rows.length < PAGE || found.size >= limit) {
        break;
      }
    }
    return [...found.values()].slice(0, limit);
  }

  async #summariesOf(
    entityRefs: readonly string[],
    visible: VisibleEntities,
  ): Promise<EntitySummary[]> {
    const found = await this.#options.summaries.getMany(
      entityRefs.filter(ref => isVisible(visible, ref)),
    );
    return [...found.values()].sort(
      (a, b) =>
        a.title.localeCompare(b.title, 'en') ||
        (a.entityRef < b.entityRef ? -1 : 1),
    );
  }
}

function seen(
  matches: readonly PathMatch[],
  visible: VisibleEntities,
): PathMatch[] {
  return matches.filter(match => isVisible(visible, match.entityRef));
}

function toCandidate(match: PathMatch): Candidate {
  return {
    entityRef: match.entityRef,
    path: match.path || undefined,
    matchedBy: match.path
      ? `the path ${match.path} of ${match.repository}`
      : `its repository ${match.repository}`,
  };
}

import {
  EntitySummary,
  Question,
} from '@understanding-dev/backstage-plugin-understanding-common';
import type { EntityWordRow } from '../../database/tables';
import { VisibleEntities, isVisible } from '../../permissions/Access';
import type { PreparedEntity, SummaryStore } from '../entities/SummaryStore';
import { LookupStore, MAX_CANDIDATES } from './LookupStore';
import { FoundPath, PathMatch, PathStore, Within } from './PathStore';

/** More answers than this help nobody at three in the morning. */
export const MAX_ANSWERS = 10;
/** One more tells that there are more. */
const ENOUGH = MAX_ANSWERS + 1;
/** Further ones are not looked for. */
const MAX_WORDS = 10;
/** Read at once; where most of it is hidden, further pages are read, */
const PAGE = 200;
/** but not for ever. */
const MAX_PAGES = 50;

/** An entity that a question may mean. */
export interface Candidate {
  readonly matchedBy: string;
  readonly known: PreparedEntity;
  /** What the question names inside of it, and who knows that. */
  readonly part?: Pick<PathMatch, 'path' | 'knowers'>;
}

export interface EntityFinderOptions {
  readonly summaries: SummaryStore;
  readonly lookups: LookupStore;
  readonly paths: PathStore;
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

  /**
   * The most exact reading that finds anything answers. What the caller may not see
   * is left out of each, so that an answer does not tell that it is there.
   *
   * @returns more than `MAX_ANSWERS` where there are more, and not all of them
   */
  async find(
    question: Question,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const { summaries, lookups } = this.#options;
    const { entityRef, path, link } = question;
    const bounds = { visible, limit: ENOUGH };
    if (link) {
      const found = path ? await this.#findByPath(path, { link }, visible) : [];
      return found.length > 0
        ? found
        : toCandidates(
            await lookups.findByLink(link, bounds),
            `its repository ${link.project}`,
          );
    }
    if (entityRef && isVisible(visible, entityRef)) {
      const known = await summaries.getPrepared([entityRef]);
      if (known.length > 0) {
        return toCandidates(known, 'its reference');
      }
    }
    // No name has a slash in it, and what has one is no title before it is a path.
    if (path?.includes('/')) {
      const found = await this.#findInside(path, visible);
      return found.length > 0 ? found : this.#findByText(question, visible);
    }
    return this.#findByText(question, visible);
  }

  /** By name, else by a path that is no name, else by words. */
  async #findByText(
    { words, path }: Question,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const { lookups } = this.#options;
    const text = words.join(' ');
    if (words.length === 0) {
      return [];
    }
    const byWords = `the words “${text}”`;
    if (visible.type === 'all' && (!path || path.includes('/'))) {
      const { by, found } = await lookups.findNamedOrByWords(
        text,
        words.slice(0, MAX_WORDS),
        ENOUGH,
      );
      return toCandidates(
        found.sort(byTitle),
        by === 'name' ? 'its name' : byWords,
      );
    }
    const named = await lookups.findNamed(text, { visible, limit: ENOUGH });
    if (named.length > 0) {
      return toCandidates(named.sort(byTitle), 'its name');
    }
    const inside =
      path && !path.includes('/') ? await this.#findInside(path, visible) : [];
    if (inside.length > 0) {
      return inside;
    }
    const found = await this.beginningWith(words, visible);
    return toCandidates(
      (
        await this.#options.summaries.getPrepared(
          found.slice(0, ENOUGH).map(one => one.entityRef),
        )
      ).sort(byTitle),
      byWords,
    );
  }

  async #findInside(
    path: string,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const found = await this.#findByPath(path, {}, visible);
    // A path may begin with the name of its repository, as in an editor's title.
    const slash = path.indexOf('/');
    return found.length > 0 || slash < 0
      ? found
      : this.#findByPath(
          path.slice(slash + 1),
          { name: path.slice(0, slash) },
          visible,
        );
  }

  async #findByPath(
    path: string,
    within: Within,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const found = await this.#options.paths.findByPath(path, within, {
      visible,
      limit: ENOUGH,
    });
    return found.map(match => ({
      known: match.known,
      part: match.path ? match : undefined,
      matchedBy: match.path
        ? `the path ${match.path} of ${match.repository}`
        : `its repository ${match.repository}`,
    }));
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
    const refs = new Set<string>();
    let after: EntityWordRow | undefined;
    for (let read = 0; read < MAX_PAGES; read += 1) {
      const rows = await lookups.findByWords(words.slice(0, MAX_WORDS), {
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
    const found = await this.#options.summaries.getMany([...refs]);
    return [...found.values()].sort(inOrder);
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
      const rows = await this.#options.paths.findPaths(beginning, {
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
}

function toCandidates(
  found: readonly PreparedEntity[],
  matchedBy: string,
): Candidate[] {
  return found.map(known => ({ known, matchedBy }));
}

function byTitle(a: PreparedEntity, b: PreparedEntity): number {
  return inOrder(a.summary, b.summary);
}

function inOrder(a: EntitySummary, b: EntitySummary): number {
  return (
    a.title.localeCompare(b.title, 'en') || (a.entityRef < b.entityRef ? -1 : 1)
  );
}

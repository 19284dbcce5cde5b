import {
  EntitySummary,
  Question,
  oneEditAway,
} from '@understanding-dev/backstage-plugin-understanding-common';
import type { EntityWordRow } from '../../database/tables';
import { VisibleEntities, isVisible } from '../../permissions/Access';
import type { KnownEntity, SummaryStore } from '../entities/SummaryStore';
import type { ResolvedSource } from '../entities/sourceLocation';
import { FoundPath, Link, LookupStore } from './LookupStore';

/** More answers than this help nobody at three in the morning. */
export const MAX_ANSWERS = 10;
/** One more tells that there are more. */
const ENOUGH = MAX_ANSWERS + 1;
/** Looked at by words or a path: whoever means one of more has to ask more exactly. */
const MAX_CANDIDATES = 200;
/** Further ones are not looked for. */
const MAX_WORDS = 10;
/** Words of a question that are corrected; who mistypes more asks again. */
const MAX_CORRECTED = 3;
/** What each of them may have been meant to be. */
const MAX_CORRECTIONS = 3;
/** Read at once; where most of it is hidden, further pages are read, */
const PAGE = 200;
/** but not for ever. */
const MAX_PAGES = 50;

/** An entity that a question may mean. */
export interface Candidate {
  readonly entityRef: string;
  readonly matchedBy: string;
  /** What the question names inside of it. */
  readonly path?: string;
  /** What is prepared for it, where that was read to find it. */
  readonly known?: KnownEntity;
}

type RepositorySource = Extract<ResolvedSource, { type: 'repository' }>;

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
    const { entityRef, path, link, words } = question;
    if (link) {
      const found = path ? await this.#findByPath(path, visible, { link }) : [];
      return found.length > 0
        ? found
        : toCandidates(
            await lookups.findByLink(link, { visible, limit: ENOUGH }),
            `its repository ${link.project}`,
          );
    }
    if (entityRef && isVisible(visible, entityRef)) {
      const known = await summaries.getKnown([entityRef]);
      if (known.length > 0) {
        return toCandidates(known, 'its reference');
      }
    }
    // No name has a slash in it, and what has one is no title before it is a path.
    const readings = [
      () => this.#findNamed(words.join(' '), visible),
      () => (path ? this.#findInside(path, visible) : []),
    ];
    for (const read of path?.includes('/') ? readings.reverse() : readings) {
      const found = await read();
      if (found.length > 0) {
        return found;
      }
    }
    const found = await this.#findByWords(words, visible);
    return found.length > 0 ? found : this.#findNearest(words, visible);
  }

  async #findByWords(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const found = await this.beginningWith(words, visible);
    return found.map(({ entityRef }) => ({
      entityRef,
      matchedBy: `the words “${words.join(' ')}”`,
    }));
  }

  /**
   * By what words that begin nothing may have been meant to be, else without them. Of
   * what is hidden it tells nothing: no word of it is taken for one that is known.
   */
  async #findNearest(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const known: string[] = [];
    const unknown: string[] = [];
    for (const word of words.slice(0, MAX_WORDS)) {
      ((await this.#isKnown(word, visible)) ? known : unknown).push(word);
    }
    if (unknown.length === 0) {
      return [];
    }
    let readings = [known];
    for (const word of unknown.slice(0, MAX_CORRECTED)) {
      const meant = await this.#corrections(word, visible);
      readings =
        meant.length === 0
          ? readings
          : readings.flatMap(reading => meant.map(one => [...reading, one]));
    }
    const nearest = new Map<string, Candidate>();
    for (const reading of [...readings, known]) {
      if (reading !== known || nearest.size === 0) {
        for (const one of await this.#findByWords(reading, visible)) {
          nearest.set(one.entityRef, nearest.get(one.entityRef) ?? one);
        }
      }
    }
    return [...nearest.values()].map(one => ({
      ...one,
      matchedBy: `${one.matchedBy}; nothing has “${unknown.join('”, “')}”`,
    }));
  }

  async #isKnown(word: string, visible: VisibleEntities): Promise<boolean> {
    return (await this.#refsBeginningWith([word], visible, 1)).size > 0;
  }

  async #corrections(
    word: string,
    visible: VisibleEntities,
  ): Promise<string[]> {
    const corrections: string[] = [];
    for (const one of await this.#options.lookups.wordsAmong(
      oneEditAway(word),
    )) {
      if (
        corrections.length < MAX_CORRECTIONS &&
        (await this.#isKnown(one, visible))
      ) {
        corrections.push(one);
      }
    }
    return corrections;
  }

  async #findNamed(
    text: string,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const found = await this.#options.lookups.findNamed(text, {
      visible,
      limit: ENOUGH,
    });
    return toCandidates(
      found.sort((a, b) => byTitle(a.summary, b.summary)),
      'its name',
    );
  }

  async #findInside(
    path: string,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const found = await this.#findByPath(path, visible);
    // A path may begin with the name of its repository, as in an editor's title.
    const slash = path.indexOf('/');
    return found.length > 0 || slash < 0
      ? found
      : this.#findByPath(path.slice(slash + 1), visible, {
          name: path.slice(0, slash),
        });
  }

  /**
   * Entities whose source holds a file or folder of that path. Where a file belongs
   * to several, those with the longest source path come first.
   *
   * @param within - only in repositories of that name, or in one of a code host
   */
  async #findByPath(
    path: string,
    visible: VisibleEntities,
    within: { readonly name?: string; readonly link?: Link } = {},
  ): Promise<Candidate[]> {
    const folder = path.replace(/\/+$/, '');
    const seen = new Set<string>();
    const found = new Map<string, RepositorySource>();
    let after: FoundPath | undefined;
    for (let read = 0; read < MAX_PAGES; read += 1) {
      const rows = await this.#options.lookups.findByPath(folder, {
        limit: PAGE,
        after,
        // However many files of one are there, the others are found.
        except: [...seen],
        link: within.link,
      });
      for (const { entityRef, source } of rows) {
        seen.add(entityRef);
        if (
          source.type === 'repository' &&
          (within.name === undefined || source.name === within.name) &&
          isVisible(visible, entityRef)
        ) {
          found.set(entityRef, source);
        }
      }
      after = rows.at(-1);
      if (rows.length < PAGE || found.size >= MAX_CANDIDATES) {
        break;
      }
    }
    return [...found]
      .sort(
        ([aRef, a], [bRef, b]) =>
          depthOf(b) - depthOf(a) || (aRef < bRef ? -1 : 1),
      )
      .map(([entityRef, { name }]) => ({
        entityRef,
        path: folder || undefined,
        matchedBy: folder
          ? `the path ${folder} of ${name}`
          : `its repository ${name}`,
      }));
  }

  /** Entities of which every one of the words begins a word, by title. */
  async beginningWith(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<EntitySummary[]> {
    const refs = await this.#refsBeginningWith(words, visible, MAX_CANDIDATES);
    const found = await this.#options.summaries.getMany([...refs]);
    return [...found.values()].sort(byTitle);
  }

  async #refsBeginningWith(
    words: readonly string[],
    visible: VisibleEntities,
    enough: number,
  ): Promise<Set<string>> {
    const refs = new Set<string>();
    if (words.length === 0) {
      return refs;
    }
    const { lookups } = this.#options;
    const rarest = await lookups.rarestFirst(words.slice(0, MAX_WORDS));
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
      if (rows.length < PAGE || refs.size >= enough) {
        break;
      }
    }
    return refs;
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
}

/** Of the longest source path. */
function depthOf({ paths }: RepositorySource): number {
  return Math.max(...paths.map(one => one.length));
}

function toCandidates(
  found: readonly KnownEntity[],
  matchedBy: string,
): Candidate[] {
  return found.map(known => ({
    entityRef: known.summary.entityRef,
    matchedBy,
    known,
  }));
}

function byTitle(a: EntitySummary, b: EntitySummary): number {
  return (
    a.title.localeCompare(b.title, 'en') || (a.entityRef < b.entityRef ? -1 : 1)
  );
}

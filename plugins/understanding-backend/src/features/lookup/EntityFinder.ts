import {
  EntitySummary,
  Question,
  oneEditAway,
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
/** Words of a question that are corrected; who mistypes more asks again. */
const MAX_CORRECTED = 3;
/** What each of them may have been meant to be. */
const MAX_CORRECTIONS = 3;
/** Read at once; where most of it is hidden, further pages are read, */
const PAGE = 200;
/** but not for ever. */
const MAX_PAGES = 50;

const BY_NAME = 'its name';

/** An entity that a question may mean. */
export interface Candidate {
  readonly matchedBy: string;
  readonly known: PreparedEntity;
  /** What the question names inside of it, and who knows that. */
  readonly part?: Pick<PathMatch, 'path' | 'knowers' | 'truncated'>;
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
    if (link) {
      const found = path ? await this.#findByPath(path, { link }, visible) : [];
      return found.length > 0
        ? found
        : toCandidates(
            await lookups.findByLink(link, { visible, limit: ENOUGH }),
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
    const inside = path?.includes('/')
      ? await this.#findInside(path, visible)
      : [];
    return inside.length > 0 ? inside : this.#findByText(question, visible);
  }

  /** By name, else by a path that is no name, else by words. */
  async #findByText(
    { words, path }: Question,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    if (words.length === 0) {
      return [];
    }
    const { lookups } = this.#options;
    const text = words.join(' ');
    const isFile = path !== undefined && !path.includes('/');
    if (visible.type === 'all' && !isFile) {
      const { by, found } = await lookups.findNamedOrWorded(
        text,
        words.slice(0, MAX_WORDS),
        ENOUGH,
      );
      return found.length > 0
        ? toCandidates(found, by === 'name' ? BY_NAME : byWords(words))
        : this.#findNearest(words, visible);
    }
    const readings = [
      () => (isFile ? this.#findInside(path, visible) : []),
      () => this.#findByWords(words, visible),
      () => this.#findNearest(words, visible),
    ];
    let found = toCandidates(
      await lookups.findNamed(text, { visible, limit: ENOUGH }),
      BY_NAME,
    );
    for (const read of readings) {
      found = found.length > 0 ? found : await read();
    }
    return found;
  }

  async #findByWords(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    if (visible.type === 'all') {
      const found = await this.#options.lookups.findWorded(
        words.slice(0, MAX_WORDS),
        ENOUGH,
      );
      return toCandidates(found, byWords(words));
    }
    const found = await this.beginningWith(words, visible);
    return toCandidates(
      await this.#options.summaries.getPrepared(
        found.slice(0, ENOUGH).map(one => one.entityRef),
      ),
      byWords(words),
    );
  }

  /**
   * By what words that begin nothing may have been meant to be, else without them, as
   * far as half of the words are left. Of what is hidden it tells nothing: no word of
   * it is taken for one that is known.
   */
  async #findNearest(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    if (visible.type === 'all' && words.length === 1) {
      return this.#findMeant(words[0]);
    }
    const known: string[] = [];
    const unknown: string[] = [];
    for (const word of words.slice(0, MAX_WORDS)) {
      // Nothing was found by all of them.
      const isKnown = words.length > 1 && (await this.#isKnown(word, visible));
      (isKnown ? known : unknown).push(word);
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
    // Where nothing could be corrected, they are the same one.
    for (const reading of new Set([...readings, known])) {
      const isHalf = reading.length * 2 >= words.length;
      if (isHalf && (reading !== known || nearest.size === 0)) {
        for (const one of await this.#findByWords(reading, visible)) {
          const { entityRef } = one.known.summary;
          nearest.set(entityRef, nearest.get(entityRef) ?? one);
        }
      }
    }
    return [...nearest.values()].map(one => ({
      ...one,
      matchedBy: `${one.matchedBy}${exceptFor(unknown)}`,
    }));
  }

  /** The same of one word that begins nothing, among everything. */
  async #findMeant(word: string): Promise<Candidate[]> {
    const meant = new Map<string, Candidate>();
    const found = await this.#options.lookups.findHaving(
      oneEditAway(word),
      MAX_CORRECTIONS,
      ENOUGH,
    );
    for (const { known, word: instead } of found) {
      const { entityRef } = known.summary;
      const matchedBy = `${byWords([instead])}${exceptFor([word])}`;
      meant.set(entityRef, meant.get(entityRef) ?? { known, matchedBy });
    }
    return [...meant.values()];
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
        (visible.type === 'all' || (await this.#isKnown(one, visible)))
      ) {
        corrections.push(one);
      }
    }
    return corrections;
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
    let after: EntityWordRow | undefined;
    for (let read = 0; read < MAX_PAGES; read += 1) {
      const rows = await this.#options.lookups.findByWords(
        words.slice(0, MAX_WORDS),
        { limit: PAGE, after },
      );
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

/** What a question has that nothing of the catalog has. */
function exceptFor(unknown: readonly string[]): string {
  return `; nothing has “${unknown.join('”, “')}”`;
}

function byWords(words: readonly string[]): string {
  return `the words “${words.join(' ')}”`;
}

/** Of what is named alike, whoever asks means what something is known of. */
function toCandidates(
  found: readonly PreparedEntity[],
  matchedBy: string,
): Candidate[] {
  return [...found]
    .sort(
      ({ summary: a }, { summary: b }) =>
        Number(b.understoodBy !== undefined) -
          Number(a.understoodBy !== undefined) || byTitle(a, b),
    )
    .map(known => ({ known, matchedBy }));
}

function byTitle(a: EntitySummary, b: EntitySummary): number {
  return (
    a.title.localeCompare(b.title, 'en') || (a.entityRef < b.entityRef ? -1 : 1)
  );
}

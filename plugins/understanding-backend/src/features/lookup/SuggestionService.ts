import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Suggestion,
  SuggestionsResponse,
  parseQuestion,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Access, VisibleEntities } from '../../permissions/Access';
import type { SummaryStore } from '../entities/SummaryStore';
import type { EntityFinder } from './EntityFinder';

/** Of each kind; a list to choose from has to be seen at once. */
const MAX_EACH = 6;

export interface SuggestionServiceOptions {
  readonly access: Access;
  readonly finder: EntityFinder;
  readonly summaries: SummaryStore;
}

/** Says what may be meant by what somebody is typing. Never a person. */
export class SuggestionService {
  readonly #options: SuggestionServiceOptions;

  static create(options: SuggestionServiceOptions): SuggestionService {
    return new SuggestionService(options);
  }

  private constructor(options: SuggestionServiceOptions) {
    this.#options = options;
  }

  async suggest(
    query: string,
    credentials: BackstageCredentials,
  ): Promise<SuggestionsResponse> {
    const { access, finder } = this.#options;
    const { entities: visible } = await access.ofLists(credentials);
    const { entityRef, path, link, words } = parseQuestion(query);
    if (link) {
      return { items: await this.#leadingTo(query, visible) };
    }
    const [found, paths] = await Promise.all([
      finder.beginningWith(words, visible),
      path || entityRef
        ? finder.pathsFrom(path ?? query, visible, MAX_EACH)
        : [],
    ]);
    const titles = await this.#titlesOf(paths.map(one => one.entityRef));
    return {
      items: [
        ...found.slice(0, MAX_EACH).map(summary => ({
          type: 'entity' as const,
          query: summary.entityRef,
          title: summary.title,
          description: summary.ownerTitle
            ? `${summary.entityRef}, of ${summary.ownerTitle}`
            : summary.entityRef,
        })),
        ...paths.map(one => ({
          type: 'path' as const,
          query: one.path,
          title: one.path,
          description: `in ${titles.get(one.entityRef) ?? one.entityRef}`,
        })),
      ],
    };
  }

  /** What a link leads to, before it is asked. */
  async #leadingTo(
    query: string,
    visible: VisibleEntities,
  ): Promise<Suggestion[]> {
    const found = await this.#options.finder.find(
      parseQuestion(query),
      visible,
    );
    return found.slice(0, MAX_EACH).map(({ known, matchedBy }) => ({
      type: 'link' as const,
      query: known.summary.entityRef,
      title: known.summary.title,
      description: `by ${matchedBy}`,
    }));
  }

  async #titlesOf(entityRefs: readonly string[]) {
    const found = await this.#options.summaries.getMany(entityRefs);
    return new Map([...found].map(([ref, { title }]) => [ref, title]));
  }
}

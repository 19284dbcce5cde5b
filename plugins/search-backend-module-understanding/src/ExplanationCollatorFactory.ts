import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { Permission } from '@backstage/plugin-permission-common';
import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import {
  Explanation,
  UnderstandingApi,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Readable } from 'node:stream';

/**
 * An explanation of one entity that a change affects. Nobody's name is in it.
 * @public
 */
export interface ExplanationDocument extends IndexableDocument {
  /** Of the entity; whoever may not read it in the catalog does not find this. */
  readonly authorization: { readonly resourceRef: string };
  readonly entityRef: string;
  readonly state: Explanation['state'];
}

/** As many as one request may ask for. */
const PAGE = 100;

/**
 * Documents of explanations, one for each entity that they explain, since search asks
 * for the right to read one entity and not one of several.
 */
export class ExplanationCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'understanding-explanation';
  readonly visibilityPermission: Permission = catalogEntityReadPermission;
  readonly #understanding: Pick<UnderstandingApi, 'listExplanations'>;

  static create(options: {
    understanding: Pick<UnderstandingApi, 'listExplanations'>;
  }): ExplanationCollatorFactory {
    return new ExplanationCollatorFactory(options.understanding);
  }

  private constructor(
    understanding: Pick<UnderstandingApi, 'listExplanations'>,
  ) {
    this.#understanding = understanding;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<ExplanationDocument> {
    let cursor: string | undefined;
    do {
      const page = await this.#understanding.listExplanations({
        limit: PAGE,
        cursor,
        texts: 'true',
      });
      for (const explanation of page.items) {
        yield* documentsOf(explanation);
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
}

function documentsOf(explanation: Explanation): ExplanationDocument[] {
  const { id, change, text, state, entityRefs } = explanation;
  if (!text) {
    return [];
  }
  const { what, howItFails, why, operate, expected } = text;
  return entityRefs.map(entityRef => ({
    title: change
      ? `${change.repository} ${change.number}: ${change.title ?? 'a change'}`
      : `An explanation of ${entityRef}`,
    text: [what, howItFails, why, operate, expected]
      .filter(part => part !== undefined)
      .join('\n\n'),
    // Of documents with one location, search keeps the last alone.
    location: `/understanding/explanations/${encodeURIComponent(
      id,
    )}?${new URLSearchParams({ entity: entityRef })}`,
    authorization: { resourceRef: entityRef },
    entityRef,
    state,
  }));
}

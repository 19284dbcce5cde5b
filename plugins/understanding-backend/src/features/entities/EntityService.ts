import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CoverageQuery,
  CoverageResponse,
  EntitiesByRefsRequest,
  EntitiesByRefsResponse,
  EntityFacets,
  EntitySummary,
  EntitySummaryPage,
  EntityUnderstanding,
  entityOrderFieldSchema,
  listEntitiesQuerySchema,
  nobodyUnderstands,
  rollUpCoverage,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { readCursor, writeCursor } from '../../http/cursor';
import { paginate } from '../../http/paginate';
import { Access, isVisible } from '../../permissions/Access';
import { withoutHiddenNames, visibleEdges } from '../../permissions/hiding';
import { hiddenRefOf } from '../failure-modes/FailureModeService';
import type { PolicyService } from '../explanations/PolicyService';
import type { OnCallService } from '../lookup/OnCallService';
import type { FailureModeStore } from '../failure-modes/FailureModeStore';
import type { ReadingStore } from './ReadingStore';
import { unknownEntity } from './seeEntity';
import { SummaryStore } from './SummaryStore';

export interface EntityServiceOptions {
  readonly access: Access;
  readonly summaries: SummaryStore;
  readonly reading: ReadingStore;
  readonly failureModes: FailureModeStore;
  readonly policy: PolicyService;
  readonly onCall: OnCallService;
}

/** Reads prepared rows for callers, as far as they may see them. */
export class EntityService {
  readonly #access: Access;
  readonly #summaries: SummaryStore;
  readonly #reading: ReadingStore;
  readonly #failureModes: FailureModeStore;
  readonly #policy: PolicyService;
  readonly #onCall: OnCallService;

  static create(options: EntityServiceOptions): EntityService {
    return new EntityService(options);
  }

  private constructor(options: EntityServiceOptions) {
    this.#access = options.access;
    this.#summaries = options.summaries;
    this.#reading = options.reading;
    this.#failureModes = options.failureModes;
    this.#policy = options.policy;
    this.#onCall = options.onCall;
  }

  async list(
    query: z.output<typeof listEntitiesQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<EntitySummaryPage> {
    const { entities: visible, people } = await this.#access.ofLists(
      credentials,
    );
    const [field, direction] = query.orderBy.split(':');
    const order = {
      field: entityOrderFieldSchema.parse(field),
      direction: direction === 'desc' ? ('desc' as const) : ('asc' as const),
    };
    const filter = {
      kind: query.kind,
      ownerRef: query.owner,
      systemRef: query.system,
      plane: query.plane,
      flag: query.flag,
      words: (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean),
    };
    const cursor = readCursor(
      z.object({
        orderBy: z.literal(query.orderBy),
        value: z.union([z.string(), z.number()]),
        entityRef: z.string(),
      }),
      query.cursor,
    );
    const page = await paginate({
      visible,
      limit: query.limit,
      after: cursor,
      list: range => this.#summaries.list(filter, order, range),
      count: () => this.#summaries.count(filter),
      refOf: item => item.summary.entityRef,
      positionOf: item => ({ ...item.position, orderBy: query.orderBy }),
    });
    const isStillReading =
      page.items.length === 0 && (await this.#reading.isStillReading());
    return {
      items: page.items.map(item => withNames(item.summary, people)),
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
      stillReading: isStillReading || undefined,
    };
  }

  /** The owners and systems of what a caller may see, by title. */
  async facets(credentials: BackstageCredentials): Promise<EntityFacets> {
    const { entities } = await this.#access.ofLists(credentials);
    return this.#summaries.facets(ref => isVisible(entities, ref));
  }

  /** The coverage of what a caller may see, by team or system. */
  async coverage(
    by: CoverageQuery['by'],
    credentials: BackstageCredentials,
  ): Promise<CoverageResponse> {
    const { entities } = await this.#access.ofLists(credentials);
    const all = await this.#summaries.list(
      { words: [] },
      { field: 'title', direction: 'asc' },
      {},
    );
    const items = rollUpCoverage(
      all
        .map(one => one.summary)
        .filter(one => isVisible(entities, one.entityRef)),
      by,
    );
    return { items, totalItems: items.length };
  }

  async byRefs(
    request: EntitiesByRefsRequest,
    credentials: BackstageCredentials,
  ): Promise<EntitiesByRefsResponse> {
    const { entities, people } = await this.#access.ofLists(credentials);
    const found = await this.#summaries.getMany(
      request.entityRefs.filter(ref => isVisible(entities, ref)),
    );
    return {
      items: request.entityRefs.map(ref => {
        const summary = found.get(ref);
        return summary ? withNames(summary, people) : null;
      }),
    };
  }

  /**
   * The whole answer for one entity.
   *
   * @throws NotFoundError when it is not known, or the caller may not see it
   */
  async get(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<EntityUnderstanding> {
    const [visible, { entities }] = await Promise.all([
      this.#access.ofEntity(credentials, entityRef),
      this.#access.ofLists(credentials),
    ]);
    const found = visible.entity
      ? await this.#summaries.get(entityRef)
      : undefined;
    if (!found) {
      throw unknownEntity(entityRef);
    }
    const { summary, understanding, detail } = found;
    const { people, morePeople, understandingRule } = understanding;
    const { edges, flags, source, absenceFactor, documents } = detail;
    return {
      source,
      absenceFactor,
      documents,
      understandingRule,
      ...visibleEdges(edges, entities, visible.people),
      flags: flags.map(flag => withoutHiddenNames(flag, entities)),
      failureModes: (await this.#failureModes.list({ entityRef }))
        .filter(mode => !hiddenRefOf(mode, entities))
        .map(mode =>
          visible.people ? mode : { ...mode, updatedBy: undefined },
        ),
      explanationsAskedFor: await this.#policy.inWords(entityRef),
      people: visible.people ? people : undefined,
      morePeople: visible.people ? morePeople : undefined,
      nobody: nobodyUnderstands({
        ...summary,
        ...understandingRule,
        people,
        names: visible.people,
      }),
      onCall: await this.#onCall.of(summary, visible.people),
      summary: withNames(summary, visible.people),
    };
  }
}

function withNames(summary: EntitySummary, names: boolean): EntitySummary {
  return names ? summary : { ...summary, people: undefined };
}

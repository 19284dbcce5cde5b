import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  ClassifyEdgeRequest,
  Edge,
  EdgeObservationsResponse,
  EdgePage,
  UnderstandingSettings,
  combineEdges,
  ProposedEdge,
  coverEdges,
  coverProposed,
  daysAfter,
  findDependency,
  readServiceGraph,
  understandingEdgeClassifyPermission,
  understandingEdgeObservePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { conflictOf } from '../../http/ifMatch';
import { Access, isVisible } from '../../permissions/Access';
import { visibleEdges } from '../../permissions/hiding';
import type { AnswerStore } from '../failure-modes/AnswerStore';
import { EdgeStore } from './EdgeStore';
import { EntityStore } from './EntityStore';
import type { ProposalStore } from './ProposalStore';
import { unknownEntity } from './seeEntity';

export interface EdgeServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly entities: EntityStore;
  readonly edges: EdgeStore;
  readonly answers: AnswerStore;
  readonly proposals: ProposalStore;
  readonly settings: UnderstandingSettings;
}

/** What callers see and say of the dependencies of an entity. */
export class EdgeService {
  readonly #options: EdgeServiceOptions;

  static create(options: EdgeServiceOptions): EdgeService {
    return new EdgeService(options);
  }

  private constructor(options: EdgeServiceOptions) {
    this.#options = options;
  }

  /**
   * The edges of an entity as they are now; prepared rows may be a moment behind.
   *
   * @throws NotFoundError when it is not known, or the caller may not see it
   */
  async list(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<EdgePage> {
    const { entities, people } = await this.#options.access.ofLists(
      credentials,
    );
    if (!isVisible(entities, entityRef)) {
      throw unknownEntity(entityRef);
    }
    const { covered, proposed } = await this.#load(entityRef);
    const { edges, hiddenEdges } = visibleEdges(covered, entities, people);
    const seen = proposed.filter(one => isVisible(entities, one.targetRef));
    return {
      items: edges,
      totalItems: edges.length,
      hidden: hiddenEdges + proposed.length - seen.length,
      proposed: seen,
      unread: await this.#options.proposals.unreadOf(entityRef),
    };
  }

  /**
   * One dependency of an entity, named by its target or by an API of it.
   *
   * @throws NotFoundError when there is none that the caller may see
   */
  async find(
    entityRef: string,
    targetRef: string,
    credentials: BackstageCredentials,
  ): Promise<Edge> {
    const { items } = await this.list(entityRef, credentials);
    const edge = findDependency(items, targetRef);
    if (!edge) {
      throw new NotFoundError(
        `${entityRef} has no dependency on ${targetRef} that you may see; declare it in the catalog first.`,
      );
    }
    return edge;
  }

  /**
   * Says how much an entity depends on another.
   *
   * @param version - of what was said that the caller has read; 0 for nothing
   * @throws NotFoundError when there is no such edge that the caller may see
   * @throws ConflictError with both versions, when somebody else was faster
   */
  async classify(
    entityRef: string,
    version: number,
    request: ClassifyEdgeRequest,
    credentials: BackstageCredentials,
  ): Promise<Edge> {
    const { access, clock, edges, knex, queue } = this.#options;
    await access.require(credentials, understandingEdgeClassifyPermission);
    const edge = await this.find(entityRef, request.targetRef, credentials);
    const now = await clock();
    const said = {
      criticality: request.criticality,
      comment: request.comment || undefined,
    };
    const done = await knex.transaction(async tx => {
      await queue.mark(tx, 'entity', [entityRef], now);
      return edges.classify(tx, edge, version, said, {
        by: access.callerOf(credentials),
        at: now,
      });
    });
    const present = await this.find(entityRef, edge.targetRef, credentials);
    if (!done) {
      const { classified, comment, criticality } = present;
      throw conflictOf(
        'what is said of this edge',
        version,
        classified && { ...classified, comment, criticality },
        said,
      );
    }
    return present;
  }

  /** Takes service-graph metrics that somebody posts. */
  async observe(
    text: string,
    credentials: BackstageCredentials,
  ): Promise<EdgeObservationsResponse> {
    const { access } = this.#options;
    await access.require(credentials, understandingEdgeObservePermission);
    return this.takeServiceGraph(access.callerOf(credentials), text);
  }

  /**
   * Takes service-graph metrics. Calls of services that the catalog does not have are
   * left out, and their names told.
   *
   * @param reporter - who counted; counters are compared with those of the same one
   * @throws InputError naming the line that cannot be read; nothing is taken then
   */
  async takeServiceGraph(
    reporter: string,
    text: string,
  ): Promise<EdgeObservationsResponse> {
    const { clock, edges, entities, knex, queue, settings } = this.#options;
    const read = readServiceGraph(text);
    if ('problem' in read) {
      throw new InputError(`line ${read.line}: ${read.problem}`);
    }
    const names = read.calls.flatMap(({ client, server }) => [client, server]);
    const refs = await entities.refsByName(
      names.map(name => name.toLowerCase()),
    );
    const refOf = (name: string) => refs.get(name.toLowerCase());
    const counts = read.calls.flatMap(({ client, server, requests }) => {
      const [sourceRef, targetRef] = [refOf(client), refOf(server)];
      return sourceRef && targetRef && sourceRef !== targetRef
        ? [{ sourceRef, targetRef, requests }]
        : [];
    });
    const now = await clock();
    const staleBefore = daysAfter(now, -settings.edges.observedDays);
    const { seen } = await knex.transaction(async tx => {
      const observed = await edges.observe(
        tx,
        reporter,
        counts,
        now,
        staleBefore,
      );
      // Who is seen anew may be missed from now on by those who do not call it.
      const dependants = await edges.dependantsOf(
        tx,
        observed.anew.flatMap(one => [one.sourceRef, one.targetRef]),
      );
      await queue.mark(
        tx,
        'entity',
        [...observed.anew.map(one => one.sourceRef), ...dependants],
        now,
      );
      return observed;
    });
    return {
      pairs: counts.length,
      seen: seen.length,
      unknownServices: [...new Set(names)].filter(name => !refOf(name)).sort(),
    };
  }

  async #load(
    entityRef: string,
  ): Promise<{ covered: Edge[]; proposed: ProposedEdge[] }> {
    const { answers, clock, edges, entities, proposals, settings } =
      this.#options;
    if (!(await entities.get(entityRef))) {
      throw unknownEntity(entityRef);
    }
    const now = await clock();
    const combined = combineEdges(
      await edges.factsOf(entityRef),
      now,
      settings.edges,
    );
    const given = await answers.answersOf(entityRef);
    const covered = coverEdges(combined, given, now, settings.edges);
    const titles = await entities.titles(
      covered.edges.map(one => one.targetRef),
    );
    return {
      covered: covered.edges.map(edge => ({
        ...edge,
        targetTitle: titles.get(edge.targetRef),
      })),
      proposed: coverProposed(
        await proposals.proposedTo(entityRef),
        combined,
        given,
        now,
        settings.edges,
      ).edges,
    };
  }
}

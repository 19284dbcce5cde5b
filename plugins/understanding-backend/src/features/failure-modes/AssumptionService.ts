import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  Assumption,
  AssumptionContent,
  AssumptionHistory,
  AssumptionPage,
  UnderstandingSettings,
  VerifyAssumptionRequest,
  assumptionState,
  listAssumptionsQuerySchema,
  understandingFailureModeCreatePermission,
  understandingFailureModeUpdatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { readCursor, writeCursor } from '../../http/cursor';
import { conflictOf } from '../../http/ifMatch';
import { paginate } from '../../http/paginate';
import { Access, isVisible } from '../../permissions/Access';
import { EntityStore } from '../entities/EntityStore';
import { AssumptionStore, StoredAssumption } from './AssumptionStore';
import { Change } from './FailureModeStore';

const positionSchema = z.object({ createdAt: z.string(), id: z.string() });

export interface AssumptionServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly entities: EntityStore;
  readonly assumptions: AssumptionStore;
  readonly settings: UnderstandingSettings;
}

/** Keeps what the design of entities rests on. */
export class AssumptionService {
  readonly #options: AssumptionServiceOptions;

  static create(options: AssumptionServiceOptions): AssumptionService {
    return new AssumptionService(options);
  }

  private constructor(options: AssumptionServiceOptions) {
    this.#options = options;
  }

  async list(
    query: z.output<typeof listAssumptionsQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<AssumptionPage> {
    const { access, assumptions, clock } = this.#options;
    const filter = { entityRef: query.entity };
    const { entities, people } = await access.ofLists(credentials);
    const page = await paginate({
      visible: entities,
      limit: query.limit,
      after: readCursor(positionSchema, query.cursor),
      list: range => assumptions.list(filter, range),
      count: () => assumptions.count(filter),
      refOf: one => one.entityRef,
      positionOf: ({ createdAt, id }) => ({ createdAt, id }),
    });
    const now = await clock();
    return {
      items: page.items.map(one => this.#judge(one, now, people)),
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
    };
  }

  async create(
    content: AssumptionContent,
    credentials: BackstageCredentials,
  ): Promise<Assumption> {
    const { access, assumptions, entities, knex, queue } = this.#options;
    await access.require(credentials, understandingFailureModeCreatePermission);
    const { entities: visible } = await access.ofLists(credentials);
    const { entityRef } = content;
    if (!isVisible(visible, entityRef) || !(await entities.get(entityRef))) {
      throw new InputError(
        `entityRef: ${entityRef} is not in the catalog, or you may not see it`,
      );
    }
    const change = await this.#change(credentials);
    const id = await knex.transaction(async tx => {
      const created = await assumptions.insert(tx, content, change);
      await queue.mark(tx, 'entity', [entityRef], change.at);
      return created;
    });
    return this.#get(id, credentials);
  }

  /** @throws ConflictError with both versions, when somebody else was faster */
  async update(
    id: string,
    version: number,
    content: AssumptionContent,
    credentials: BackstageCredentials,
  ): Promise<Assumption> {
    const { access, assumptions, knex, queue } = this.#options;
    await access.require(credentials, understandingFailureModeUpdatePermission);
    const { entityRef } = await this.#get(id, credentials);
    if (content.entityRef !== entityRef) {
      throw new InputError(`entityRef: must stay ${entityRef}`);
    }
    const change = await this.#change(credentials);
    const updated = await knex.transaction(async tx => {
      await queue.mark(tx, 'entity', [entityRef], change.at);
      return assumptions.update(tx, id, version, content, change);
    });
    const present = await this.#get(id, credentials);
    if (!updated) {
      throw conflictOf('this assumption', version, present, content);
    }
    return present;
  }

  /** Every version, and every time that somebody looked at it. */
  async history(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<AssumptionHistory> {
    const { people } = await this.#find(id, credentials);
    const history = await this.#options.assumptions.history(id);
    const withoutNames = <T extends { by?: string }>(one: T): T =>
      people ? one : { ...one, by: undefined };
    return {
      ...history,
      items: history.items.map(withoutNames),
      verifications: history.verifications.map(withoutNames),
    };
  }

  /**
   * Says what was found when somebody looked; where it holds, until when.
   *
   * @throws ConflictError when it says something else than what was looked at
   */
  async verify(
    id: string,
    version: number,
    request: VerifyAssumptionRequest,
    credentials: BackstageCredentials,
  ): Promise<Assumption> {
    const { access, assumptions, knex, queue } = this.#options;
    await access.require(credentials, understandingFailureModeUpdatePermission);
    const change = await this.#change(credentials);
    const { verifyBy } = request;
    if (verifyBy && verifyBy <= change.at) {
      throw new InputError('verifyBy: must lie in the future');
    }
    const { assumption } = await this.#find(id, credentials);
    const content = contentOf(assumption);
    // What was found is a version of its own: of two who looked, none is lost.
    const done = await knex.transaction(async tx => {
      await queue.mark(tx, 'entity', [assumption.entityRef], change.at);
      const isPresent = await assumptions.update(
        tx,
        id,
        version,
        verifyBy ? { ...content, verifyBy } : content,
        change,
      );
      if (isPresent) {
        await assumptions.verify(tx, id, request, change);
      }
      return isPresent;
    });
    const present = await this.#get(id, credentials);
    if (!done) {
      throw conflictOf('this assumption', version, present, request);
    }
    return present;
  }

  async #find(id: string, credentials: BackstageCredentials) {
    const { access, assumptions } = this.#options;
    const { entities, people } = await access.ofLists(credentials);
    const assumption = await assumptions.get(id);
    if (!assumption || !isVisible(entities, assumption.entityRef)) {
      throw new NotFoundError(
        `There is no assumption ${id}, or you may not see it.`,
      );
    }
    return { assumption, people };
  }

  async #get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<Assumption> {
    const { assumption, people } = await this.#find(id, credentials);
    return this.#judge(assumption, await this.#options.clock(), people);
  }

  #judge(
    { createdAt: _, ...assumption }: StoredAssumption,
    now: string,
    names: boolean,
  ): Assumption {
    const { state } = assumptionState(
      {
        verifyBy: assumption.verifyBy,
        refuted: assumption.verification?.result === 'refuted',
      },
      now,
      this.#options.settings.assumptions,
    );
    return {
      ...assumption,
      state,
      updatedBy: names ? assumption.updatedBy : undefined,
      verification: assumption.verification && {
        ...assumption.verification,
        by: names ? assumption.verification.by : undefined,
      },
    };
  }

  async #change(credentials: BackstageCredentials): Promise<Change> {
    const { access, clock } = this.#options;
    return { by: access.callerOf(credentials), at: await clock() };
  }
}

function contentOf(assumption: StoredAssumption): AssumptionContent {
  const {
    id: _id,
    version: _version,
    createdAt: _createdAt,
    updatedAt: _updatedAt,
    updatedBy: _updatedBy,
    verification: _verification,
    ...content
  } = assumption;
  return content;
}

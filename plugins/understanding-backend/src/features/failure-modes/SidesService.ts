import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Promised,
  Sides,
  SidesResponse,
  compareSides,
  isDependency,
  setExpectationRequestSchema,
  understandingEdgeClassifyPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { Clock } from '../../database/instants';
import { conflictOf } from '../../http/ifMatch';
import { Access, isVisible } from '../../permissions/Access';
import { EdgeService } from '../entities/EdgeService';
import { Said, SidesStore } from './SidesStore';

export interface SidesServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly sides: SidesStore;
  readonly edgeService: EdgeService;
}

/** Both sides of dependencies: what is counted on, and what is promised. */
export class SidesService {
  readonly #options: SidesServiceOptions;

  static create(options: SidesServiceOptions): SidesService {
    return new SidesService(options);
  }

  private constructor(options: SidesServiceOptions) {
    this.#options = options;
  }

  /** @throws NotFoundError when the entity is not known, or may not be seen */
  async get(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<SidesResponse> {
    const { access, edgeService, sides } = this.#options;
    const { entities, people } = await access.ofLists(credentials);
    const { hidden, items } = await edgeService.list(entityRef, credentials);
    const targets = items.filter(isDependency).map(edge => edge.targetRef);
    const own = await sides.expectations('source_ref', [entityRef]);
    const promises = await sides.promises([entityRef, ...targets]);
    const of = <T extends object>(said: Said<T> | undefined) =>
      said && { ...said, by: people ? said.by : undefined };
    const compare = (
      sourceRef: string,
      targetRef: string,
      all: typeof own,
    ): Sides => {
      const expectation = all.find(
        one => one.sourceRef === sourceRef && one.targetRef === targetRef,
      )?.expectation;
      const promise = promises.get(targetRef);
      return {
        sourceRef,
        targetRef,
        expectation: of(expectation),
        promise: of(promise),
        mismatches: compareSides(expectation, promise),
      };
    };
    const upon = await sides.expectations('target_ref', [entityRef]);
    const seen = upon.filter(one => isVisible(entities, one.sourceRef));
    return {
      promise: of(promises.get(entityRef)),
      asConsumer: targets.map(target => compare(entityRef, target, own)),
      asProvider: seen.map(one => compare(one.sourceRef, entityRef, upon)),
      hidden: hidden + upon.length - seen.length,
    };
  }

  /**
   * Says what is counted on.
   *
   * @param version - of what was said that the caller has read; 0 for nothing
   * @throws ConflictError with both versions, when somebody else was faster
   */
  async expect(
    entityRef: string,
    version: number,
    request: z.output<typeof setExpectationRequestSchema>,
    credentials: BackstageCredentials,
  ): Promise<SidesResponse> {
    const { access, clock, edgeService, knex, sides } = this.#options;
    await access.require(credentials, understandingEdgeClassifyPermission);
    const { targetRef: named, ...expectation } = request;
    const { targetRef } = await edgeService.find(entityRef, named, credentials);
    const change = { by: access.callerOf(credentials), at: await clock() };
    const edge = { sourceRef: entityRef, targetRef };
    const done = await knex.transaction(tx =>
      sides.setExpectation(tx, edge, version, expectation, change),
    );
    const present = await this.get(entityRef, credentials);
    if (!done) {
      throw conflictOf(
        'what is counted on here',
        version,
        present.asConsumer.find(one => one.targetRef === targetRef)
          ?.expectation,
        expectation,
      );
    }
    return present;
  }

  /** As {@link expect}, of what is promised to all. */
  async promise(
    entityRef: string,
    version: number,
    promise: Promised,
    credentials: BackstageCredentials,
  ): Promise<SidesResponse> {
    const { access, clock, knex, sides } = this.#options;
    await access.require(credentials, understandingEdgeClassifyPermission);
    await this.get(entityRef, credentials);
    const change = { by: access.callerOf(credentials), at: await clock() };
    const done = await knex.transaction(tx =>
      sides.setPromise(tx, entityRef, version, promise, change),
    );
    const present = await this.get(entityRef, credentials);
    if (!done) {
      throw conflictOf('this promise', version, present.promise, promise);
    }
    return present;
  }
}

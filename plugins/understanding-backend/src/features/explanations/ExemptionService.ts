import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  CreateExemptionRequest,
  Exemption,
  Exemptions,
  understandingExplanationExemptPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { Clock, secondsAfter } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { EntityRow, ExplanationExemptionRow } from '../../database/tables';
import { Access } from '../../permissions/Access';
import { ExemptionStore, holdsAt } from './ExemptionStore';

const MAX_SECONDS = 366 * 24 * 60 * 60;

export interface ExemptionServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly exemptions: ExemptionStore;
}

/** Gives leave not to explain the changes of an entity, for a time, and takes it back. */
export class ExemptionService {
  readonly #options: ExemptionServiceOptions;

  static create(options: ExemptionServiceOptions): ExemptionService {
    return new ExemptionService(options);
  }

  private constructor(options: ExemptionServiceOptions) {
    this.#options = options;
  }

  /** @throws NotFoundError when the entity is not known, or the caller may not see it */
  async list(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Exemptions> {
    const { knex, clock, exemptions } = this.#options;
    const { people } = await this.#requireEntity(entityRef, credentials);
    const now = await clock();
    const rows = await exemptions.list(knex, entityRef);
    const items = rows.map(row => toExemption(row, now, people));
    return { items, totalItems: items.length };
  }

  /**
   * @throws NotAllowedError without `understanding.explanation.exempt`
   * @throws InputError where it would hold for too long, or not at all
   */
  async create(
    request: CreateExemptionRequest,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Exemption> {
    const { knex, clock, queue, access, exemptions } = this.#options;
    await access.require(credentials, understandingExplanationExemptPermission);
    const { entityRef, reason } = request;
    const { people } = await this.#requireEntity(entityRef, credentials);
    const now = await clock();
    const until = new Date(request.until).toISOString();
    if (until <= now || until > secondsAfter(now, MAX_SECONDS)) {
      throw new InputError(
        'until: must be in the future, and at most a year away',
      );
    }
    const caller = credentials.principal.userEntityRef;
    const row: ExplanationExemptionRow = {
      id: randomUUID(),
      entity_ref: entityRef,
      reason,
      owner_ref: request.ownerRef ?? caller,
      until,
      created_by: caller,
      created_at: now,
      ended_at: null,
      ended_by: null,
    };
    await knex.transaction(async tx => {
      await exemptions.insert(tx, row);
      await queue.mark(tx, 'exemption', [row.id], now);
    });
    return toExemption(row, now, people);
  }

  /**
   * Takes one back; what was merged while it held stays as it is.
   *
   * @throws NotAllowedError without `understanding.explanation.exempt`
   * @throws NotFoundError when there is none, or the caller may not see its entity
   */
  async end(
    id: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<void> {
    const { knex, clock, queue, access, exemptions } = this.#options;
    await access.require(credentials, understandingExplanationExemptPermission);
    const row = await exemptions.get(knex, id);
    if (!row) {
      throw new NotFoundError(`There is no exemption ${id}.`);
    }
    await this.#requireEntity(row.entity_ref, credentials);
    const now = await clock();
    await knex.transaction(async tx => {
      const { userEntityRef } = credentials.principal;
      await exemptions.end(tx, id, userEntityRef, now);
      await queue.mark(tx, 'exemption', [id], now);
    });
  }

  async #requireEntity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<{ people: boolean }> {
    const { knex, access } = this.#options;
    const { entity, people } = await access.ofEntity(credentials, entityRef);
    const known =
      entity &&
      (await knex<EntityRow>('entities')
        .where({ entity_ref: entityRef })
        .whereNull('removed_at')
        .first('entity_ref'));
    if (!known) {
      throw new NotFoundError(
        `The catalog has no ${entityRef}, or you may not see it.`,
      );
    }
    return { people };
  }
}

function toExemption(
  row: ExplanationExemptionRow,
  now: string,
  names: boolean,
): Exemption {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    reason: row.reason,
    ownerRef: names ? row.owner_ref : undefined,
    createdBy: names ? row.created_by : undefined,
    createdAt: row.created_at,
    until: row.until,
    endedAt: row.ended_at ?? undefined,
    holds: holdsAt(row, now),
  };
}

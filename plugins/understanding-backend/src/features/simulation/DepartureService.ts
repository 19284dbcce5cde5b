import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  DepartingEntity,
  DepartureRequest,
  DepartureResponse,
  simulateDeparture,
  understandingDepartureSimulatePermission,
  understandingPersonReadPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Access, isVisible } from '../../permissions/Access';
import type { KnownEntityReader } from '../entities/KnownEntityReader';
import type { KnownEntity } from '../entities/SummaryStore';
import type { HistoryStore } from '../ingest/HistoryStore';
import { entitiesOf } from '../people/entitiesOf';
import type { OwnerStore } from '../people/OwnerStore';
import type { PeopleStore } from '../people/PeopleStore';
import type { StatementStore } from '../people/StatementStore';

export interface DepartureServiceOptions {
  readonly knex: Knex;
  readonly access: Access;
  readonly owners: OwnerStore;
  readonly people: PeopleStore;
  readonly histories: HistoryStore;
  readonly known: KnownEntityReader;
  readonly statements: StatementStore;
  /** An organisation may not want it at all. */
  readonly departures: boolean;
}

/** Answers what falls when people leave, and what restores it. */
export class DepartureService {
  readonly #options: DepartureServiceOptions;

  static create(options: DepartureServiceOptions): DepartureService {
    return new DepartureService(options);
  }

  private constructor(options: DepartureServiceOptions) {
    this.#options = options;
  }

  /**
   * Simulates that Users, or all members of Groups, leave. Of what the caller may not
   * see, nothing is said, and nothing is counted.
   */
  async simulate(
    request: DepartureRequest,
    credentials: BackstageCredentials,
  ): Promise<DepartureResponse> {
    const { access, statements } = this.#options;
    if (!this.#options.departures) {
      throw new NotAllowedError(
        'Departures are not simulated here: understanding.simulations.departures is off.',
      );
    }
    await access.require(credentials, understandingDepartureSimulatePermission);
    await access.require(credentials, understandingPersonReadPermission);
    const { entities: visible } = await access.ofLists(credentials);
    const leaving = await this.#leaving(request.people);
    const touched = await entitiesOf(leaving, this.#options);
    const found = await this.#options.known.read(
      touched.filter(ref => isVisible(visible, ref)),
    );
    const { entities, actions, unrepaired } = simulateDeparture({
      entities: await this.#departing(found),
      leaving: new Set(leaving),
      unwilling: await statements.listOptOuts(),
    });
    return {
      entities: [...entities],
      actions: [...actions],
      unrepaired: [...unrepaired],
    };
  }

  /** @throws InputError naming what is neither a User nor a Group */
  async #leaving(refs: readonly string[]): Promise<string[]> {
    const { owners, people } = this.#options;
    const leaving = new Set<string>();
    const known = await people.getPeople(refs);
    for (const ref of refs) {
      const members = known.has(ref) ? [ref] : await owners.membersOf(ref);
      if (!members) {
        throw new InputError(`people: the catalog has no User or Group ${ref}`);
      }
      members.forEach(one => leaving.add(one));
    }
    return [...leaving];
  }

  async #departing(found: readonly KnownEntity[]): Promise<DepartingEntity[]> {
    const { owners } = this.#options;
    const members = new Map<string, DepartingEntity['members']>();
    for (const { summary } of found) {
      const { ownerRef } = summary;
      if (ownerRef && !members.has(ownerRef)) {
        members.set(ownerRef, await owners.activeMembersOf(ownerRef));
      }
    }
    return found
      .filter(({ summary }) => summary.understoodBy !== undefined)
      .map(({ summary, understanding }) => ({
        entityRef: summary.entityRef,
        title: summary.title,
        systemRef: summary.systemRef,
        minimum: summary.understoodByMinimum,
        kindsNeeded: understanding.understandingRule.kindsNeeded,
        collectedKinds: understanding.understandingRule.collectedKinds,
        people: understanding.people,
        unanswered: summary.coverage
          ? summary.coverage.required - summary.coverage.answered
          : 0,
        members: (summary.ownerRef && members.get(summary.ownerRef)) || [],
      }));
  }
}

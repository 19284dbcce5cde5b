import {
  EntitySummary,
  OnCall,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Clock } from '../../database/instants';
import type { OnCallStore } from '../ingest/on-call/OnCallStore';
import type { ScheduleSettings } from '../ingest/on-call/ScheduleReader';
import { PeopleStore, statusOf } from '../people/PeopleStore';
import type { ReachStore } from '../people/ReachStore';

export interface OnCallServiceOptions {
  readonly clock: Clock;
  readonly onCall: OnCallStore;
  readonly people: PeopleStore;
  readonly reach: ReachStore;
  readonly schedules: readonly ScheduleSettings[];
}

/** Tells who is on call for an entity. */
export class OnCallService {
  readonly #options: OnCallServiceOptions;

  static create(options: OnCallServiceOptions): OnCallService {
    return new OnCallService(options);
  }

  private constructor(options: OnCallServiceOptions) {
    this.#options = options;
  }

  /**
   * By each schedule that covers an entity; undefined where none does.
   *
   * @param names - whether people may be named
   */
  async of(
    { entityRef, ownerRef = '' }: EntitySummary,
    names: boolean,
  ): Promise<OnCall[] | undefined> {
    const { clock, onCall, schedules } = this.#options;
    const covering = schedules
      .filter(one =>
        one.covers.some(ref => ref === entityRef || ref === ownerRef),
      )
      .map(one => one.schedule);
    if (covering.length === 0) {
      return undefined;
    }
    const states = await onCall.onCall(covering, await clock());
    const told: OnCall[] = [];
    for (const [schedule, { shifts, ...state }] of states) {
      const people = names ? await this.#named(shifts) : [];
      told.push({
        schedule,
        ...state,
        shifts: shifts.map(({ until }, index) => ({
          until,
          person: people[index],
        })),
      });
    }
    return told;
  }

  async #named(
    shifts: ReadonlyArray<{ personRef?: string; displayName: string }>,
  ) {
    const { people, reach } = this.#options;
    const known = await people.getPeople(
      shifts.flatMap(({ personRef }) => personRef ?? []),
    );
    const named = await reach.withReach(
      shifts.map(({ personRef, displayName }) => {
        const person = known.get(personRef ?? '');
        return {
          personRef,
          displayName: person?.displayName ?? displayName,
          status: statusOf(personRef, person),
          active: person?.active ?? false,
        };
      }),
    );
    return named.map(({ active: _, ...person }) => person);
  }
}

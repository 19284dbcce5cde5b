import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EntitySummary,
  PersonUnderstanding,
  WhoUnderstandsAnswer,
  WhoUnderstandsResponse,
  nobodyUnderstands,
  parseQuestion,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Access, VisibleEntities } from '../../permissions/Access';
import { SummaryStore } from '../entities/SummaryStore';
import type { Clock } from '../../database/instants';
import type { OnCallStore } from '../ingest/on-call/OnCallStore';
import type { ScheduleSettings } from '../ingest/on-call/ScheduleReader';
import { PeopleStore, statusOf } from '../people/PeopleStore';
import type { ReachStore } from '../people/ReachStore';
import { Candidate, EntityFinder, KnownEntity } from './EntityFinder';
import { LookupStore } from './LookupStore';

/** More answers than this help nobody at three in the morning. */
const MAX_ANSWERS = 10;

export interface LookupServiceOptions {
  readonly access: Access;
  readonly finder: EntityFinder;
  readonly summaries: SummaryStore;
  readonly lookups: LookupStore;
  readonly reach: ReachStore;
  readonly people: PeopleStore;
  readonly onCall: OnCallStore;
  readonly schedules: readonly ScheduleSettings[];
  readonly clock: Clock;
}

/** Answers who understands what a question names. */
export class LookupService {
  readonly #options: LookupServiceOptions;

  static create(options: LookupServiceOptions): LookupService {
    return new LookupService(options);
  }

  private constructor(options: LookupServiceOptions) {
    this.#options = options;
  }

  async whoUnderstands(
    query: string,
    credentials: BackstageCredentials,
  ): Promise<WhoUnderstandsResponse> {
    return this.answer(query, await this.#options.access.ofLists(credentials));
  }

  /** @param visible - which entities may be told of, and whether people by name */
  async answer(
    query: string,
    { entities, people }: { entities: VisibleEntities; people: boolean },
  ): Promise<WhoUnderstandsResponse> {
    const { finder, summaries } = this.#options;
    const candidates = await finder.find(parseQuestion(query), entities);
    const chosen = candidates.slice(0, MAX_ANSWERS);
    const read = await summaries.getDetails(
      chosen.flatMap(one => (one.known ? [] : [one.entityRef])),
    );
    const answers: WhoUnderstandsAnswer[] = [];
    for (const candidate of chosen) {
      const found =
        candidate.known ??
        read.find(one => one.summary.entityRef === candidate.entityRef);
      if (found) {
        answers.push(await this.#answer(candidate, found, people));
      }
    }
    return { query, answers, truncated: candidates.length > MAX_ANSWERS };
  }

  async #answer(
    candidate: Candidate,
    found: KnownEntity,
    names: boolean,
  ): Promise<WhoUnderstandsAnswer> {
    const { summary, detail } = found;
    return {
      entityRef: summary.entityRef,
      title: summary.title,
      example: summary.example,
      matchedBy: candidate.matchedBy,
      people: names ? await this.#reachable(detail.people) : undefined,
      understoodBy: summary.understoodBy,
      part: candidate.path
        ? {
            path: candidate.path,
            people: names
              ? await this.#knowersOf(candidate.path, summary, detail.people)
              : undefined,
          }
        : undefined,
      nobody: nobodyUnderstands({
        ...summary,
        ...detail.understandingRule,
        people: detail.people,
        names,
      }),
      onCall: await this.#onCallFor(summary, names),
      fallback: fallbackOf(summary),
    };
  }

  /** By each schedule that covers it; undefined where none does. */
  async #onCallFor(
    { entityRef, ownerRef = '' }: EntitySummary,
    names: boolean,
  ): Promise<WhoUnderstandsAnswer['onCall']> {
    const { clock, onCall, people, reach, schedules } = this.#options;
    const covering = schedules
      .filter(one =>
        one.covers.some(ref => [entityRef, ownerRef].includes(ref)),
      )
      .map(one => one.schedule);
    if (covering.length === 0) {
      return undefined;
    }
    const states = await onCall.onCall(covering, await clock());
    const refs = [...states.values()].flatMap(({ shifts }) =>
      shifts.flatMap(({ personRef }) => personRef ?? []),
    );
    const known = await people.getPeople(refs);
    const reached = names ? await reach.reachOf(refs) : undefined;
    return [...states].map(([schedule, { shifts, ...state }]) => ({
      schedule,
      ...state,
      shifts: shifts.map(({ until, personRef, displayName }) => {
        const person = known.get(personRef ?? '');
        return {
          until,
          person: names
            ? {
                personRef,
                displayName: person?.displayName ?? displayName,
                status: statusOf(personRef, person),
                reach: personRef ? reached?.get(personRef) : undefined,
              }
            : undefined,
        };
      }),
    }));
  }

  async #reachable(people: readonly PersonUnderstanding[]) {
    const reach = await this.#options.reach.reachOf(
      people.flatMap(({ active, personRef }) =>
        active && personRef ? [personRef] : [],
      ),
    );
    return people.map(person => ({
      ...person,
      reach: person.personRef ? reach.get(person.personRef) : undefined,
    }));
  }

  async #knowersOf(
    path: string,
    { entityRef }: EntitySummary,
    people: readonly PersonUnderstanding[],
  ) {
    const { personRefs, names } = await this.#options.lookups.knowersOf(
      entityRef,
      path,
    );
    return people
      .filter(({ personRef, displayName }) =>
        personRef ? personRefs.has(personRef) : names.has(displayName),
      )
      .map(({ personRef, displayName, status }) => ({
        personRef,
        displayName,
        status,
      }));
  }
}

function fallbackOf(summary: EntitySummary): WhoUnderstandsAnswer['fallback'] {
  return summary.ownerRef && summary.ownerTitle
    ? [
        {
          message: `${summary.ownerTitle} owns it`,
          entityRef: summary.ownerRef,
        },
      ]
    : [
        {
          message: summary.ownerRef
            ? `Its owner ${summary.ownerRef} is not in the catalog`
            : 'Nobody owns it',
        },
      ];
}

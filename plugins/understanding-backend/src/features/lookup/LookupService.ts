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
import type { KnownEntity, SummaryStore } from '../entities/SummaryStore';
import { Candidate, EntityFinder, MAX_ANSWERS } from './EntityFinder';
import { LookupStore } from './LookupStore';
import type { OnCallService } from './OnCallService';

export interface LookupServiceOptions {
  readonly access: Access;
  readonly finder: EntityFinder;
  readonly summaries: SummaryStore;
  readonly lookups: LookupStore;
  readonly onCall: OnCallService;
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
    const read = await summaries.getKnown(
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
    return {
      query,
      answers,
      truncated: candidates.length > MAX_ANSWERS,
      stillReading:
        answers.length === 0 && (await summaries.isStillReading())
          ? true
          : undefined,
    };
  }

  async #answer(
    candidate: Candidate,
    found: KnownEntity,
    names: boolean,
  ): Promise<WhoUnderstandsAnswer> {
    const { summary, understanding } = found;
    const { people, understandingRule } = understanding;
    return {
      entityRef: summary.entityRef,
      title: summary.title,
      example: summary.example,
      matchedBy: candidate.matchedBy,
      people: names ? people : undefined,
      understoodBy: summary.understoodBy,
      part: candidate.path
        ? {
            path: candidate.path,
            people: names
              ? await this.#knowersOf(candidate.path, summary, people)
              : undefined,
          }
        : undefined,
      nobody: nobodyUnderstands({
        ...summary,
        ...understandingRule,
        people,
        names,
      }),
      onCall: await this.#options.onCall.of(summary, names),
      fallback: fallbackOf(summary),
    };
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

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
import type { ReadingStore } from '../entities/ReadingStore';
import { Candidate, EntityFinder, MAX_ANSWERS } from './EntityFinder';
import type { OnCallService } from './OnCallService';

export interface LookupServiceOptions {
  readonly access: Access;
  readonly finder: EntityFinder;
  readonly reading: ReadingStore;
  readonly onCall: OnCallService;
}

/** What may be told: of which entities, and whether people by name. */
export interface Told {
  readonly entities: VisibleEntities;
  readonly people: boolean;
}

/** A response whose people are still the JSON that was prepared. */
interface PreparedResponse extends Omit<WhoUnderstandsResponse, 'answers'> {
  readonly answers: ReadonlyArray<{
    readonly answer: Omit<WhoUnderstandsAnswer, 'people'>;
    /** Absent where names are not told. */
    readonly people?: string;
  }>;
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

  /** The same as JSON: most of it is sent as it is prepared. */
  async whoUnderstandsAsJson(
    query: string,
    credentials: BackstageCredentials,
  ): Promise<string> {
    const { answers, ...rest } = await this.#respond(
      query,
      await this.#options.access.ofLists(credentials),
    );
    const texts = answers.map(({ answer, people }) =>
      people === undefined
        ? JSON.stringify(answer)
        : withProperty(answer, 'people', people),
    );
    return withProperty(rest, 'answers', `[${texts.join(',')}]`);
  }

  async answer(query: string, told: Told): Promise<WhoUnderstandsResponse> {
    const { answers, ...rest } = await this.#respond(query, told);
    return {
      ...rest,
      answers: answers.map(({ answer, people }) => ({
        ...answer,
        people: people === undefined ? undefined : JSON.parse(people),
      })),
    };
  }

  async #respond(query: string, told: Told): Promise<PreparedResponse> {
    const candidates = await this.#options.finder.find(
      parseQuestion(query),
      told.entities,
    );
    const isStillReading =
      candidates.length === 0 && (await this.#options.reading.isStillReading());
    return {
      query,
      truncated: candidates.length > MAX_ANSWERS,
      stillReading: isStillReading || undefined,
      answers: await Promise.all(
        candidates.slice(0, MAX_ANSWERS).map(async candidate => ({
          answer: await this.#answer(candidate, told.people),
          people: told.people ? candidate.known.people : undefined,
        })),
      ),
    };
  }

  async #answer(
    { known, matchedBy, part }: Candidate,
    names: boolean,
  ): Promise<Omit<WhoUnderstandsAnswer, 'people'>> {
    const { summary, understandingRule } = known;
    // Where somebody does, nothing of them is needed.
    const people: PersonUnderstanding[] = summary.understoodBy
      ? []
      : JSON.parse(known.people);
    return {
      entityRef: summary.entityRef,
      title: summary.title,
      example: summary.example,
      matchedBy,
      understoodBy: summary.understoodBy,
      morePeople: names ? known.morePeople : undefined,
      part: part && {
        path: part.path,
        truncated: part.truncated,
        people: names ? [...part.knowers] : undefined,
      },
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
}

/** JSON of an object that has something, with one property more that is JSON already. */
function withProperty(object: object, name: string, json: string): string {
  return `${JSON.stringify(object).slice(0, -1)},"${name}":${json}}`;
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

import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  AssessWalkthroughRequest,
  Walkthrough,
  WriteWalkthroughRequest,
  unansweredQuestions,
  understandingExplanationAssessPermission,
  understandingExplanationCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { Clock } from '../../../database/instants';
import { TicketQueue } from '../../../database/TicketQueue';
import { Access } from '../../../permissions/Access';
import { WalkthroughQuestions } from './WalkthroughQuestions';
import { ReadingStore } from './ReadingStore';
import { toWalkthrough } from './toWalkthrough';
import { WalkthroughReader } from './WalkthroughReader';
import { WalkthroughStore } from './WalkthroughStore';

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

export interface WalkthroughServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly questions: WalkthroughQuestions;
  readonly walkthroughs: WalkthroughStore;
  readonly reader: WalkthroughReader;
  readonly readings: ReadingStore;
  readonly queue: TicketQueue;
}

/** Shows, takes and assesses explanations of whole entities. */
export class WalkthroughService {
  readonly #options: WalkthroughServiceOptions;

  static create(options: WalkthroughServiceOptions): WalkthroughService {
    return new WalkthroughService(options);
  }

  private constructor(options: WalkthroughServiceOptions) {
    this.#options = options;
  }

  /**
   * The walkthrough of an entity, with the questions that are asked of it now.
   *
   * @throws NotFoundError when it is not known, or the caller may not see it
   */
  async get(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Walkthrough> {
    const { access, clock, knex, questions, reader, readings, walkthroughs } =
      this.#options;
    const asked = await questions.of(entityRef, credentials);
    const { people } = await access.ofEntity(credentials, entityRef);
    const stored = await walkthroughs.get(knex, entityRef);
    const latest = stored.versions[stored.versions.length - 1];
    const caller = access.callerOf(credentials);
    const recordId = recordIdOf(entityRef, latest?.version ?? 0);
    return toWalkthrough({
      knex,
      entityRef,
      questions: asked,
      stored,
      standing: await reader.standingOf(
        entityRef,
        stored,
        asked,
        await clock(),
      ),
      readings: (await readings.of(knex, [recordId], caller))(recordId),
      caller,
      names: people,
    });
  }

  /**
   * Takes the next version.
   *
   * @throws NotAllowedError without `understanding.explanation.create`
   * @throws InputError where a question is not answered
   * @throws ConflictError where somebody else wrote another version meanwhile
   */
  async write(
    entityRef: string,
    request: WriteWalkthroughRequest,
    credentials: UserCredentials,
  ): Promise<Walkthrough> {
    const { access, clock, knex, questions, queue, walkthroughs } =
      this.#options;
    await access.require(credentials, understandingExplanationCreatePermission);
    const asked = await questions.of(entityRef, credentials);
    const { answers, readVersion } = request;
    if (new Set(answers.map(one => one.key)).size < answers.length) {
      throw new InputError('answers: each key may stand there only once');
    }
    const unanswered = unansweredQuestions(asked, answers);
    if (unanswered.length > 0) {
      throw new InputError(
        `answers: nothing is said on ${unanswered
          .map(one => `“${one.question}”`)
          .join(', ')}`,
      );
    }
    const now = await clock();
    await knex.transaction(async tx => {
      await walkthroughs.lock(tx, entityRef);
      const { versions } = await walkthroughs.get(tx, entityRef);
      const latest = versions[versions.length - 1]?.version ?? 0;
      if (latest !== readVersion) {
        throw new ConflictError(
          `Somebody else wrote version ${latest} meanwhile; look at it, and write yours upon that.`,
        );
      }
      const json = JSON.stringify(answers);
      await walkthroughs.addVersion(tx, {
        entity_ref: entityRef,
        version: latest + 1,
        at: now,
        author_ref: credentials.principal.userEntityRef,
        digest: createHash('sha256').update(json).digest('hex'),
        answers: json,
      });
      await queue.mark(tx, 'entity', [entityRef], now);
    });
    return this.get(entityRef, credentials);
  }

  /**
   * Takes what a second person found of the version that stands now.
   *
   * @throws NotAllowedError for whoever wrote any of it
   * @throws ConflictError where there is another version by now, or none
   */
  async assess(
    entityRef: string,
    request: AssessWalkthroughRequest,
    credentials: UserCredentials,
  ): Promise<Walkthrough> {
    const { access, clock, knex, questions, queue, walkthroughs } =
      this.#options;
    await access.require(credentials, understandingExplanationAssessPermission);
    await questions.of(entityRef, credentials);
    const reviewer = credentials.principal.userEntityRef;
    const now = await clock();
    await knex.transaction(async tx => {
      await walkthroughs.lock(tx, entityRef);
      const { versions } = await walkthroughs.get(tx, entityRef);
      const latest = versions[versions.length - 1]?.version ?? 0;
      if (latest !== request.version) {
        throw new ConflictError(
          `Version ${latest} stands by now; look at it again, and assess that.`,
        );
      }
      if (versions.some(one => one.author_ref === reviewer)) {
        throw new NotAllowedError(
          'You wrote a version of this walkthrough; somebody else has to assess it.',
        );
      }
      await walkthroughs.addAssessment(tx, {
        id: randomUUID(),
        entity_ref: entityRef,
        version: latest,
        at: now,
        reviewer_ref: reviewer,
        result: request.result,
        rubric: JSON.stringify(request.rubric),
        note: request.note ?? null,
      });
      await queue.mark(tx, 'entity', [entityRef], now);
    });
    return this.get(entityRef, credentials);
  }

  /**
   * Takes whether the version that stands helped a reader.
   *
   * @throws NotFoundError where there is no walkthrough
   */
  async read(
    entityRef: string,
    helped: boolean,
    credentials: UserCredentials,
  ): Promise<Walkthrough> {
    const { clock, knex, questions, readings, walkthroughs } = this.#options;
    await questions.of(entityRef, credentials);
    const { versions } = await walkthroughs.get(knex, entityRef);
    const latest = versions[versions.length - 1];
    if (!latest) {
      throw new NotFoundError(`Nobody has written a walkthrough of it yet.`);
    }
    await readings.set(knex, {
      record_id: recordIdOf(entityRef, latest.version),
      reader_ref: credentials.principal.userEntityRef,
      helped,
      at: await clock(),
    });
    return this.get(entityRef, credentials);
  }
}

function recordIdOf(entityRef: string, version: number): string {
  return `walkthrough ${version} of ${entityRef}`;
}

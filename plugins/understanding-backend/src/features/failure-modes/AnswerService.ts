import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AcceptRiskRequest,
  Acceptance,
  FailureMode,
  FailureTest,
  FailureTests,
  UnderstandingSettings,
  WithdrawAcceptanceQuery,
  daysAfter,
  understandingEdgeClassifyPermission,
  understandingFailureModeUpdatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { conflictOf } from '../../http/ifMatch';
import { Access } from '../../permissions/Access';
import { EdgeService } from '../entities/EdgeService';
import type { RenameStore } from '../people/RenameStore';
import type { PeopleStore } from '../people/PeopleStore';
import { AnswerStore, EdgeKey, RecordedTest, StoredTest } from './AnswerStore';
import { calendarOf } from './calendar';
import { FailureModeService } from './FailureModeService';
import { Change } from './FailureModeStore';

const ACCEPTANCE = 'this acceptance';

export interface AnswerServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly people: PeopleStore;
  readonly renames: RenameStore;
  readonly answers: AnswerStore;
  readonly edgeService: EdgeService;
  readonly failureModes: FailureModeService;
  readonly settings: UnderstandingSettings;
  readonly appBaseUrl: string;
}

/** Tests that show failure modes, and what is accepted instead. */
export class AnswerService {
  readonly #options: AnswerServiceOptions;

  static create(options: AnswerServiceOptions): AnswerService {
    return new AnswerService(options);
  }

  private constructor(options: AnswerServiceOptions) {
    this.#options = options;
  }

  async tests(
    failureModeId: string,
    credentials: BackstageCredentials,
  ): Promise<FailureTests> {
    const { answers, failureModes } = this.#options;
    await failureModes.get(failureModeId, credentials);
    const tests = await answers.listTests(failureModeId);
    const items = await this.#withNames(tests, credentials);
    return { items, totalItems: items.length };
  }

  async record(
    failureModeId: string,
    test: RecordedTest,
    credentials: BackstageCredentials,
  ): Promise<FailureTest> {
    const { access, answers, failureModes, knex } = this.#options;
    await access.require(credentials, understandingFailureModeUpdatePermission);
    const mode = await failureModes.get(failureModeId, credentials);
    const change = await this.#change(credentials);
    const complete = await this.#complete(test, change.at);
    const id = await knex.transaction(async tx => {
      const testId = await answers.insertTest(tx, mode.id, complete, change);
      await this.#mark(tx, mode, change.at);
      return testId;
    });
    return this.#test(mode.id, id, credentials);
  }

  /**
   * Replaces what is recorded, such as with the result of a test that was planned.
   *
   * @throws ConflictError with both versions, when somebody else was faster
   */
  async rewrite(
    failureModeId: string,
    testId: string,
    version: number,
    test: RecordedTest,
    credentials: BackstageCredentials,
  ): Promise<FailureTest> {
    const { access, answers, failureModes, knex } = this.#options;
    await access.require(credentials, understandingFailureModeUpdatePermission);
    const mode = await failureModes.get(failureModeId, credentials);
    await this.#test(mode.id, testId, credentials);
    const change = await this.#change(credentials);
    const complete = await this.#complete(test, change.at);
    const done = await knex.transaction(async tx => {
      await this.#mark(tx, mode, change.at);
      return answers.updateTest(tx, testId, version, complete, change);
    });
    const present = await this.#test(mode.id, testId, credentials);
    if (!done) {
      throw conflictOf('this test', version, present, test);
    }
    return present;
  }

  /**
   * Confirms that the caller took part in a test that was done; from then on it is
   * evidence that they operated the entity.
   *
   * @throws NotAllowedError when nobody named the caller
   */
  async confirm(
    failureModeId: string,
    testId: string,
    credentials: BackstageCredentials,
  ): Promise<FailureTest> {
    const { answers, failureModes, knex, renames } = this.#options;
    const mode = await failureModes.get(failureModeId, credentials);
    const test = await this.#stored(mode.id, testId);
    const { by, at } = await this.#change(credentials);
    if (!test.performedAt) {
      throw new InputError('It has not been done yet; confirm it afterwards.');
    }
    const called = await renames.allOf(by);
    if (!test.participants.some(one => called.includes(one.personRef))) {
      throw new NotAllowedError(
        'You are not named among those who took part; ask whoever recorded the test to add you.',
      );
    }
    await knex.transaction(async tx => {
      if (await answers.confirm(tx, testId, called, at)) {
        await this.#mark(tx, mode, at);
      }
    });
    return this.#test(mode.id, testId, credentials);
  }

  /** A planned test as a calendar file. */
  async calendar(
    failureModeId: string,
    testId: string,
    credentials: BackstageCredentials,
  ): Promise<string> {
    const { appBaseUrl, failureModes } = this.#options;
    const mode = await failureModes.get(failureModeId, credentials);
    const test = await this.#stored(mode.id, testId);
    if (!test.plannedAt) {
      throw new InputError('It was never planned, so that it has no calendar.');
    }
    const [, kind, namespace, name] =
      /^(.+?):(.+?)\/(.+)$/.exec(mode.entityRef) ?? [];
    return calendarOf(
      mode,
      test,
      test.plannedAt,
      `${appBaseUrl}/catalog/${namespace}/${kind}/${name}/failure-modes`,
    );
  }

  /**
   * Accepts that nothing is done about one condition of an edge, until an instant.
   *
   * @param version - of the acceptance that the caller has read; 0 for none
   * @throws ConflictError with both versions, when somebody else was faster
   */
  async accept(
    entityRef: string,
    version: number,
    request: AcceptRiskRequest,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, answers, edgeService, knex, queue } = this.#options;
    await access.require(credentials, understandingEdgeClassifyPermission);
    const { targetRef } = await edgeService.find(
      entityRef,
      request.targetRef,
      credentials,
    );
    const change = await this.#change(credentials);
    if (request.until <= change.at) {
      throw new InputError('until: must lie in the future');
    }
    const { condition, reason, until } = request;
    const edge = { sourceRef: entityRef, targetRef, condition };
    const submitted = { reason, until };
    const done = await knex.transaction(async tx => {
      await queue.mark(tx, 'entity', [entityRef], change.at);
      return answers.accept(tx, edge, version, submitted, change);
    });
    if (!done) {
      const current = await this.#accepted(edge, credentials);
      throw conflictOf(ACCEPTANCE, version, current, submitted);
    }
  }

  /** As {@link accept}; from now on it is not accepted any more. */
  async withdraw(
    entityRef: string,
    version: number,
    query: WithdrawAcceptanceQuery,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, answers, clock, edgeService, knex, queue } = this.#options;
    await access.require(credentials, understandingEdgeClassifyPermission);
    const { targetRef } = await edgeService.find(
      entityRef,
      query.targetRef,
      credentials,
    );
    const now = await clock();
    const edge = {
      sourceRef: entityRef,
      targetRef,
      condition: query.condition,
    };
    const done = await knex.transaction(async tx => {
      await queue.mark(tx, 'entity', [entityRef], now);
      return answers.withdraw(tx, edge, version, now);
    });
    if (!done) {
      const current = await this.#accepted(edge, credentials);
      if (!current) {
        throw new NotFoundError(
          `Nothing is accepted of ${targetRef} being ${query.condition}.`,
        );
      }
      throw conflictOf(ACCEPTANCE, version, current);
    }
  }

  /** What is accepted at present, as the caller may see it. */
  async #accepted(
    edge: EdgeKey,
    credentials: BackstageCredentials,
  ): Promise<Acceptance | undefined> {
    const { access, answers, clock } = this.#options;
    const { people } = await access.ofLists(credentials);
    const now = await clock();
    const { acceptances } = await answers.answersOf(edge.sourceRef);
    const found = acceptances.find(
      one =>
        one.targetRef === edge.targetRef &&
        one.condition === edge.condition &&
        now < one.until,
    );
    return (
      found && {
        reason: found.reason,
        until: found.until,
        version: found.version,
        at: found.at,
        by: people ? found.by : undefined,
      }
    );
  }

  async #complete(test: RecordedTest, now: string): Promise<RecordedTest> {
    const { people, settings } = this.#options;
    if (test.performedAt && test.performedAt > now) {
      throw new InputError(
        'performedAt: lies in the future; say plannedAt for a test to come',
      );
    }
    const known = await people.getPeople(test.participants);
    const unknown = test.participants.filter(ref => !known.has(ref));
    if (unknown.length > 0) {
      throw new InputError(
        `participants: the catalog has no ${unknown.join(', ')}`,
      );
    }
    return {
      ...test,
      validUntil: test.performedAt
        ? test.validUntil ??
          daysAfter(test.performedAt, settings.failureTests.validDays)
        : undefined,
    };
  }

  async #stored(failureModeId: string, testId: string): Promise<StoredTest> {
    const tests = await this.#options.answers.listTests(failureModeId);
    const test = tests.find(one => one.id === testId);
    if (!test) {
      throw new NotFoundError(`The failure mode has no test ${testId}.`);
    }
    return test;
  }

  async #test(
    failureModeId: string,
    testId: string,
    credentials: BackstageCredentials,
  ): Promise<FailureTest> {
    const stored = await this.#stored(failureModeId, testId);
    const [test] = await this.#withNames([stored], credentials);
    return test;
  }

  async #withNames(
    tests: readonly StoredTest[],
    credentials: BackstageCredentials,
  ): Promise<FailureTest[]> {
    const { access, people } = this.#options;
    const { people: names } = await access.ofLists(credentials);
    const known = await people.getPeople(
      tests.flatMap(test => test.participants.map(one => one.personRef)),
    );
    return tests.map(test => ({
      ...test,
      recordedBy: names ? test.recordedBy : undefined,
      participantCount: test.participants.length,
      participants: names
        ? test.participants.map(one => ({
            ...one,
            displayName: known.get(one.personRef)?.displayName ?? one.personRef,
          }))
        : undefined,
    }));
  }

  async #change(credentials: BackstageCredentials): Promise<Change> {
    const { access, clock } = this.#options;
    return { by: access.callerOf(credentials), at: await clock() };
  }

  async #mark(tx: Knex, mode: FailureMode, now: string): Promise<void> {
    await this.#options.queue.mark(tx, 'entity', [mode.entityRef], now);
  }
}

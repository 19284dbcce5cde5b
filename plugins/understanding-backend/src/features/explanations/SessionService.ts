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
  ExplanationRecord,
  PayDebtRequest,
  TaughtSessions,
  understandingExplanationAssessPermission,
  whySessionDoesNotPay,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { ExplanationDebtRow } from '../../database/tables';
import { Access, isVisible } from '../../permissions/Access';
import type { PeopleStore } from '../people/PeopleStore';
import type { StatementStore } from '../people/StatementStore';
import { DebtStore } from './DebtStore';
import { ExplanationJudge } from './ExplanationJudge';
import { ExplanationService } from './ExplanationService';
import { ExplanationStore } from './ExplanationStore';
import { participantsOf } from './Participants';
import { visibleExplanation } from './visibleExplanation';

export interface SessionServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly people: PeopleStore;
  readonly statements: StatementStore;
  readonly explanations: ExplanationStore;
  readonly debts: DebtStore;
  readonly judge: ExplanationJudge;
  readonly service: ExplanationService;
}

/** Takes sessions in which changes were taught for explanations that are owed. */
export class SessionService {
  readonly #options: SessionServiceOptions;

  static create(options: SessionServiceOptions): SessionService {
    return new SessionService(options);
  }

  private constructor(options: SessionServiceOptions) {
    this.#options = options;
  }

  /**
   * Sessions that may pay what is owed to an entity; none where nothing is.
   *
   * @throws NotFoundError when the caller may not see the explanation or the entity
   */
  async list(
    id: string,
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<TaughtSessions> {
    const { access, debts, knex, people, statements } = this.#options;
    await this.#find(knex, id, entityRef, credentials);
    const { people: names } = await access.ofEntity(credentials, entityRef);
    const debt = await debts.openOf(knex, {
      explanation_id: id,
      entity_ref: entityRef,
    });
    const sessions = debt
      ? (await statements.listTaught(entityRef, debt.opened_at)).filter(
          one => !whySessionDoesNotPay(one, toRule(debt)),
        )
      : [];
    const known = await people.getPeople(sessions.map(one => one.personRef));
    return {
      items: sessions.map(({ id: sessionId, at, url, personRef }) => ({
        id: sessionId,
        at,
        url,
        taughtBy: names
          ? {
              personRef,
              displayName: known.get(personRef)?.displayName ?? personRef,
            }
          : undefined,
      })),
    };
  }

  /**
   * Takes the caller's word that a change was taught in a session, which pays what is
   * owed for it to an entity. It is an assessment: nobody gives it of their own.
   *
   * @throws NotAllowedError for whoever had a part in the change, or taught there
   * @throws InputError where the session does not pay
   * @throws ConflictError where nothing is owed any more
   */
  async pay(
    id: string,
    { entityRef, sessionId }: PayDebtRequest,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<ExplanationRecord> {
    const { access, clock, debts, explanations, judge, knex } = this.#options;
    await access.require(credentials, understandingExplanationAssessPermission);
    const caller = credentials.principal.userEntityRef;
    const session = await this.#options.statements.get(sessionId);
    const now = await clock();
    await knex.transaction(async tx => {
      await explanations.lock(tx, { id });
      const stored = await this.#find(tx, id, entityRef, credentials);
      const of = { explanation_id: id, entity_ref: entityRef };
      const debt = await debts.openOf(tx, of);
      if (!debt) {
        throw new ConflictError(
          `No explanation of it is owed to ${entityRef}, or it was paid meanwhile.`,
        );
      }
      const why = session
        ? whySessionDoesNotPay(session, toRule(debt))
        : 'it is not known, or was taken back';
      if (!session || why) {
        throw new InputError(`sessionId: does not pay, since ${why}`);
      }
      const { authors } = await participantsOf(tx, stored);
      if (authors.has(caller) || session.personRef === caller) {
        throw new NotAllowedError(
          'You had a part in this change or its explanation, or taught in that session; somebody else who was there has to say that it was taught.',
        );
      }
      await debts.payBySession(tx, of, session, caller);
      await judge.judge(tx, id, now);
    });
    return this.#options.service.get(id, credentials);
  }

  async #find(
    tx: Knex,
    id: string,
    entityRef: string,
    credentials: BackstageCredentials,
  ) {
    const { access, explanations } = this.#options;
    const { entities } = await access.ofLists(credentials);
    const stored = await visibleExplanation(tx, explanations, id, entities);
    if (
      !stored.entityRefs.includes(entityRef) ||
      !isVisible(entities, entityRef)
    ) {
      throw new NotFoundError(
        `Explanation ${id} is not of ${entityRef}, or you may not see that.`,
      );
    }
    return stored;
  }
}

function toRule(debt: ExplanationDebtRow) {
  return { entityRef: debt.entity_ref, openedAt: debt.opened_at };
}

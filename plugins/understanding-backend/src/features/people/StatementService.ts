import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  CorrectRequest,
  HandEvidence,
  HandEvidenceList,
  ProposeEvidenceRequest,
  UnderstandingSettings,
  daysAfter,
  understandingEvidenceCreatePermission,
  understandingPersonReadPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { Access, isVisible } from '../../permissions/Access';
import type { EntityStore } from '../entities/EntityStore';
import type { DebtStore } from '../explanations/DebtStore';
import type { PeopleStore } from './PeopleStore';
import type { RenameStore } from './RenameStore';
import { StatementStore } from './StatementStore';

/** What one person may have waiting for others, so that no script floods them. */
const MAX_PROPOSED = 20;

export interface StatementServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly entities: EntityStore;
  readonly people: PeopleStore;
  readonly renames: RenameStore;
  readonly statements: StatementStore;
  readonly debts: DebtStore;
  readonly settings: UnderstandingSettings;
}

/**
 * What people say of understanding. Evidence by hand counts when the person named
 * confirms it; what is said of somebody, they may always take back.
 */
export class StatementService {
  readonly #options: StatementServiceOptions;

  static create(options: StatementServiceOptions): StatementService {
    return new StatementService(options);
  }

  private constructor(options: StatementServiceOptions) {
    this.#options = options;
  }

  /** What names the caller, or was proposed by them; newest first. */
  async list(credentials: BackstageCredentials): Promise<HandEvidenceList> {
    const { access, renames, statements } = this.#options;
    const caller = access.callerOf(credentials);
    const refs = await renames.allOf(caller);
    const items = await statements.listOf(refs);
    return {
      personRef: caller,
      items: items.map(one => calledNow(one, refs)),
    };
  }

  /**
   * Says who documented or taught something. Of oneself, it counts at once, as a
   * claim; of others, when they confirm it, as verified.
   */
  async propose(
    request: ProposeEvidenceRequest,
    credentials: BackstageCredentials,
  ): Promise<HandEvidence> {
    const { access, clock, knex, people, statements } = this.#options;
    await access.require(credentials, understandingEvidenceCreatePermission);
    const caller = access.callerOf(credentials);
    const { entityRef, personRef } = request;
    await this.#requireVisible(entityRef, credentials);
    if (personRef !== caller) {
      await access.require(credentials, understandingPersonReadPermission);
    }
    if (!(await people.getPeople([personRef])).get(personRef)?.active) {
      throw new InputError(
        `personRef: ${personRef} is no User of the catalog who belongs to a Group`,
      );
    }
    const now = await clock();
    const at = new Date(request.at).toISOString();
    if (at > now) {
      throw new InputError('at: must not lie in the future');
    }
    if (
      personRef !== caller &&
      (await statements.countProposed(caller)) >= MAX_PROPOSED
    ) {
      throw new ConflictError(
        `${MAX_PROPOSED} of your proposals wait for those whom they name. Wait until some are decided on, or withdraw some.`,
      );
    }
    const evidence: Omit<HandEvidence, 'verified'> = {
      ...request,
      at,
      id: randomUUID(),
      state: personRef === caller ? 'confirmed' : 'proposed',
      proposedBy: caller,
      proposedAt: now,
    };
    const isNew = await knex.transaction(async tx => {
      const inserted = await statements.insert(tx, evidence);
      if (inserted && evidence.state === 'confirmed') {
        await this.#recount(tx, entityRef, personRef, now);
      }
      return inserted;
    });
    if (!isNew) {
      throw new ConflictError(
        'The same was proposed before, with the same kind, person and instant.',
      );
    }
    return this.#get(evidence.id);
  }

  /** The person named says that it is so. */
  confirm(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<HandEvidence> {
    return this.#decide(id, 'confirmed', credentials);
  }

  /** The person named says that it is not so, or that they do not want it kept. */
  decline(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<HandEvidence> {
    return this.#decide(id, 'declined', credentials);
  }

  /**
   * Removes it: the person named at any time, whoever proposed it until it is
   * decided on. What was paid by it is owed again.
   */
  async withdraw(id: string, credentials: BackstageCredentials): Promise<void> {
    const { access, clock, debts, knex, queue, statements } = this.#options;
    const caller = access.callerOf(credentials);
    const { evidence, isNamed } = await this.#find(id, caller);
    if (!isNamed && evidence.state !== 'proposed') {
      throw new ConflictError(
        'It was decided on; from then on, only the person named may remove it.',
      );
    }
    const now = await clock();
    await knex.transaction(async tx => {
      await statements.remove(tx, id);
      await queue.mark(tx, 'judge', await debts.reopen(tx, id), now);
      await this.#recount(tx, evidence.entityRef, evidence.personRef, now);
    });
  }

  /** The caller says what is so of their own understanding of an entity. */
  async correct(
    entityRef: string,
    request: CorrectRequest,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, clock, knex, queue, settings, statements } = this.#options;
    const personRef = access.callerOf(credentials);
    await this.#requireVisible(entityRef, credentials);
    const now = await clock();
    const latest = daysAfter(now, settings.evidence.freshDays);
    const until =
      request.type === 'from-elsewhere'
        ? new Date(request.until).toISOString()
        : undefined;
    if (until && (until <= now || until > latest)) {
      throw new InputError(
        `until: must lie in the future, and at most ${settings.evidence.freshDays} days away; say it again then`,
      );
    }
    await knex.transaction(async tx => {
      await statements.correct(tx, {
        entityRef,
        personRef,
        correction:
          request.type === 'from-elsewhere' && until
            ? { ...request, until, at: now }
            : { type: 'no-longer', at: now },
      });
      await queue.mark(tx, 'entity', [entityRef], now);
    });
  }

  async withdrawCorrection(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, clock, knex, queue, renames, statements } = this.#options;
    const personRefs = await renames.allOf(access.callerOf(credentials));
    const now = await clock();
    const removed = await knex.transaction(async tx => {
      await queue.mark(tx, 'entity', [entityRef], now);
      return statements.withdrawCorrection(tx, entityRef, personRefs);
    });
    if (!removed) {
      throw new NotFoundError(`You have corrected nothing of ${entityRef}.`);
    }
  }

  /** Whether the caller may be suggested to learn or review something. */
  async setSuggested(
    isSuggested: boolean,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, clock, knex, renames, statements } = this.#options;
    const caller = access.callerOf(credentials);
    await (isSuggested
      ? statements.optIn(knex, await renames.allOf(caller))
      : statements.optOut(knex, caller, await clock()));
  }

  async #decide(
    id: string,
    state: 'confirmed' | 'declined',
    credentials: BackstageCredentials,
  ): Promise<HandEvidence> {
    const { access, clock, knex, statements } = this.#options;
    const caller = access.callerOf(credentials);
    const {
      evidence: { entityRef, personRef },
      isNamed,
    } = await this.#find(id, caller);
    if (!isNamed) {
      throw new ConflictError('Only the person named may decide on it.');
    }
    const now = await clock();
    const decided = await knex.transaction(async tx => {
      const open = await statements.decide(tx, id, state);
      if (open) {
        await this.#recount(tx, entityRef, personRef, now);
      }
      return open;
    });
    const present = await this.#get(id);
    if (!decided && present.state !== state) {
      throw new ConflictError(
        `It was ${present.state} already. Remove it to take that back.`,
      );
    }
    return present;
  }

  async #recount(tx: Knex, entityRef: string, personRef: string, now: string) {
    const { queue, statements } = this.#options;
    await statements.refresh(tx, entityRef, personRef);
    await queue.mark(tx, 'entity', [entityRef], now);
  }

  /** What concerns others is as if it were not there. */
  async #find(
    id: string,
    caller: string,
  ): Promise<{ evidence: HandEvidence; isNamed: boolean }> {
    const { renames, statements } = this.#options;
    const evidence = await statements.get(id);
    const refs = await renames.allOf(caller);
    const isNamed = evidence !== undefined && refs.includes(evidence.personRef);
    if (!evidence || (!isNamed && !refs.includes(evidence.proposedBy))) {
      throw new NotFoundError(
        `There is no evidence ${id} that names you or was proposed by you.`,
      );
    }
    return { evidence, isNamed };
  }

  async #get(id: string): Promise<HandEvidence> {
    const evidence = await this.#options.statements.get(id);
    if (!evidence) {
      throw new NotFoundError(`There is no evidence ${id} any more.`);
    }
    return evidence;
  }

  async #requireVisible(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, entities } = this.#options;
    const { entities: visible } = await access.ofLists(credentials);
    if (!isVisible(visible, entityRef) || !(await entities.get(entityRef))) {
      throw new InputError(
        `entityRef: ${entityRef} is not in the catalog, or you may not see it`,
      );
    }
  }
}

/** With the first of somebody's references where it has another. */
export function calledNow(
  evidence: HandEvidence,
  refs: readonly string[],
): HandEvidence {
  const now = (ref: string) => (refs.includes(ref) ? refs[0] : ref);
  return {
    ...evidence,
    personRef: now(evidence.personRef),
    proposedBy: now(evidence.proposedBy),
  };
}

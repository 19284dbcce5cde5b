import { linkIdentities } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  GitKnowledgeError,
  HistoryRequest,
  readHead,
  readHistoryInChild,
} from '@understanding-dev/git-knowledge';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../database/instants';
import { fingerprint } from '../../database/shadow';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import type { EntityStore, LocatedEntity } from '../entities/EntityStore';
import type { ErasedStore } from '../people/ErasedStore';
import type { IdentityStore } from '../people/IdentityStore';
import type { PeopleStore } from '../people/PeopleStore';
import { HistoryReading, HistoryStore } from './HistoryStore';
import { MirrorError } from './mirrors/MirrorError';
import type { Mirrors } from './mirrors/Mirrors';
import {
  addressesOf,
  contributorsOf,
  documentGlobsOf,
  pathsOf,
  toReading,
  withoutErased,
} from './historyReading';

/** A reading is repeated after a day, since the present reading fades. */
const MAX_AGE_SECONDS = 24 * 60 * 60;

export interface HistoryReaderOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly entities: EntityStore;
  readonly people: PeopleStore;
  readonly identities: IdentityStore;
  readonly histories: HistoryStore;
  readonly erased: ErasedStore;
  /** Absent where nothing is fetched. */
  readonly mirrors?: Mirrors;
  readonly checkSeconds: number;
  readonly timeoutSeconds: number;
  readonly halfLifeDays: number;
  readonly readHistory: typeof readHistoryInChild;
  /** After how long its work is given to somebody else. */
  readonly leaseSeconds: number;
}

/**
 * Reads the histories of repositories, whenever their head,
 * the entities that name them, or the identities in them have changed.
 */
export class HistoryReader implements TicketHandler {
  readonly queue = 'repository';
  // Half of a catalog, say without its Users, would lead to false findings.
  readonly waitsFor = 'catalog';
  readonly concurrency = 1;
  readonly leaseSeconds: number;
  readonly #options: HistoryReaderOptions;

  static create(options: HistoryReaderOptions): HistoryReader {
    return new HistoryReader(options);
  }

  private constructor(options: HistoryReaderOptions) {
    this.#options = options;
    this.leaseSeconds = options.leaseSeconds;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { knex, clock, queue, entities, histories, mirrors } = this.#options;
    const repository = claim.key;
    const located = await entities.listOfRepository(repository);
    const now = await clock();
    if (located.length === 0) {
      await mirrors?.remove(repository, now);
      await knex.transaction(async tx => {
        await histories.remove(tx, repository);
        await queue.complete(tx, claim);
      });
      return;
    }

    const nextCheck = secondsAfter(now, this.#options.checkSeconds);
    const outcome = await this.#read(repository, located, now, signal);
    await knex.transaction(async tx => {
      if (outcome.type === 'read') {
        await histories.replace(tx, outcome.reading);
      } else if (outcome.type === 'problem') {
        await histories.setProblem(tx, repository, outcome.problem);
      }
      if (outcome.type !== 'unchanged') {
        await queue.mark(
          tx,
          'entity',
          located.map(one => one.entity.entityRef),
          now,
        );
      }
      await queue.complete(tx, claim, nextCheck);
    });
  }

  async #read(
    repository: string,
    located: readonly LocatedEntity[],
    now: string,
    signal: AbortSignal,
  ): Promise<
    | { type: 'read'; reading: HistoryReading }
    | { type: 'problem'; problem: string }
    | { type: 'unchanged' }
  > {
    const { people, identities, histories, mirrors, erased } = this.#options;
    const { halfLifeDays, timeoutSeconds, readHistory } = this.#options;
    const mirror = mirrors?.has(repository) ? mirrors : undefined;
    const previous = await histories.getRepository(repository);
    try {
      const listed = await people.listIdentities();
      const confirmed = await identities.confirmedAddresses();
      const request: Omit<HistoryRequest, 'now'> = {
        repository,
        halfLifeDays,
        territories: located.map(one => ({
          id: one.entity.entityRef,
          paths: [...pathsOf(one)],
          documents: documentGlobsOf(one),
        })),
        limits: { seconds: timeoutSeconds },
      };
      const link = linkIdentities(listed, confirmed);
      // Of the identities, only those that its last reading met.
      const hashWith = (emails: readonly string[]) =>
        fingerprint([request, emails.map(email => [email, link(email)])]);
      const isCurrent =
        previous &&
        previous.problem === undefined &&
        previous.requestHash ===
          hashWith(await histories.listContributors(repository)) &&
        previous.readAt !== undefined &&
        now < secondsAfter(previous.readAt, MAX_AGE_SECONDS);
      const headRead = isCurrent ? previous.head : undefined;
      const head = mirror
        ? await mirror.update(repository, { headRead, now, signal })
        : (await readHead(repository)).head;
      if (head === headRead) {
        return { type: 'unchanged' };
      }
      const isErased = await erased.matcher();
      const answer = withoutErased(
        await readHistory(
          {
            ...request,
            now,
            identities: addressesOf(listed, confirmed, link),
          },
          { signal },
        ),
        email => isErased({ email }),
      );
      const requestHash = hashWith(contributorsOf(answer));
      return {
        type: 'read',
        reading: toReading({ located, answer, requestHash, now, link }),
      };
    } catch (error) {
      const isUnreadable =
        error instanceof GitKnowledgeError && error.code !== 'aborted';
      if (isUnreadable && error.code === 'failed') {
        await mirror?.distrust(repository, now);
      }
      if (isUnreadable || error instanceof MirrorError) {
        return previous?.problem === error.message
          ? { type: 'unchanged' }
          : { type: 'problem', problem: error.message };
      }
      throw error;
    } finally {
      await mirror?.release(repository);
    }
  }
}

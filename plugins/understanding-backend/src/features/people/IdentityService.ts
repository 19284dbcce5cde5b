import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  BotPage,
  ContradictionPage,
  Identifier,
  IdentityCandidatePage,
  IdentityLinkPage,
  LeaverPage,
  MailmapReading,
  MyIdentities,
  ReadMailmapRequest,
  canonicalAddress,
  decideIdentitiesRequestSchema,
  identifierKey,
  identityContradictions,
  loginOfNoreplyAddress,
  understandingAdminPermission,
  understandingPersonReadPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { unusableMailmapLines } from '@understanding-dev/git-knowledge';
import { Knex } from 'knex';
import { z } from 'zod';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { readCursor, writeCursor } from '../../http/cursor';
import { Access } from '../../permissions/Access';
import { candidatesAmong, candidatesOfMailmap } from './identityCandidates';
import { Query, pageOf, positionSchema } from './identityPages';
import type { IdentityLists } from './IdentityLists';
import { toIdentityLink } from './identityLinks';
import type { IdentityStore } from './IdentityStore';
import type { PeopleStore } from './PeopleStore';
import type { RenameStore } from './RenameStore';

/** What a `.mailmap` would link, told at once. */
const MAX_TOLD = 1000;
/** Lines of it that git makes nothing of; whoever has more looks at these first. */
const MAX_LINES = 100;

type Decision = z.output<
  typeof decideIdentitiesRequestSchema
>['decisions'][number];

export interface IdentityServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly people: PeopleStore;
  readonly identities: IdentityStore;
  readonly renames: RenameStore;
  readonly lists: IdentityLists;
}

/**
 * Who is who, where the catalog does not say it. Addresses are personal, so that the
 * lists are for admins, and for everybody what may be theirs. Nothing here tells what
 * anybody did.
 */
export class IdentityService {
  readonly #options: IdentityServiceOptions;

  static create(options: IdentityServiceOptions): IdentityService {
    return new IdentityService(options);
  }

  private constructor(options: IdentityServiceOptions) {
    this.#options = options;
  }

  /** Weaker matches, which nobody has decided on. */
  async listCandidates(
    query: Query,
    credentials: BackstageCredentials,
  ): Promise<IdentityCandidatePage> {
    await this.#requireAdmin(credentials);
    return pageOf(await this.#candidates(), query, one =>
      pairKey(one.identifier, one.personRef),
    );
  }

  async listLinks(
    query: Query,
    credentials: BackstageCredentials,
  ): Promise<IdentityLinkPage> {
    const { identities } = this.#options;
    await this.#requireAdmin(credentials);
    const rows = await identities.listLinks();
    const names = await this.#namesOf(rows.map(row => row.person_ref));
    return pageOf(
      rows.map(row => toIdentityLink(row, names(row.person_ref))),
      query,
      one => pairKey(one.identifier, one.personRef),
    );
  }

  async listContradictions(
    query: Query,
    credentials: BackstageCredentials,
  ): Promise<ContradictionPage> {
    const { identities } = this.#options;
    await this.#requireAdmin(credentials);
    const confirmed = (await identities.listLinks()).filter(
      row => row.state === 'confirmed',
    );
    return pageOf(
      identityContradictions(
        await identities.listClaims(),
        new Map(confirmed.map(row => [identifierKey(row), row.person_ref])),
      ),
      query,
      one => identifierKey(one.identifier),
    );
  }

  async listLeavers(
    query: Query,
    credentials: BackstageCredentials,
  ): Promise<LeaverPage> {
    const { lists } = this.#options;
    await this.#requireAdmin(credentials);
    const found = await lists.listLeavers({
      limit: query.limit + 1,
      after: readCursor(positionSchema, query.cursor)?.after,
    });
    const items = found.slice(0, query.limit);
    const last = items[items.length - 1];
    return {
      items,
      totalItems: await lists.countLeavers(),
      nextCursor:
        found.length > query.limit && last
          ? writeCursor({ after: last.personRef })
          : undefined,
    };
  }

  async listBots(
    query: Query,
    credentials: BackstageCredentials,
  ): Promise<BotPage> {
    await this.#requireAdmin(credentials);
    return pageOf(
      await this.#options.lists.listBots(),
      query,
      one => `${one.address} ${one.name}`,
    );
  }

  /** What may be the caller's, and what was decided about that. */
  async listMine(credentials: BackstageCredentials): Promise<MyIdentities> {
    const { access, identities } = this.#options;
    const personRef = access.callerOf(credentials);
    const links = await identities.listLinks({ personRef });
    const names = await this.#namesOf([personRef]);
    return {
      candidates: await this.#offeredTo(personRef),
      links: links.map(row => toIdentityLink(row, names(personRef))),
    };
  }

  /** What a `.mailmap` would link to whom; nothing is kept of it. */
  async readMailmap(
    { text }: ReadMailmapRequest,
    credentials: BackstageCredentials,
  ): Promise<MailmapReading> {
    const { people, identities } = this.#options;
    await this.#requireAdmin(credentials);
    const decided = await identities.listLinks();
    const { candidates, ...counted } = await candidatesOfMailmap(text, {
      people: await people.listIdentities(),
      strangers: await identities.listStrangers(),
      confirmed: await identities.confirmedAddresses(),
    });
    const open = without(candidates, decided);
    return {
      items: open.slice(0, MAX_TOLD),
      left: Math.max(0, open.length - MAX_TOLD),
      ...counted,
      unusableLines: unusableMailmapLines(text).slice(0, MAX_LINES),
    };
  }

  /**
   * Decides, of all or of none. Admins decide about everybody; others about what may be
   * theirs, which then counts as their own word.
   *
   * @throws NotFoundError where it is no candidate of the caller
   * @throws ConflictError where it is somebody else's by now
   */
  async decide(
    decisions: readonly Decision[],
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, clock, knex, people, identities } = this.#options;
    const decidedBy = access.callerOf(credentials);
    if (decisions.some(one => one.personRef !== decidedBy)) {
      await this.#requireAdmin(credentials);
    } else if (!(await this.#isAdmin(credentials))) {
      await this.#requireOffered(decisions, decidedBy);
    }
    const known = await people.getPeople(decisions.map(one => one.personRef));
    const stranger = decisions.find(one => !known.has(one.personRef));
    if (stranger) {
      throw new InputError(
        `personRef: ${stranger.personRef} is no User of the catalog`,
      );
    }
    await this.#requireGone(decisions);
    const now = await clock();
    await knex.transaction(async tx => {
      for (const decision of decisions) {
        const identifier = canonical(decision.identifier);
        if (decision.state === 'confirmed') {
          const others = await identities.decisionsOn(tx, identifier);
          const other = others.find(
            one =>
              one.state === 'confirmed' &&
              one.person_ref !== decision.personRef,
          );
          if (other) {
            throw new ConflictError(
              `${identifier.value} was confirmed for somebody else already. Take that back first.`,
            );
          }
        }
        await identities.decide(tx, {
          ...identifier,
          person_ref: decision.personRef,
          state: decision.state,
          decided_by: decidedBy,
          decided_at: now,
          from_mailmap: decision.fromMailmap,
        });
        await this.#follow(tx, identifier, now);
      }
    });
  }

  /**
   * Takes a decision back. People may always take back that something is theirs, and
   * what they said themselves; that it is not, by an admin, only admins.
   */
  async undo(
    given: Identifier,
    personRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, clock, knex, identities } = this.#options;
    const caller = access.callerOf(credentials);
    if (caller !== personRef) {
      await this.#requireAdmin(credentials);
    }
    const identifier = canonical(given);
    const decision = (await identities.decisionsOn(knex, identifier)).find(
      one => one.person_ref === personRef,
    );
    if (!decision) {
      throw new NotFoundError(
        `Nothing was decided about ${identifier.value} and ${personRef}.`,
      );
    }
    if (decision.state === 'refused' && decision.decided_by !== caller) {
      await this.#requireAdmin(credentials);
    }
    const now = await clock();
    await knex.transaction(async tx => {
      await identities.undo(tx, identifier, personRef);
      await this.#follow(tx, identifier, now);
    });
  }

  /** Only who is no longer in the catalog is called otherwise now. */
  async #requireGone(decisions: readonly Decision[]): Promise<void> {
    const refs = decisions.flatMap(({ identifier }) =>
      identifier.type === 'user' ? canonical(identifier).value : [],
    );
    for (const ref of refs) {
      const record = await this.#options.people.getRecord(ref, []);
      if (!record || record.removedAt === undefined) {
        throw new InputError(
          `identifier: ${ref} must be a User whom the catalog no longer has`,
        );
      }
    }
  }

  /** Answers change now; absence factors when histories are read next, which is soon. */
  async #follow(tx: Knex, identifier: Identifier, now: string): Promise<void> {
    const { queue, identities, renames } = this.#options;
    if (identifier.type === 'user') {
      const under = await renames.entitiesUnder(tx, identifier.value);
      await queue.mark(tx, 'entity', under, now);
      return;
    }
    const { entityRefs, repositories } = await identities.touchedBy(
      tx,
      identifier,
      loginOfNoreplyAddress(identifier.value),
    );
    await queue.mark(tx, 'entity', entityRefs, now);
    await queue.mark(tx, 'repository', repositories, now);
  }

  async #candidates() {
    const { people, identities, renames } = this.#options;
    const strangers = [
      ...(await identities.listStrangers()),
      ...(await renames.listGone()),
    ];
    return without(
      candidatesAmong(await people.listIdentities(), strangers),
      await identities.listLinks(),
    );
  }

  /** Whose words somebody else said is for admins to decide. */
  async #offeredTo(personRef: string) {
    return (await this.#candidates()).filter(
      one => one.personRef === personRef && one.identifier.type !== 'user',
    );
  }

  async #requireOffered(
    decisions: readonly Decision[],
    personRef: string,
  ): Promise<void> {
    const offered = new Set(
      (await this.#offeredTo(personRef)).map(one =>
        identifierKey(one.identifier),
      ),
    );
    const other = decisions.find(
      ({ identifier }) => !offered.has(identifierKey(canonical(identifier))),
    );
    if (other) {
      throw new NotFoundError(
        `${other.identifier.value} is nothing that may be yours by what is known here. Ask whoever runs this Backstage.`,
      );
    }
  }

  async #namesOf(personRefs: readonly string[]) {
    const known = await this.#options.people.getPeople(personRefs);
    return (ref: string) => known.get(ref)?.displayName ?? ref;
  }

  async #requireAdmin(credentials: BackstageCredentials): Promise<void> {
    const { access } = this.#options;
    await access.require(credentials, understandingAdminPermission);
    await access.require(credentials, understandingPersonReadPermission);
  }

  async #isAdmin(credentials: BackstageCredentials): Promise<boolean> {
    return this.#requireAdmin(credentials).then(
      () => true,
      error => {
        if (error.name === 'NotAllowedError') {
          return false;
        }
        throw error;
      },
    );
  }
}

/** As addresses and accounts are compared. */
function canonical(identifier: Identifier): Identifier {
  return {
    ...identifier,
    value:
      identifier.type === 'email'
        ? canonicalAddress(identifier.value)
        : identifier.value.toLowerCase(),
  };
}

function pairKey(identifier: Identifier, personRef: string): string {
  return `${identifierKey(identifier)} ${personRef}`;
}

/** Those about whom nothing was decided, and whose identifier is nobody's yet. */
function without<T extends { identifier: Identifier; personRef: string }>(
  candidates: readonly T[],
  decided: ReadonlyArray<{
    type: Identifier['type'];
    value: string;
    person_ref: string;
  }>,
): T[] {
  const keys = new Set(decided.map(row => pairKey(row, row.person_ref)));
  return candidates.filter(
    one => !keys.has(pairKey(one.identifier, one.personRef)),
  );
}

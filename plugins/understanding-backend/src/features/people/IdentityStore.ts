import {
  Identifier,
  IdentityClaim,
  claimantOf,
  identifierKey,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import {
  AccountRow,
  ContributorRow,
  EvidenceRow,
  IdentityLinkRow,
  PersonRow,
} from '../../database/tables';
import { ON_CALL, userCalled } from './onCallNames';
import type { HostLogin } from './PeopleStore';

/** By what a row of evidence names somebody who is not known by reference. */
export type NamedBy = Pick<EvidenceRow, 'email' | 'host' | 'login'>;

/** Whom a row of evidence is of. */
export interface Linked {
  readonly personRef: string;
  /** Whether it is only their own word that it is theirs. */
  readonly ownWord: boolean;
}

/** Several claim what a row of evidence names, so that it is of none of them. */
interface Contested {
  readonly personRef?: undefined;
  readonly ownWord: false;
}

/** Somebody who is not known. */
export interface Stranger {
  readonly identifier: Identifier;
  readonly name: string;
}

/**
 * Who is who: what people decided about addresses and accounts, before what the catalog
 * says. It is asked whenever evidence is read, so that a decision needs no reading of
 * histories.
 */
export class IdentityStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): IdentityStore {
    return new IdentityStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns a function that tells whom a row is of, by its address or account */
  async linker(
    rows: readonly NamedBy[],
  ): Promise<(row: NamedBy) => Linked | Contested | undefined> {
    const identifiers = [
      ...new Map(
        rows
          .flatMap(identifiersOf)
          .map(one => [identifierKey(one), one] as const),
      ).values(),
    ];
    const confirmed = await this.#confirmed(identifiers);
    const claims = await this.#claimsOn(identifiers);
    const linkOf = (identifier: Identifier): Linked | Contested | undefined => {
      const key = identifierKey(identifier);
      const decided = confirmed.get(key);
      if (decided) {
        return {
          personRef: decided.person_ref,
          ownWord: decided.decided_by === decided.person_ref,
        };
      }
      const claimants = claims.get(key);
      return (
        claimants && {
          personRef: claimantOf(claimants)?.personRef,
          ownWord: false,
        }
      );
    };
    return row => {
      const links = identifiersOf(row).flatMap(one => linkOf(one) ?? []);
      return links.find(one => one.personRef !== undefined) ?? links[0];
    };
  }

  /** Who was confirmed to have which canonical address. */
  async confirmedAddresses(): Promise<Map<string, string>> {
    const rows = await this.#knex<IdentityLinkRow>('identity_links').where({
      type: 'email',
      state: 'confirmed',
    });
    return new Map(rows.map(row => [row.value, row.person_ref]));
  }

  /** All that was decided, by value. */
  async listLinks(
    of: { personRef?: string } = {},
    knex: Knex = this.#knex,
  ): Promise<IdentityLinkRow[]> {
    return knex<IdentityLinkRow>('identity_links')
      .where(of.personRef === undefined ? {} : { person_ref: of.personRef })
      .orderBy(['value', 'type', 'person_ref']);
  }

  /** What was decided about one identifier. */
  async decisionsOn(
    tx: Knex,
    { type, value }: Identifier,
  ): Promise<IdentityLinkRow[]> {
    return tx<IdentityLinkRow>('identity_links').where({ type, value });
  }

  async decide(tx: Knex, row: IdentityLinkRow): Promise<void> {
    await tx<IdentityLinkRow>('identity_links')
      .insert(row)
      .onConflict(['value', 'type', 'person_ref'])
      .merge();
  }

  async undo(
    tx: Knex,
    { type, value }: Identifier,
    personRef: string,
  ): Promise<void> {
    await tx<IdentityLinkRow>('identity_links')
      .where({ type, value, person_ref: personRef })
      .delete();
  }

  /** What was confirmed to be of some people. */
  async confirmedOf(
    personRefs: readonly string[],
    knex: Knex = this.#knex,
  ): Promise<{ emails: string[]; accounts: HostLogin[] }> {
    const found: IdentityLinkRow[] = [];
    for (const batch of batches(personRefs)) {
      found.push(
        ...(await knex<IdentityLinkRow>('identity_links')
          .where({ state: 'confirmed' })
          .whereIn('person_ref', batch)),
      );
    }
    return {
      emails: found.flatMap(one => (one.type === 'email' ? one.value : [])),
      accounts: found.flatMap(one =>
        one.type === 'account' ? accountOf(one.value) : [],
      ),
    };
  }

  /** Entities of which an identifier has evidence, and histories in which it stands. */
  async touchedBy(
    tx: Knex,
    { type, value }: Exclude<Identifier, { type: 'user' }>,
    login: string | undefined,
  ): Promise<{ entityRefs: string[]; repositories: string[] }> {
    const entityRefs: string[] = await tx<EvidenceRow>('evidence')
      .where(type === 'email' ? { email: value } : accountOf(value))
      .distinct('entity_ref')
      .pluck('entity_ref');
    const repositories: string[] =
      type === 'email'
        ? await tx<ContributorRow>('contributors')
            .where({ email: value })
            .orWhere(any => {
              if (login !== undefined) {
                any.where({ login });
              }
            })
            .distinct('repository')
            .pluck('repository')
        : [];
    return { entityRefs, repositories };
  }

  /** Everybody with evidence whom nothing links to a User, each once. */
  async listStrangers(): Promise<Stranger[]> {
    const rows = await this.#knex<EvidenceRow>('evidence')
      .whereNull('person_ref')
      .groupBy('email', 'host', 'login')
      .select('email', 'host', 'login')
      .max({ name: 'display_name' });
    const named = rows as Array<NamedBy & { name: string }>;
    const linkOf = await this.linker(named);
    return named.flatMap(row => {
      const [identifier] = identifiersOf(row);
      return identifier && !linkOf(row)?.personRef
        ? [{ identifier, name: row.name }]
        : [];
    });
  }

  /** All that the catalog says about whose something is. */
  async listClaims(): Promise<IdentityClaim[]> {
    const emails = await this.#knex<PersonRow>('people')
      .whereNotNull('email')
      .select('email', 'person_ref', 'removed_at');
    const accounts = await accountsWithPeople(this.#knex);
    return [...emails.map(toEmailClaim), ...accounts.map(toAccountClaim)];
  }

  async #users(personRefs: readonly string[]) {
    const rows = await this.#knex<PersonRow>('people')
      .whereIn('person_ref', personRefs)
      .select('person_ref', 'removed_at');
    return new Map(
      rows.map(row => [
        row.person_ref,
        { personRef: row.person_ref, removed: row.removed_at !== null },
      ]),
    );
  }

  async #confirmed(
    identifiers: readonly Identifier[],
  ): Promise<Map<string, IdentityLinkRow>> {
    const found = new Map<string, IdentityLinkRow>();
    for (const batch of batches(identifiers)) {
      const rows = await this.#knex<IdentityLinkRow>('identity_links')
        .where({ state: 'confirmed' })
        .whereIn(
          'value',
          batch.map(one => one.value),
        );
      rows.forEach(row => found.set(identifierKey(row), row));
    }
    return found;
  }

  async #claimsOn(
    identifiers: readonly Identifier[],
  ): Promise<Map<string, IdentityClaim[]>> {
    const found = new Map<string, IdentityClaim[]>();
    const claim = (one: IdentityClaim) => {
      const key = identifierKey(one.identifier);
      found.set(key, [...(found.get(key) ?? []), one]);
    };
    for (const batch of batches(identifiers)) {
      const emails = batch.filter(one => one.type === 'email');
      const rows = await this.#knex<PersonRow>('people')
        .whereIn(
          'email',
          emails.map(one => one.value),
        )
        .select('email', 'person_ref', 'removed_at');
      rows.map(toEmailClaim).forEach(claim);
      const accounts = batch.filter(one => one.type === 'account');
      if (accounts.length > 0) {
        const claimed = await accountsWithPeople(this.#knex).where(any => {
          for (const { value } of accounts) {
            const { host, login } = accountOf(value);
            any.orWhere({ 'accounts.host': host, 'accounts.login': login });
          }
        });
        claimed.map(toAccountClaim).forEach(claim);
      }
      const called = accounts.filter(
        one => accountOf(one.value).host === ON_CALL,
      );
      if (called.length > 0) {
        const users = await this.#users(
          called.map(one => userCalled(accountOf(one.value).login)),
        );
        for (const identifier of called) {
          const user = users.get(userCalled(accountOf(identifier.value).login));
          if (user) {
            claim({ ...user, identifier });
          }
        }
      }
    }
    return found;
  }
}

/** By what a row names somebody; an incident tool may tell of both. */
function identifiersOf({ email, host, login }: NamedBy): Identifier[] {
  return [
    ...(email ? [{ type: 'email' as const, value: email }] : []),
    ...(host && login
      ? [{ type: 'account' as const, value: `${host}/${login}` }]
      : []),
  ];
}

/** The host and login of an account's value. */
export function accountOf(value: string): HostLogin {
  const slash = value.indexOf('/');
  return { host: value.slice(0, slash), login: value.slice(slash + 1) };
}

type AccountWithPerson = AccountRow & Pick<PersonRow, 'removed_at'>;

function accountsWithPeople(knex: Knex) {
  return knex('accounts')
    .join('people', 'people.person_ref', 'accounts.person_ref')
    .select<AccountWithPerson[]>(
      'accounts.host',
      'accounts.login',
      'accounts.person_ref',
      'people.removed_at',
    );
}

function toEmailClaim(
  row: Pick<PersonRow, 'email' | 'person_ref' | 'removed_at'>,
): IdentityClaim {
  return {
    identifier: { type: 'email', value: row.email ?? '' },
    personRef: row.person_ref,
    removed: row.removed_at !== null,
  };
}

function toAccountClaim(row: AccountWithPerson): IdentityClaim {
  return {
    identifier: { type: 'account', value: `${row.host}/${row.login}` },
    personRef: row.person_ref,
    removed: row.removed_at !== null,
  };
}

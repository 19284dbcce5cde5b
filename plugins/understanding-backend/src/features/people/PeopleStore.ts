import {
  AboutMe,
  PersonIdentity,
  PersonRecord,
  ShadowPerson,
  ShadowTeam,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { among } from '../../database/prepared';
import {
  batches,
  fingerprint,
  isOneOf,
  tombstoneUnseen,
  upsertShadow,
} from '../../database/shadow';
import { AccountRow, PersonRow, TeamRow } from '../../database/tables';

/** A person whose shadow changed, with what the change may touch. */
export interface PersonChange {
  readonly personRef: string;
  /** Addresses and logins before and now. */
  readonly emails: readonly string[];
  readonly logins: readonly string[];
  readonly accounts: readonly HostLogin[];
  /** Groups before and now. */
  readonly groupRefs: readonly string[];
}

/** A team whose shadow changed. */
export interface TeamChange {
  readonly teamRef: string;
  /** Its members, where it has another title now: with them, it is named. */
  readonly retitledFor: readonly string[];
}

/** What is known of a User by reference. */
export interface Known {
  readonly displayName: string;
  readonly active: boolean;
  /** No longer in the catalog. */
  readonly removed: boolean;
}

/** A login on a change host. */
export interface HostLogin {
  readonly host: string;
  readonly login: string;
}

const NO_GROUPS = JSON.stringify([]);

const KNOWN_BY = [
  'person_ref',
  'display_name',
  'group_refs',
  'removed_at',
] as const;

/** The shadow of the catalog's Users and Groups. */
export class PeopleStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): PeopleStore {
    return new PeopleStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async writePeople(
    tx: Knex,
    people: readonly ShadowPerson[],
    now: string,
  ): Promise<PersonChange[]> {
    const changed = await upsertShadow<PersonRow>(
      tx,
      'people',
      'person_ref',
      people.map(person => ({
        person_ref: person.personRef,
        display_name: person.displayName,
        email: person.email ?? null,
        logins: JSON.stringify(person.logins),
        group_refs: JSON.stringify(person.groupRefs),
        chat: person.chat ?? null,
        time_zone: person.timeZone ?? null,
        hash: fingerprint(person),
        seen_at: now,
        removed_at: null,
      })),
    );
    const accounts = new Map(people.map(one => [one.personRef, one.accounts]));
    const changes: PersonChange[] = [];
    for (const { row, previous } of changed) {
      const before = await this.#accountsOf(tx, row.person_ref);
      const accounted = accounts.get(row.person_ref) ?? [];
      await this.#writeAccounts(tx, row.person_ref, accounted);
      changes.push({
        ...toChange(row, previous),
        accounts: [...before, ...accounted],
      });
    }
    return changes;
  }

  async writeTeams(
    tx: Knex,
    teams: readonly ShadowTeam[],
    now: string,
  ): Promise<TeamChange[]> {
    const changed = await upsertShadow<TeamRow>(
      tx,
      'teams',
      'team_ref',
      teams.map(team => ({
        team_ref: team.teamRef,
        title: team.title,
        channels: JSON.stringify(team.channels),
        member_refs: JSON.stringify(team.memberRefs),
        child_refs: JSON.stringify(team.childRefs),
        hash: fingerprint(team),
        seen_at: now,
        removed_at: null,
      })),
    );
    return changed.map(({ row, previous }) => ({
      teamRef: row.team_ref,
      retitledFor:
        previous?.title === row.title && previous.removed_at === null
          ? []
          : JSON.parse(row.member_refs),
    }));
  }

  /** Tombstones whom the synchronisation did not see; people who go have left. */
  async removeUnseen(
    tx: Knex,
    now: string,
  ): Promise<{ people: PersonChange[]; teams: TeamChange[] }> {
    const people = await tombstoneUnseen<PersonRow>(tx, 'people', now);
    const teams = await tombstoneUnseen<TeamRow>(tx, 'teams', now);
    return {
      people: await this.#toChanges(tx, people),
      teams: teams.map(row => ({
        teamRef: row.team_ref,
        retitledFor: JSON.parse(row.member_refs),
      })),
    };
  }

  /** People as if they had changed, to find what that would touch. */
  async asChanged(
    tx: Knex,
    personRefs: readonly string[],
  ): Promise<PersonChange[]> {
    const changes: PersonChange[] = [];
    for (const batch of batches(personRefs)) {
      const rows = await tx<PersonRow>('people').whereIn('person_ref', batch);
      changes.push(...(await this.#toChanges(tx, rows)));
    }
    return changes;
  }

  /**
   * Everybody with an identity, those who left included: what they wrote stays
   * theirs.
   */
  async listIdentities(): Promise<PersonIdentity[]> {
    const rows = await this.#knex<PersonRow>('people').orderBy('person_ref');
    return rows.map(row => ({
      personRef: row.person_ref,
      displayName: row.display_name,
      active: isActive(row),
      removed: row.removed_at !== null,
      email: row.email ?? undefined,
      logins: JSON.parse(row.logins),
    }));
  }

  /** Name and activity of people, by reference. */
  async getPeople(personRefs: readonly string[]): Promise<Map<string, Known>> {
    if (personRefs.length === 0) {
      return new Map();
    }
    const rows = await this.#knex<PersonRow>('people')
      .where(isOneOf(this.#knex, 'person_ref', [...new Set(personRefs)]))
      .select(...KNOWN_BY);
    return byReference(rows);
  }

  /** The same of those whose evidence of an entity names them by reference. */
  async withEvidenceOf(entityRef: string): Promise<Map<string, Known>> {
    // Joined with it, PostgreSQL reads everybody where very many have evidence.
    const named = among(
      this.#knex,
      'SELECT person_ref FROM evidence WHERE entity_ref = ?',
    );
    const rows = await this.#knex<PersonRow>('people')
      .whereRaw(`person_ref ${named}`, [entityRef])
      .select(...KNOWN_BY);
    return byReference(rows);
  }

  /** What the catalog says of somebody, to be shown to them. */
  async getRecord(
    personRef: string,
    accounts: readonly HostLogin[],
  ): Promise<AboutMe['catalog']> {
    const row = await this.#knex<PersonRow>('people')
      .where({ person_ref: personRef })
      .first();
    return (
      row && {
        displayName: row.display_name,
        email: row.email ?? undefined,
        logins: JSON.parse(row.logins),
        accounts: [...accounts],
        groupRefs: JSON.parse(row.group_refs),
        chat: row.chat ?? undefined,
        timeZone: row.time_zone ?? undefined,
        removedAt: row.removed_at ?? undefined,
      }
    );
  }

  /** The accounts on change hosts that people have. */
  async accountsOf(
    personRefs: readonly string[],
  ): Promise<Map<string, HostLogin[]>> {
    const accounts = new Map<string, HostLogin[]>();
    for (const batch of batches(personRefs)) {
      const rows = await this.#knex<AccountRow>('accounts').whereIn(
        'person_ref',
        batch,
      );
      for (const { person_ref, host, login } of rows) {
        const own = accounts.get(person_ref) ?? [];
        accounts.set(person_ref, [...own, { host, login }]);
      }
    }
    return accounts;
  }

  async #toChanges(
    tx: Knex,
    rows: readonly PersonRow[],
  ): Promise<PersonChange[]> {
    const changes: PersonChange[] = [];
    for (const row of rows) {
      const accounts = await this.#accountsOf(tx, row.person_ref);
      changes.push({ ...toChange(row, undefined), accounts });
    }
    return changes;
  }

  async #accountsOf(tx: Knex, personRef: string): Promise<HostLogin[]> {
    return tx<AccountRow>('accounts')
      .where({ person_ref: personRef })
      .select('host', 'login');
  }

  async #writeAccounts(
    tx: Knex,
    personRef: string,
    accounts: readonly HostLogin[],
  ): Promise<void> {
    await tx<AccountRow>('accounts').where({ person_ref: personRef }).delete();
    for (const batch of batches(accounts)) {
      await tx<AccountRow>('accounts')
        .insert(
          batch.map(({ host, login }) => ({
            host,
            login,
            person_ref: personRef,
          })),
        )
        .onConflict()
        .ignore();
    }
  }
}

function byReference(
  rows: ReadonlyArray<Pick<PersonRow, (typeof KNOWN_BY)[number]>>,
): Map<string, Known> {
  return new Map(rows.map(row => [row.person_ref, toKnown(row)]));
}

/** What a row says of a User. */
export function toKnown(
  row: Pick<PersonRow, Exclude<(typeof KNOWN_BY)[number], 'person_ref'>>,
): Known {
  return {
    displayName: row.display_name,
    active: isActive(row),
    removed: row.removed_at !== null,
  };
}

/** A User of the catalog who belongs to a Group. */
export function isActive(
  row: Pick<PersonRow, 'removed_at' | 'group_refs'>,
): boolean {
  // Very many are asked about at once, so that it is not parsed.
  return row.removed_at === null && row.group_refs !== NO_GROUPS;
}

/** Who is not known by reference is in no catalog. */
export function statusOf(
  personRef: string | undefined,
  person: { active: boolean } | undefined,
): PersonRecord['status'] {
  if (!personRef) {
    return 'not-in-catalog';
  }
  return person?.active ? 'active' : 'left';
}

function toChange(row: PersonRow, previous: PersonRow | undefined) {
  const both = previous ? [row, previous] : [row];
  return {
    personRef: row.person_ref,
    emails: both.flatMap(one => one.email ?? []),
    logins: both.flatMap((one): string[] => JSON.parse(one.logins)),
    groupRefs: both.flatMap((one): string[] => JSON.parse(one.group_refs)),
  };
}

import { ShadowTeam } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { TeamRow } from '../../database/tables';
import type { PeopleStore } from './PeopleStore';

/** Who owns something, as far as one can turn to them. */
export interface Owner {
  readonly ref: string;
  readonly type: 'team' | 'person';
  readonly title: string;
  readonly activeMembers: number;
  readonly channels: readonly string[];
}

export interface OwnerStoreOptions {
  readonly knex: Knex;
  readonly people: PeopleStore;
}

/** Who owns something, and the people behind a team with those of its child teams. */
export class OwnerStore {
  readonly #knex: Knex;
  readonly #people: PeopleStore;

  static create(options: OwnerStoreOptions): OwnerStore {
    return new OwnerStore(options);
  }

  private constructor({ knex, people }: OwnerStoreOptions) {
    this.#knex = knex;
    this.#people = people;
  }

  /**
   * A team or a person that owns something; undefined when the catalog has neither.
   * Members of child teams count, since they can be asked too.
   */
  async get(ref: string): Promise<Owner | undefined> {
    if (ref.startsWith('user:')) {
      const person = (await this.#people.getPeople([ref])).get(ref);
      return (
        person && {
          ref,
          type: 'person',
          title: person.displayName,
          activeMembers: person.active ? 1 : 0,
          channels: [],
        }
      );
    }
    const team = await this.#getTeam(ref);
    if (!team) {
      return undefined;
    }
    const people = await this.#people.getPeople(await this.#membersOf(team));
    return {
      ref,
      type: 'team',
      title: team.title,
      activeMembers: [...people.values()].filter(one => one.active).length,
      channels: team.channels,
    };
  }

  /**
   * The people behind an owner: the members of a team, those of its child teams
   * included, or the person; undefined when the catalog has neither.
   */
  async membersOf(ref: string): Promise<string[] | undefined> {
    if (ref.startsWith('user:')) {
      return (await this.#people.getPeople([ref])).has(ref) ? [ref] : undefined;
    }
    const team = await this.#getTeam(ref);
    return team && this.#membersOf(team);
  }

  /** Those behind an owner who can be asked. */
  async activeMembersOf(
    ref: string,
  ): Promise<Array<{ personRef: string; displayName: string }>> {
    const refs = (await this.membersOf(ref)) ?? [];
    const known = await this.#people.getPeople(refs);
    return refs.flatMap(personRef => {
      const person = known.get(personRef);
      return person?.active
        ? [{ personRef, displayName: person.displayName }]
        : [];
    });
  }

  async #membersOf(team: ShadowTeam): Promise<string[]> {
    const members = new Set<string>();
    const seen = new Set([team.teamRef]);
    const teams = [team];
    for (let next = teams.pop(); next; next = teams.pop()) {
      next.memberRefs.forEach(member => members.add(member));
      for (const child of next.childRefs.filter(one => !seen.has(one))) {
        seen.add(child);
        const childTeam = await this.#getTeam(child);
        if (childTeam) {
          teams.push(childTeam);
        }
      }
    }
    return [...members];
  }

  async #getTeam(teamRef: string): Promise<ShadowTeam | undefined> {
    const row = await this.#knex<TeamRow>('teams')
      .where({ team_ref: teamRef })
      .whereNull('removed_at')
      .first();
    return (
      row && {
        teamRef: row.team_ref,
        title: row.title,
        channels: JSON.parse(row.channels),
        memberRefs: JSON.parse(row.member_refs),
        childRefs: JSON.parse(row.child_refs),
      }
    );
  }
}

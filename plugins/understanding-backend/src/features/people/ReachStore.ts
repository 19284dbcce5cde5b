import { Reach } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { PersonRow, TeamRow } from '../../database/tables';
import { isActive } from './PeopleStore';

/** How people can be reached, and whom a chat names. */
export class ReachStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): ReachStore {
    return new ReachStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Says how those can be reached who are active; of a hundred people or so. */
  async withReach<T extends { personRef?: string; active: boolean }>(
    people: readonly T[],
  ): Promise<Array<T & { reach?: Reach }>> {
    const active = people.flatMap(one =>
      one.active && one.personRef ? [one.personRef] : [],
    );
    const rows = await this.#knex<PersonRow>('people')
      .whereIn('person_ref', active)
      .select('person_ref', 'group_refs', 'chat', 'time_zone');
    const titles = await this.#titlesOf(rows.flatMap(teamsOf));
    const reach = new Map<string, Reach>(
      rows.map(row => [
        row.person_ref,
        {
          teams: teamsOf(row).flatMap(ref => {
            const title = titles.get(ref);
            return title === undefined ? [] : [{ ref, title }];
          }),
          chat: row.chat ?? undefined,
          timeZone: row.time_zone ?? undefined,
        },
      ]),
    );
    return people.map(person =>
      person.personRef && reach.has(person.personRef)
        ? { ...person, reach: reach.get(person.personRef) }
        : person,
    );
  }

  /**
   * The one active person whom the catalog reaches by that; undefined where there is
   * nobody, or more than one.
   */
  async findByChat(
    chat: string,
  ): Promise<{ personRef: string; teamRefs: string[] } | undefined> {
    const rows = (
      await this.#knex<PersonRow>('people').where({ chat }).limit(10)
    ).filter(isActive);
    return rows.length === 1
      ? { personRef: rows[0].person_ref, teamRefs: teamsOf(rows[0]) }
      : undefined;
  }

  async #titlesOf(teamRefs: readonly string[]): Promise<Map<string, string>> {
    const titles = new Map<string, string>();
    for (const batch of batches([...new Set(teamRefs)])) {
      const rows = await this.#knex<TeamRow>('teams')
        .whereIn('team_ref', batch)
        .whereNull('removed_at')
        .select('team_ref', 'title');
      rows.forEach(row => titles.set(row.team_ref, row.title));
    }
    return titles;
  }
}

function teamsOf(row: Pick<PersonRow, 'group_refs'>): string[] {
  return JSON.parse(row.group_refs);
}

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

  /** How those of these people who are active can be reached. */
  async reachOf(personRefs: readonly string[]): Promise<Map<string, Reach>> {
    const found = new Map<string, Reach>();
    for (const batch of batches([...new Set(personRefs)])) {
      const people = (
        await this.#knex<PersonRow>('people').whereIn('person_ref', batch)
      ).filter(isActive);
      const titles = await this.#titlesOf(people.flatMap(teamsOf));
      for (const row of people) {
        found.set(row.person_ref, {
          teams: teamsOf(row).flatMap(ref => {
            const title = titles.get(ref);
            return title === undefined ? [] : [{ ref, title }];
          }),
          chat: row.chat ?? undefined,
          timeZone: row.time_zone ?? undefined,
        });
      }
    }
    return found;
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

function teamsOf(row: PersonRow): string[] {
  return JSON.parse(row.group_refs);
}

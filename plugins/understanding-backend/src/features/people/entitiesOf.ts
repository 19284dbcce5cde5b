import { Knex } from 'knex';
import type { HistoryStore } from '../ingest/HistoryStore';
import type { PeopleStore } from './PeopleStore';

/**
 * Entities that any of some people has evidence of, or said something of. For rules
 * that add people up; what single people know is shown to nobody else.
 */
export async function entitiesOf(
  personRefs: readonly string[],
  options: {
    readonly knex: Knex;
    readonly histories: HistoryStore;
    readonly people: PeopleStore;
  },
): Promise<string[]> {
  const { knex, histories, people } = options;
  const accounts = await people.accountsOf(personRefs);
  const { entityRefs } = await histories.touchedBy(
    knex,
    personRefs.map(personRef => ({
      personRef,
      accounts: accounts.get(personRef) ?? [],
      emails: [],
      logins: [],
      groupRefs: [],
    })),
  );
  return entityRefs.sort();
}

import {
  EvidenceKind,
  PersonRecord,
  joinEvidence,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EvidenceRow } from '../../database/tables';
import { attribute } from '../people/attribute';
import type { IdentityStore } from '../people/IdentityStore';
import type { PeopleStore } from '../people/PeopleStore';
import type { RenameStore } from '../people/RenameStore';

/** The people behind an entity's evidence, with their state at present. */
export async function peopleBehind(
  entityRef: string,
  options: {
    readonly knex: Knex;
    readonly identities: IdentityStore;
    readonly renames: RenameStore;
    readonly people: PeopleStore;
  },
): Promise<PersonRecord[]> {
  const { knex, people } = options;
  // Of an entity on which very many work, every text counts, and both take as long.
  const [rows, known] = await Promise.all([
    knex<EvidenceRow>('evidence')
      .where({ entity_ref: entityRef })
      .select('id', 'kind', 'latest_at', 'count', 'url', 'verified')
      .select('person_ref', 'email', 'host', 'login')
      .select({
        display_name: knex.raw(
          'CASE WHEN person_ref IS NULL THEN display_name END',
        ),
      }),
    people.withEvidenceOf(entityRef),
  ]);
  // Asked for in this order, PostgreSQL reads the evidence of all others as well.
  rows.sort((a, b) => a.id - b.id);
  const personOf = await attribute(rows, options, known);
  const records = new Map<string, PersonRecord>();
  for (const row of rows) {
    const { ownWord, ...person } = personOf(row);
    const key =
      person.personRef ?? ` ${row.host ?? ''} ${row.email ?? row.display_name}`;
    const evidence = joinEvidence(records.get(key)?.evidence ?? [], {
      kind: row.kind as EvidenceKind,
      latestAt: row.latest_at,
      count: row.count,
      url: row.url ?? undefined,
      // Whoever only says so themselves claims what is verified of another.
      verified: Boolean(row.verified) && !ownWord,
    });
    records.set(key, { ...person, evidence });
  }
  return [...records.values()];
}

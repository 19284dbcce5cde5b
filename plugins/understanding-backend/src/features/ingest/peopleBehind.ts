import {
  EvidenceKind,
  EvidenceRecord,
  PersonRecord,
  joinEvidence,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EvidenceRow } from '../../database/tables';
import { NamedRow, attribute } from '../people/attribute';
import type { IdentityStore } from '../people/IdentityStore';
import type { PeopleStore } from '../people/PeopleStore';
import type { RenameStore } from '../people/RenameStore';

/** Evidence of whom rows name in one way. */
interface Named {
  readonly row: NamedRow;
  readonly evidence: EvidenceRecord[];
}

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
  // Whom a row is of is asked once for all rows that name somebody in the same way.
  const named = new Map<string, Named>();
  for (const row of rows) {
    const key =
      row.person_ref ??
      [row.host, row.login, row.email, row.display_name].join(' ');
    const one: Named = named.get(key) ?? { row, evidence: [] };
    named.set(key, one);
    one.evidence.push({
      kind: row.kind as EvidenceKind,
      latestAt: row.latest_at,
      count: row.count,
      url: row.url ?? undefined,
      verified: Boolean(row.verified),
    });
  }
  const records = new Map<string, PersonRecord>();
  for (const { row, evidence } of named.values()) {
    const { personRef, displayName, status, ownWord } = personOf(row);
    const key =
      personRef ?? ` ${row.host ?? ''} ${row.email ?? row.display_name}`;
    records.set(key, {
      personRef,
      displayName,
      status,
      evidence: evidence.reduce(
        (before, one) =>
          // Whoever only says so themselves claims what is verified of another.
          joinEvidence(before, ownWord ? { ...one, verified: false } : one),
        records.get(key)?.evidence ?? [],
      ),
    });
  }
  return [...records.values()];
}

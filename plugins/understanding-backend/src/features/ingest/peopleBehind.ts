import {
  EvidenceKind,
  EvidenceRecord,
  PersonRecord,
  foldEvidence,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EvidenceRow } from '../../database/tables';
import { NamedRow, attribute } from '../people/attribute';
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
  // Whom a row is of is asked once for all rows that name somebody in the same way.
  const evidenceOf = new Map<
    string,
    { row: NamedRow; evidence: EvidenceRecord[] }
  >();
  for (const row of rows) {
    const key =
      row.person_ref ??
      [row.host, row.login, row.email, row.display_name].join(' ');
    const evidence: EvidenceRecord = {
      kind: row.kind as EvidenceKind,
      latestAt: row.latest_at,
      count: row.count,
      url: row.url ?? undefined,
      verified: Boolean(row.verified),
    };
    const named = evidenceOf.get(key);
    if (named) {
      named.evidence.push(evidence);
    } else {
      evidenceOf.set(key, { row, evidence: [evidence] });
    }
  }
  const named = [...evidenceOf.values()];
  const personOf = await attribute(
    named.map(one => one.row),
    options,
    known,
  );
  const records = new Map<string, PersonRecord>();
  for (const { row, evidence } of named) {
    const { personRef, displayName, status, ownWord } = personOf(row);
    const key =
      personRef ?? ` ${row.host ?? ''} ${row.email ?? row.display_name}`;
    const before = records.get(key)?.evidence ?? [];
    // Whoever only says so themselves claims what is verified of another.
    const theirs = ownWord
      ? evidence.map(one => ({ ...one, verified: false }))
      : evidence;
    records.set(key, {
      personRef,
      displayName,
      status,
      evidence: foldEvidence(before.concat(theirs)),
    });
  }
  return [...records.values()];
}

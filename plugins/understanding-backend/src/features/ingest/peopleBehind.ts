import {
  EvidenceKind,
  PersonRecord,
  joinEvidence,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EvidenceRow } from '../../database/tables';
import type { IdentityStore } from '../people/IdentityStore';
import { PeopleStore, statusOf } from '../people/PeopleStore';
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
  const { knex, identities, renames, people } = options;
  // Of an entity on which very many work, every column counts.
  const rows = await knex<EvidenceRow>('evidence')
    .where({ entity_ref: entityRef })
    .select(
      ...(['person_ref', 'host', 'login', 'email', 'display_name'] as const),
      ...(['id', 'kind', 'latest_at', 'count', 'url', 'verified'] as const),
    );
  // Asked for in this order, PostgreSQL reads the evidence of all others as well.
  rows.sort((a, b) => a.id - b.id);
  const linkOf = await identities.linker(rows);
  const found = rows.map(row => ({
    row,
    link: row.person_ref
      ? { personRef: row.person_ref, ownWord: false }
      : linkOf(row),
  }));
  const before = await people.getPeople(
    found.flatMap(({ link }) => link?.personRef ?? []),
  );
  const gone = [...before].flatMap(([ref, { removed }]) =>
    removed ? [ref] : [],
  );
  const presentOf = await renames.presentRefs(gone);
  const linked = found.map(({ row, link }) => {
    const present = link && presentOf(link.personRef);
    return {
      row,
      link: present && {
        ...present,
        ownWord: present.ownWord || link.ownWord,
      },
    };
  });
  const known = new Map([
    ...before,
    ...(await people.getPeople(gone.map(ref => presentOf(ref).personRef))),
  ]);
  const records = new Map<string, PersonRecord>();
  for (const { row, link } of linked) {
    const personRef = link?.personRef;
    const person = personRef ? known.get(personRef) : undefined;
    const key =
      personRef ?? ` ${row.host ?? ''} ${row.email ?? row.display_name}`;
    records.set(key, {
      personRef,
      displayName: person?.displayName ?? row.display_name,
      status: statusOf(personRef, person),
      evidence: joinEvidence(records.get(key)?.evidence ?? [], {
        kind: row.kind as EvidenceKind,
        latestAt: row.latest_at,
        count: row.count,
        url: row.url ?? undefined,
        // Whoever only says so themselves claims what is verified of another.
        verified: Boolean(row.verified) && !link?.ownWord,
      }),
    });
  }
  return [...records.values()];
}

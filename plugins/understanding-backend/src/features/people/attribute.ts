import { KnownPerson } from '@understanding-dev/backstage-plugin-understanding-common';
import type { EvidenceRow } from '../../database/tables';
import type { IdentityStore } from './IdentityStore';
import { Known, PeopleStore, statusOf } from './PeopleStore';
import type { RenameStore } from './RenameStore';

/** Evidence, with what says whose it is. */
export type NamedRow = Pick<
  EvidenceRow,
  Exclude<(typeof NAMED_BY)[number], 'display_name'>
> & {
  /** Need not be read where there is a reference. */
  readonly display_name: string | null;
};

export const NAMED_BY = [
  'person_ref',
  'display_name',
  'email',
  'host',
  'login',
] as const;

/** Whom evidence is of, as the catalog has them at present. */
export interface Attributed extends KnownPerson {
  /** Whether it is only their own word that it is theirs. */
  readonly ownWord: boolean;
}

/**
 * Tells whose evidence is: by reference, else by what was decided about an address or
 * account, else by what the catalog says of it; and of whom is called otherwise now,
 * by what they are called.
 *
 * @param known - people who were read beside the rows; of others it is asked
 */
export async function attribute(
  rows: readonly NamedRow[],
  stores: {
    readonly identities: IdentityStore;
    readonly renames: RenameStore;
    readonly people: PeopleStore;
  },
  known: ReadonlyMap<string, Known> = new Map(),
): Promise<(row: NamedRow) => Attributed> {
  const { identities, renames, people } = stores;
  const linkOf = await identities.linker(
    rows.filter(row => row.person_ref === null),
  );
  const others = new Map<string, Known>();
  const found = (ref: string) => known.get(ref) ?? others.get(ref);
  const learn = async (refs: ReadonlyArray<string | undefined>) => {
    const unknown = refs.filter(
      (ref): ref is string => ref !== undefined && !known.has(ref),
    );
    (await people.getPeople(unknown)).forEach((one, ref) =>
      others.set(ref, one),
    );
  };
  await learn(rows.map(row => row.person_ref ?? linkOf(row)?.personRef));
  const gone: string[] = [];
  for (const read of [known, others]) {
    read.forEach(({ removed }, ref) => removed && gone.push(ref));
  }
  const presentOf = await renames.presentRefs(gone);
  await learn(gone.map(ref => presentOf(ref).personRef));
  return row => {
    const link = row.person_ref ? undefined : linkOf(row);
    const ref = row.person_ref ?? link?.personRef;
    const present = ref === undefined ? undefined : presentOf(ref);
    const person = present && found(present.personRef);
    return {
      personRef: present?.personRef,
      displayName:
        person?.displayName ?? row.display_name ?? present?.personRef ?? '',
      status:
        link && !present
          ? 'several-users'
          : statusOf(present?.personRef, person),
      ownWord: Boolean(link?.ownWord || present?.ownWord),
    };
  };
}

import { loginOfNoreplyAddress } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import {
  AccountRow,
  ExplanationAuthorRow,
  IdentityLinkRow,
  PersonRow,
} from '../../database/tables';
import { StoredExplanation } from './ExplanationStore';

/** Lines of a commit's message that are looked at for co-authors. */
const MAX_LINES = 5000;
const CO_AUTHOR = /^co-authored-by:[^<]*<([^<>\s]+)>\s*$/i;

/** Which people, accounts and addresses are the same, as far as the catalog tells. */
export interface Participants {
  /** Every name of whoever had a part in the change or its explanation. */
  readonly authors: ReadonlySet<string>;
  /** Every name of whoever assessed it, by the id of the assessment. */
  readonly reviewers: ReadonlyMap<string, readonly string[]>;
  /** What people of the catalog are called, by reference. */
  readonly displayNames: ReadonlyMap<string, string>;
}

/**
 * Looks up who is who. An account that several people of the catalog claim is each of
 * theirs here, since it must be nobody's way to judge what is their own.
 */
export async function participantsOf(
  tx: Knex,
  stored: StoredExplanation,
): Promise<Participants> {
  const { row, authors, assessments } = stored;
  const logins = new Set<string>();
  const emails = new Set<string>();
  for (const { kind, value } of authors) {
    if (kind === 'login') {
      logins.add(value);
    } else if (kind === 'email') {
      emails.add(value);
    }
  }
  assessments.forEach(({ login }) => login && logins.add(login));
  const host = row.host ?? '';
  const byLogin = await claims([...logins], async batch => [
    ...(await tx<AccountRow>('accounts')
      .where({ host })
      .whereIn('login', batch)
      .select({ name: 'login', ref: 'person_ref' })),
    ...(
      await confirmedFor(
        tx,
        'account',
        batch.map(login => `${host}/${login}`),
      )
    ).map(({ value, ref }) => ({ name: value.slice(host.length + 1), ref })),
  ]);
  const byEmail = await claims([...emails], async batch => [
    ...(await tx<PersonRow>('people')
      .whereIn('email', batch)
      .select({ name: 'email', ref: 'person_ref' })),
    ...(
      await confirmedFor(tx, 'email', batch)
    ).map(({ value, ref }) => ({
      name: value,
      ref,
    })),
  ]);
  const namesOf = ({ kind, value }: Name): string[] => {
    if (kind === 'person') {
      return [value];
    }
    const found = (kind === 'login' ? byLogin : byEmail).get(value) ?? [];
    return [...[...found].sort(), `${kind} ${value}`];
  };
  const reviewers = new Map(
    assessments.map(({ id, login, person_ref: ref }) => [
      id,
      [
        ...(ref ? namesOf({ kind: 'person', value: ref }) : []),
        ...(login ? namesOf({ kind: 'login', value: login }) : []),
      ],
    ]),
  );
  const all = new Set(authors.flatMap(namesOf));
  const refs = [...all, ...[...reviewers.values()].flat()].filter(name =>
    name.startsWith('user:'),
  );
  const displayNames = new Map<string, string>();
  for (const batch of batches([...new Set(refs)])) {
    const people = await tx<PersonRow>('people')
      .whereIn('person_ref', batch)
      .select('person_ref', 'display_name');
    people.forEach(one => displayNames.set(one.person_ref, one.display_name));
  }
  return { authors: all, reviewers, displayNames };
}

/** The addresses and logins that commits of a change name, co-authors included. */
export function authorsOfCommits(
  explanationId: string,
  commits: ReadonlyArray<{ message: string; email?: string; login?: string }>,
): ExplanationAuthorRow[] {
  const found = new Map<string, ExplanationAuthorRow>();
  const add = (kind: 'login' | 'email', value: string | undefined) => {
    const lower = value?.trim().toLowerCase();
    if (lower) {
      found.set(`${kind} ${lower}`, {
        explanation_id: explanationId,
        kind,
        value: lower,
      });
    }
  };
  const addEmail = (email: string | undefined) => {
    add('email', email);
    add('login', email && loginOfNoreplyAddress(email.trim()));
  };
  for (const { message, email, login } of commits) {
    add('login', login);
    addEmail(email);
    for (const line of message.split(/\r?\n/, MAX_LINES)) {
      addEmail(CO_AUTHOR.exec(line.slice(0, 500))?.[1]);
    }
  }
  return [...found.values()];
}

/** What was confirmed counts beside what the catalog says. */
function confirmedFor(
  tx: Knex,
  type: IdentityLinkRow['type'],
  values: readonly string[],
): PromiseLike<Array<{ value: string; ref: string }>> {
  return tx<IdentityLinkRow>('identity_links')
    .where({ type, state: 'confirmed' })
    .whereIn('value', values)
    .select({ value: 'value', ref: 'person_ref' });
}

type Name = Pick<ExplanationAuthorRow, 'kind' | 'value'>;

async function claims(
  names: readonly string[],
  find: (
    batch: string[],
  ) => PromiseLike<Array<{ name: string | null; ref: string }>>,
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  for (const batch of batches(names)) {
    for (const { name, ref } of await find(batch)) {
      if (name) {
        found.set(name, (found.get(name) ?? new Set()).add(ref));
      }
    }
  }
  return found;
}

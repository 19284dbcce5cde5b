import {
  IdentityCandidate,
  PersonIdentity,
  canonicalAddress,
  linkIdentities,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  AliasReason,
  aliasCandidatesAmong,
  applyMailmap,
} from '@understanding-dev/git-knowledge';
import { Stranger, accountOf } from './IdentityStore';

const REASONS: Record<AliasReason, IdentityCandidate['reason']> = {
  'same name': 'same-name',
  'same local part of the address': 'same-local-part',
  'name of one is local part of the other': 'name-is-local-part',
};

/** Who of the strangers may be whom, by names and local parts of addresses. */
export function candidatesAmong(
  people: readonly PersonIdentity[],
  strangers: readonly Stranger[],
): IdentityCandidate[] {
  // Nobody is offered the address of an identity that the catalog no longer has.
  const present = people.filter(person => !person.removed);
  const pairs = aliasCandidatesAmong(
    present.map(({ displayName, email, logins }) => ({
      name: displayName,
      emails: [...(email ? [email] : []), ...logins.map(asAddress)],
    })),
    strangers.map(({ identifier: { type, value }, name }) => ({
      name,
      emails: [type === 'email' ? value : asAddress(accountOf(value).login)],
    })),
  );
  return pairs.map(({ known, other, reason }) => ({
    ...strangers[other],
    personRef: present[known].personRef,
    displayName: present[known].displayName,
    reason: REASONS[reason],
  }));
}

/**
 * Whom a `.mailmap` would make of the strangers of histories: git rewrites them, and
 * the address that it gives is looked up.
 *
 * @returns also how many it rewrites to addresses that no User has, or several
 */
export async function candidatesOfMailmap(
  text: string,
  options: {
    people: readonly PersonIdentity[];
    strangers: readonly Stranger[];
    confirmed: ReadonlyMap<string, string>;
  },
): Promise<{
  candidates: IdentityCandidate[];
  unknown: number;
  shared: number;
}> {
  const { people, confirmed } = options;
  const strangers = options.strangers.filter(
    one => one.identifier.type === 'email',
  );
  const contacts = strangers.map(({ identifier, name }) => ({
    name,
    email: identifier.value,
  }));
  const mapped = await applyMailmap(text, contacts);
  const link = linkIdentities(people, confirmed);
  const candidates: IdentityCandidate[] = [];
  let unknown = 0;
  let shared = 0;
  mapped.forEach(({ email }, index) => {
    if (canonicalAddress(email) === contacts[index].email) {
      return;
    }
    const found = link(email);
    if (found.type === 'person') {
      candidates.push({
        ...strangers[index],
        personRef: found.person.personRef,
        displayName: found.person.displayName,
        reason: 'mailmap',
      });
    } else if (found.type === 'ambiguous') {
      shared += 1;
    } else {
      unknown += 1;
    }
  });
  return { candidates, unknown, shared };
}

/** A login is compared as what stands before an `@`. */
function asAddress(login: string): string {
  return `${login}@`;
}

/**
 * A User of the catalog, as far as identities need it.
 * @public
 */
export interface PersonIdentity {
  readonly personRef: string;
  readonly displayName: string;
  /** In the catalog, and a member of at least one Group. */
  readonly active: boolean;
  /** No longer in the catalog. */
  readonly removed?: boolean;
  readonly email?: string;
  /** On GitHub, whose noreply addresses name them. */
  readonly logins: readonly string[];
}

/**
 * Who stands behind an e-mail address of a history.
 * @public
 */
export type IdentityLink =
  | {
      readonly type: 'person';
      readonly person: PersonIdentity;
      /** Set where somebody confirmed it, and may take that back. */
      readonly confirmed?: true;
    }
  | { readonly type: 'none' }
  | { readonly type: 'ambiguous'; readonly personRefs: readonly string[] };

// Managed users have an underscore in their login, some old ones end in a hyphen.
const NOREPLY = /^(?:\d+\+)?([a-z\d][a-z\d_-]*)@users\.noreply\.github\.com$/;

/**
 * The login in a GitHub noreply address, `1234+login@users.noreply.github.com` or
 * the older `login@users.noreply.github.com`; lower case.
 * @public
 */
export function loginOfNoreplyAddress(email: string): string | undefined {
  return NOREPLY.exec(email.toLowerCase())?.[1];
}

/**
 * An address as it is compared: lower case, and for GitHub's noreply addresses without
 * the number, which stands for the same login.
 * @public
 */
export function canonicalAddress(email: string): string {
  const login = loginOfNoreplyAddress(email.trim());
  return login
    ? `${login}@users.noreply.github.com`
    : email.trim().toLowerCase();
}

/**
 * Who among those who claim an address or an account it belongs to: the only one, or
 * the only one who is still in the catalog. So what a User did who is called otherwise
 * now stays theirs. Undefined where that is nobody, or not clear.
 * @public
 */
export function claimantOf<T extends { readonly removed?: boolean }>(
  claimants: readonly T[],
): T | undefined {
  const present = claimants.filter(one => !one.removed);
  const [first, ...others] = present.length > 0 ? present : claimants;
  return others.length === 0 ? first : undefined;
}

/**
 * Returns a function that links e-mail addresses to people by exact address or,
 * for noreply addresses, by exact login. Nothing weaker links, and nobody by name,
 * unless somebody confirmed it. An address that two people of the catalog claim links
 * to neither.
 *
 * @param confirmed - people by canonical address; they come before what the catalog says
 * @public
 */
export function linkIdentities(
  people: readonly PersonIdentity[],
  confirmed: ReadonlyMap<string, string> = new Map(),
): (email: string) => IdentityLink {
  const byRef = new Map(people.map(person => [person.personRef, person]));
  const byEmail = new Map<string, PersonIdentity[]>();
  const byLogin = new Map<string, PersonIdentity[]>();
  for (const person of people) {
    add(byEmail, person.email, person);
    for (const login of person.logins) {
      add(byLogin, login, person);
    }
  }
  return email => {
    const decided = byRef.get(confirmed.get(canonicalAddress(email)) ?? '');
    if (decided) {
      return { type: 'person', person: decided, confirmed: true };
    }
    const address = email.trim().toLowerCase();
    const claims = [
      ...(byEmail.get(address) ?? []),
      ...(byLogin.get(loginOfNoreplyAddress(address) ?? '') ?? []),
    ];
    // The same person may claim an address twice, as profile and as login.
    const found = [
      ...new Map(claims.map(person => [person.personRef, person])).values(),
    ];
    if (found.length === 0) {
      return { type: 'none' };
    }
    const person = claimantOf(found);
    return person
      ? { type: 'person', person }
      : {
          type: 'ambiguous',
          personRefs: found.map(one => one.personRef).sort(),
        };
  };
}

function add(
  index: Map<string, PersonIdentity[]>,
  claim: string | undefined,
  person: PersonIdentity,
) {
  const key = claim?.trim().toLowerCase();
  if (!key) {
    return;
  }
  const present = index.get(key);
  if (present) {
    present.push(person);
  } else {
    index.set(key, [person]);
  }
}

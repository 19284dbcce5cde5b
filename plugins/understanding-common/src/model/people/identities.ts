/**
 * A User of the catalog, as far as identities need it.
 * @public
 */
export interface PersonIdentity {
  readonly personRef: string;
  readonly displayName: string;
  /** In the catalog, and a member of at least one Group. */
  readonly active: boolean;
  readonly email?: string;
  /** On GitHub, whose noreply addresses name them. */
  readonly logins: readonly string[];
}

/**
 * Who stands behind an e-mail address of a history.
 * @public
 */
export type IdentityLink =
  | { readonly type: 'person'; readonly person: PersonIdentity }
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
 * Returns a function that links e-mail addresses to people by exact address or,
 * for noreply addresses, by exact login. Nothing weaker links, and nobody by name.
 * An address that two people claim links to neither.
 * @public
 */
export function linkIdentities(
  people: readonly PersonIdentity[],
): (email: string) => IdentityLink {
  const byEmail = new Map<string, PersonIdentity[]>();
  const byLogin = new Map<string, PersonIdentity[]>();
  for (const person of people) {
    add(byEmail, person.email, person);
    for (const login of person.logins) {
      add(byLogin, login, person);
    }
  }
  return email => {
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
    if (found.length > 1) {
      return {
        type: 'ambiguous',
        personRefs: found.map(person => person.personRef).sort(),
      };
    }
    return { type: 'person', person: found[0] };
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

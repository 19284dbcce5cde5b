import { ParsedHistoryRequest } from '../schemas';

/** Who made a commit, as far as its metadata tells. */
export interface Person {
  /** Stable within one reading. */
  readonly key: string;
  readonly personId?: string;
  /** In the identities given, and active there. */
  readonly active: boolean;
}

// Managed users have an underscore in their login, some old ones end in a hyphen.
const NOREPLY = /^(?:\d+\+)?([a-z\d][a-z\d_-]*)@users\.noreply\.github\.com$/;

/** Addresses under which hosts commit for nobody. */
const HOSTS = ['noreply@github.com', 'action@github.com'];

/** Addresses under which agents sign `Co-authored-by:`; they know nothing afterwards. */
const AGENTS = [
  'aider@aider.chat',
  'amp@ampcode.com',
  'copilot@users.noreply.github.com',
  'cursoragent@cursor.com',
  'noreply@anthropic.com',
  'noreply@openai.com',
];

/**
 * Returns a function that tells whose an address is; undefined for a bot. Addresses
 * compare without case; `1234+login@users.noreply.github.com` is
 * `login@users.noreply.github.com`. Nobody is recognised by name, but people without
 * any address have nothing else to tell them apart.
 */
export function peopleOf(
  request: Pick<ParsedHistoryRequest, 'identities' | 'bots'>,
): (name: string, email: string) => Person | undefined {
  const people = new Map<string, Person>(
    request.identities.map(({ email, personId, active }) => [
      `mail ${canonical(email)}`,
      { key: `id ${personId}`, personId, active },
    ]),
  );
  const bots = new Set([...HOSTS, ...AGENTS, ...request.bots.map(canonical)]);
  return (name, email) => {
    const address = canonical(email);
    if (bots.has(address) || /\[bot\]/i.test(name) || /\[bot\]/i.test(email)) {
      return undefined;
    }
    const key = address === '' ? `name ${name}` : `mail ${address}`;
    let person = people.get(key);
    if (!person) {
      person = { key, active: false };
      people.set(key, person);
    }
    return person;
  };
}

function canonical(email: string): string {
  const address = email.trim().toLowerCase();
  const login = NOREPLY.exec(address)?.[1];
  return login ? `${login}@users.noreply.github.com` : address;
}

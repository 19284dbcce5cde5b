import { Contact } from '../history/History';
import { BotReason, ParsedHistoryRequest } from '../schemas';

/** Somebody behind one or more contacts. */
export interface Person {
  readonly personId?: string;
  /** As one of the contacts writes it. */
  readonly name: string;
  /** Each once, lower case. */
  readonly emails: readonly string[];
  /** Whether the identities given say so; undefined where they say nothing of them. */
  readonly active?: boolean;
}

/** Who is who: people are numbered from 0, by what tells them apart. */
export interface People {
  readonly people: readonly Person[];
  /** The person by the number of a contact; {@link NOBODY} for bots. */
  readonly personOf: readonly number[];
  /** Contacts that are bots, each address once. */
  readonly bots: readonly Bot[];
}

/** A contact that is nobody, and why. */
export interface Bot extends Contact {
  readonly reason: BotReason;
}

export const NOBODY = -1;

// Managed users have an underscore in their login, some old ones end in a hyphen.
const NOREPLY = /^(?:\d+\+)?([a-z\d][a-z\d_-]*)@users\.noreply\.github\.com$/;

/** Addresses under which hosts commit for nobody. */
const HOSTS = new Set(['noreply@github.com', 'action@github.com']);

/** Addresses under which agents sign `Co-authored-by:`; they know nothing afterwards. */
const AGENTS = new Set([
  'aider@aider.chat',
  'amp@ampcode.com',
  'copilot@users.noreply.github.com',
  'cursoragent@cursor.com',
  'noreply@anthropic.com',
  'noreply@openai.com',
]);

/**
 * Joins contacts to people: by the identities given, and else by the address.
 * Addresses compare without case; `1234+login@users.noreply.github.com` is
 * `login@users.noreply.github.com`. Nobody is recognised by name, but people without
 * any address have nothing else to tell them apart. Bots are nobody. An address that is
 * told `apart` stands for itself beside the others of its person.
 *
 * @param named - by contact, 0 for those who are nobody either; all count without it
 */
export function peopleOf(
  contacts: readonly Contact[],
  request: Pick<ParsedHistoryRequest, 'identities' | 'bots'>,
  named?: Uint8Array,
): People {
  const identities = new Map(
    (request.identities ?? []).map(identity => [
      canonical(identity.email),
      identity,
    ]),
  );
  const configured = new Set(request.bots.map(canonical));
  const bots = new Map<string, Bot>();
  const people: Array<Person & { emails: string[] }> = [];
  const numbers = new Map<string, number>();
  const listed = new Set<string>();
  const personOf = contacts.map(({ name, email }, contact) => {
    const address = canonical(email);
    if (named?.[contact] === 0) {
      return NOBODY;
    }
    const reason = botReasonOf({ name, email }, configured);
    if (reason) {
      bots.set(email === '' ? ` ${name}` : address, { name, email, reason });
      return NOBODY;
    }
    const identity = address === '' ? undefined : identities.get(address);
    const key = identity
      ? `id ${identity.personId}${identity.apart ? ` mail ${address}` : ''}`
      : `${address === '' ? `name ${name}` : `mail ${address}`}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = people.length;
      numbers.set(key, number);
      people.push({
        personId: identity?.personId,
        name,
        emails: [],
        active: identity?.active,
      });
    }
    const written = email.toLowerCase();
    // One person may have a hundred thousand.
    if (!listed.has(`${number} ${written}`)) {
      listed.add(`${number} ${written}`);
      people[number].emails.push(written);
    }
    return number;
  });
  // Nothing is to depend on whose commit was read first.
  const order = [...numbers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, number]) => number);
  const places = new Array<number>(order.length);
  order.forEach((number, place) => {
    places[number] = place;
  });
  return {
    people: order.map(number => people[number]),
    personOf: personOf.map(number =>
      number === NOBODY ? NOBODY : places[number],
    ),
    bots: [...bots].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bot]) => bot),
  };
}

/**
 * Whether an e-mail address is one under which coding agents sign; case does not matter.
 * @public
 */
export function isAgentAddress(email: string): boolean {
  return AGENTS.has(canonical(email));
}

/** Whether somebody is an agent that writes code, by the address. */
export function isAgent({ email }: Contact): boolean {
  return isAgentAddress(email);
}

/** Why a contact is a bot; undefined for people. */
function botReasonOf(
  contact: Contact,
  configured: ReadonlySet<string>,
): BotReason | undefined {
  const address = canonical(contact.email);
  if (configured.has(address)) {
    return 'configured';
  }
  if (isAgent(contact)) {
    return 'agent';
  }
  if (HOSTS.has(address)) {
    return 'host';
  }
  return /\[bot\]/i.test(contact.name) || /\[bot\]/i.test(contact.email)
    ? 'marked'
    : undefined;
}

function canonical(email: string): string {
  const address = email.trim().toLowerCase();
  const login = NOREPLY.exec(address)?.[1];
  return login ? `${login}@users.noreply.github.com` : address;
}

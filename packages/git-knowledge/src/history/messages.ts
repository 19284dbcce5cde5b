import { Contact, Role } from './History';

/** What is read of the messages of commits. */
export interface MessageReading {
  /** The placeholder by which git prints what is looked at. */
  readonly placeholder: string;
  /** Who has to do with the commit, beside its author. */
  read(text: string): ReadonlyArray<Contact & { readonly role: Role }>;
}

const ROLE_OF: Readonly<Record<string, Role>> = {
  'co-authored-by': 'co-author',
  'reviewed-by': 'reviewer',
  'acked-by': 'reviewer',
  'tested-by': 'reviewer',
  'assisted-by': 'assistant',
};
/** A commit that names more has a mistake in it, or means harm. */
const MAX_NAMED = 20;
/** Longer names and addresses are nobody's. */
const MAX_LENGTH = 500;
const TRAILER = /^([A-Za-z-]+): *(.*)$/;
const CONTACT = /^([^<>]*)<([^<>\s]+)>$/;

/** Trailers, as git finds them: in the last paragraph, whatever their case. */
export const TRAILERS: MessageReading = {
  placeholder: `%(trailers:${Object.keys(ROLE_OF)
    .map(key => `key=${key}`)
    .join(',')},unfold,separator=%x0a)`,
  read: text =>
    text
      .split('\n', MAX_NAMED)
      .filter(line => line.length <= MAX_LENGTH)
      .flatMap(line => {
        const [, key = '', value = ''] = TRAILER.exec(line.trim()) ?? [];
        const role = ROLE_OF[key.toLowerCase()];
        const [, name, email] = CONTACT.exec(value.trim()) ?? [];
        if (role && email) {
          return [{ role, name: name.trim(), email }];
        }
        // An assistant need not have an address: "Assisted-by: Some model".
        return role === 'assistant' && value.trim() !== ''
          ? [{ role, name: value.trim(), email: '' }]
          : [];
      }),
};

const CO_AUTHOR = 'Co-authored-by: ';
/** Lines of one message that are looked at; the longest known lists name some hundred. */
const MAX_LINES = 1000;

/**
 * Co-authors as JetBrains' Bus Factor Explorer finds them: in any line of the message
 * that begins with exactly `Co-authored-by: `. Whatever its last word is counts as the
 * address, and names count as nothing.
 */
export const CO_AUTHOR_LINES: MessageReading = {
  placeholder: '%B',
  read: text =>
    text
      .split('\n')
      .filter(line => line.startsWith(CO_AUTHOR) && line.length <= MAX_LENGTH)
      .slice(0, MAX_LINES)
      .map(line => ({
        role: 'co-author',
        name: '',
        email: (line.trim().split(' ').pop() ?? '').replace(/^<|>$/g, ''),
      })),
};

/** For those who look at nothing but authors. */
export const NO_MESSAGES: MessageReading = { placeholder: '', read: () => [] };

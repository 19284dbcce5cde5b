import { runGit } from './git';
import { Contact } from './parseLog';

/** Arguments in one call; far below what any system allows. */
const BATCH = 200;
const CONTACT = /^(.*)<(.*)>$/;

/**
 * Asks git how `.mailmap` writes people.
 *
 * @returns a function from a contact as written in a commit to the one to use
 */
export async function readMailmap(
  repository: string,
  contacts: readonly Contact[],
  signal?: AbortSignal,
): Promise<(contact: Contact) => Contact> {
  const written = [...new Set(contacts.map(toText))];
  const mapped = new Map<string, Contact>();
  for (let start = 0; start < written.length; start += BATCH) {
    const batch = written.slice(start, start + BATCH);
    const output = await runGit(
      repository,
      ['check-mailmap', '--end-of-options', ...batch],
      { signal },
    );
    output
      .toString('utf8')
      .split('\n')
      .slice(0, batch.length)
      .forEach((line, index) => {
        const [, name, email] = CONTACT.exec(line) ?? [];
        if (email) {
          mapped.set(batch[index], { name: name.trim(), email });
        }
      });
  }
  return contact => mapped.get(toText(contact)) ?? contact;
}

function toText({ name, email }: Contact): string {
  return `${name} <${email}>`.trim();
}

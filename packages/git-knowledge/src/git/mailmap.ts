import { Contact } from '../history/History';
import { runGit } from './git';

const MAPPED = /^(.*?) ?<(.*)>$/s;
/** git asks about nobody whose name or address cannot be told apart from the rest. */
const UNASKABLE = /[<>\n]/;

/**
 * Asks git how `.mailmap` writes people.
 *
 * @param options.head - the commit whose `.mailmap` it is
 * @param options.committed - whether that commit has one that can be read
 * @param options.workTree - whether the one in the work tree counts too, committed or not
 * @returns each contact as it is to be written
 */
export async function readMailmap(
  repository: string,
  contacts: readonly Contact[],
  options: {
    head: string;
    folder: string;
    committed: boolean;
    workTree: boolean;
    signal?: AbortSignal;
  },
): Promise<Contact[]> {
  const { head, folder, committed, workTree, signal } = options;
  const askable = contacts.filter(
    ({ name, email }) => email !== '' && !UNASKABLE.test(name + email),
  );
  if (askable.length === 0) {
    return [...contacts];
  }
  const output = await runGit(
    repository,
    [
      // git looks for the one of the work tree where it stands.
      ...(workTree ? [] : [`--git-dir=${folder}`, '-C', '/']),
      '-c',
      `mailmap.blob=${committed ? `${head}:.mailmap` : ''}`,
      'check-mailmap',
      '--stdin',
    ],
    {
      signal,
      input: askable.map(({ name, email }) => `${name} <${email}>\n`).join(''),
    },
  );
  const lines = output.toString('utf8').split('\n');
  const mapped = new Map(
    askable.map((contact, index) => {
      const [, name, email] = MAPPED.exec(lines[index]) ?? [];
      return [contact, email ? { name, email } : contact];
    }),
  );
  return contacts.map(contact => mapped.get(contact) ?? contact);
}

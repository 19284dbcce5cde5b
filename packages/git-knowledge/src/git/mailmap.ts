import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contact } from '../history/History';
import { runGit } from './git';

const MAPPED = /^(.*?) ?<(.*)>$/s;
/** The first that is opened is closed, around something. */
const NAMES = /^[^<]*<[^>]+>/;
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
  return checkMailmap(contacts, input =>
    runGit(
      repository,
      [
        // git looks for the one of the work tree where it stands.
        ...(workTree ? [] : [`--git-dir=${folder}`, '-C', '/']),
        '-c',
        `mailmap.blob=${committed ? `${head}:.mailmap` : ''}`,
        'check-mailmap',
        '--stdin',
      ],
      { signal, input },
    ),
  );
}

/**
 * Asks git how the text of a `.mailmap` that is in no repository writes people. Lines
 * that git does not understand count as nothing.
 *
 * @returns each contact as it is to be written
 * @throws GitKnowledgeError
 * @public
 */
export async function applyMailmap(
  text: string,
  contacts: readonly Contact[],
  options: { signal?: AbortSignal } = {},
): Promise<Contact[]> {
  const folder = await mkdtemp(join(tmpdir(), 'git-knowledge-mailmap-'));
  try {
    const file = join(folder, 'mailmap');
    await writeFile(file, text);
    // git asks for a repository, of which nothing is read.
    await runGit(folder, ['init', '--quiet', '--bare', '--template='], options);
    return await checkMailmap(contacts, input =>
      runGit(
        folder,
        ['-c', `mailmap.file=${file}`, 'check-mailmap', '--stdin'],
        { ...options, input },
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Lines of a `.mailmap` that git makes nothing of: neither empty nor a comment, and
 * without an address in angle brackets (git's own `mailmap.c`, `read_mailmap_line`).
 *
 * @returns their numbers, from 1 on
 * @public
 */
export function unusableMailmapLines(text: string): number[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' || line.startsWith('#') || NAMES.test(line)
        ? []
        : index + 1,
    );
}

async function checkMailmap(
  contacts: readonly Contact[],
  ask: (input: string) => Promise<Buffer>,
): Promise<Contact[]> {
  const askable = contacts.filter(
    ({ name, email }) => email !== '' && !UNASKABLE.test(name + email),
  );
  if (askable.length === 0) {
    return [...contacts];
  }
  const output = await ask(
    askable.map(({ name, email }) => `${name} <${email}>\n`).join(''),
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

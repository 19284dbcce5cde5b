import {
  AUTHOR_MINIMUM,
  AUTHOR_SHARE,
  degreeOfAuthorship,
} from '../authorship/degreeOfAuthorship';
import { readFiles } from '../git/repository';
import { Commits } from '../history/Commits';
import { NO_MESSAGES } from '../history/messages';
import { Snapshot } from '../readSnapshot';
import { readLanguages } from './languages';
import { Model } from './Model';

/**
 * Paths that git prints in quotes, so that the published tool does not find them among
 * the files that linguist lists; and `;`, with which it separates its columns.
 */
const UNFINDABLE = /[^ -~]|["\\;]/;

/** The content of empty files, of which linguist knows no language. */
const EMPTY = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/** Larger files without extension are no scripts. */
const MAX_SCRIPT_BYTES = 1024 * 1024;

/** Neither a creation, nor a rename that is still to be followed. */
const CHANGE = -1;
const CREATION = -2;

/** What commits did to paths; merges did nothing. */
class Records {
  readonly #commits: Commits;
  /** By record: its commit, and the old path of a rename that is to be followed. */
  readonly #commitOf: number[] = [];
  readonly #fromOf: number[] = [];
  readonly #ofPath: number[][] = [];

  constructor(commits: Commits) {
    this.#commits = commits;
    for (const commit of commits.order) {
      if (hasTime(commits, commit)) {
        commits.history.forEachChange(commit, (status, path, from) => {
          if (status === 'A') {
            this.#add(commit, path, CREATION);
          } else if (status === 'M' || status === 'R') {
            this.#add(commit, path, status === 'R' ? from : CHANGE);
          }
        });
      }
    }
  }

  /** The records of a path and of what was renamed to it, which is not told again. */
  of(path: string): Array<{ commit: number; isCreation: boolean }> {
    const number = this.#commits.history.findPath(path);
    const found = new Set(number === undefined ? [] : this.#ofPath[number]);
    for (const record of found) {
      const from = this.#fromOf[record];
      if (from >= 0) {
        this.#ofPath[from]?.forEach(one => found.add(one));
        this.#fromOf[record] = CHANGE;
      }
    }
    return [...found].map(record => ({
      commit: this.#commitOf[record],
      isCreation: this.#fromOf[record] === CREATION,
    }));
  }

  #add(commit: number, path: number, from: number): void {
    this.#ofPath[path] ??= [];
    this.#ofPath[path].push(this.#commitOf.length);
    this.#commitOf.push(commit);
    this.#fromOf.push(from);
  }
}

/**
 * The truck factor of Avelino et al., "A Novel Approach for Estimating Truck Factors",
 * ICPC 2016, as their tool computes it (github.com/aserg-ufmg/Truck-Factor at 614600e),
 * without the pruning that it does since 2018. Where the tool does more than the paper
 * says, this does the same:
 *
 * - People are joined whose addresses or names are the same, after `.mailmap`, without
 *   case and accents; nobody is a bot.
 * - The history of a path is all that ever bore its name, and all that was ever renamed
 *   to it. A rename is followed for the first file only that leads to it, in the order
 *   of `git ls-files`.
 * - Whoever added any of these is counted as having created the file, and need not reach
 *   3.293 to be an author.
 * - Files count if linguist knows them as of a programming or markup language and some
 *   commit that is no merge added, modified or renamed them. Which files those are is
 *   told by less than linguist looks at; see {@link readLanguages}.
 *
 * Of people with equally many files, who made more changes is removed first.
 */
export const avelino2016: Model = {
  heeds: ['include', 'exclude'],
  reading: { renames: 50, messages: NO_MESSAGES },

  async authorsIn(snapshot, _, { signal } = {}) {
    const { commits, files } = snapshot;
    const { people, personOf } = joinPeople(commits);
    const records = new Records(commits);
    const isOfLanguage = await readKinds(snapshot, signal);
    const changes: number[] = people.map(() => 0);
    const counted: string[] = [];
    const authors: number[][] = [];
    for (const path of files.paths) {
      const found = isOfLanguage(path) ? records.of(path) : [];
      if (found.length > 0) {
        const own = new Map<number, { creations: number; changes: number }>();
        let all = 0;
        for (const { commit, isCreation } of found) {
          const person = personOf(commit);
          const facts = own.get(person) ?? { creations: 0, changes: 0 };
          own.set(person, facts);
          if (isCreation) {
            facts.creations += 1;
          } else {
            facts.changes += 1;
            all += 1;
          }
        }
        const degrees = [...own].map(([person, facts]) => {
          const firstAuthor = facts.creations > 0;
          changes[person] += facts.changes + (firstAuthor ? 1 : 0);
          const degree = degreeOfAuthorship({
            firstAuthor,
            ownChanges: facts.changes,
            otherChanges: all - facts.changes,
          });
          return { person, firstAuthor, degree };
        });
        const highest = Math.max(0, ...degrees.map(({ degree }) => degree));
        counted.push(path);
        authors.push(
          degrees
            .filter(
              ({ firstAuthor, degree }) =>
                degree / highest > AUTHOR_SHARE &&
                (firstAuthor || degree >= AUTHOR_MINIMUM),
            )
            .map(({ person }) => person),
        );
      }
    }
    return {
      people,
      files: counted,
      authors,
      inTies: (a, b) => changes[b] - changes[a],
    };
  },
};

/** Which files are source of a language that counts. */
async function readKinds(
  { repository, head, files, sources }: Snapshot,
  signal?: AbortSignal,
): Promise<(path: string) => boolean> {
  const languages = readLanguages();
  const contentOf = (path: string) => files.contentOf(path) ?? '';
  const candidates = Array.from(sources, file => files.paths[file]).filter(
    path => !UNFINDABLE.test(path) && !EMPTY.has(contentOf(path)),
  );
  const kinds = new Map(
    candidates.map(path => [path, languages.countsByName(path)]),
  );
  const unnamed = candidates.filter(path => kinds.get(path) === undefined);
  const texts = await readFiles(
    repository,
    head.partial ? [] : unnamed.map(contentOf),
    { signal, maxBytes: MAX_SCRIPT_BYTES },
  );
  unnamed.forEach(path =>
    kinds.set(
      path,
      languages.countsByContent(texts.get(contentOf(path)) ?? ''),
    ),
  );
  return path => kinds.get(path) === true;
}

/** People by the addresses and names of the authors of commits, merges among them. */
function joinPeople(commits: Commits) {
  const { history, contacts } = commits;
  const joined = new Map<string, string>();
  const rootOf = (key: string): string => {
    const above = joined.get(key);
    if (above === undefined) {
      return key;
    }
    const root = rootOf(above);
    joined.set(key, root);
    return root;
  };
  const keys = contacts.map(contact => {
    const name = normalised(contact.name);
    // Who has no address is known by the name instead.
    return { user: `user ${normalised(contact.email) || name}`, name };
  });
  const authored = [...commits.order].filter(one => hasTime(commits, one));
  for (const author of new Set(authored.map(one => history.authorOf(one)))) {
    const { user, name } = keys[author];
    const [one, other] = [rootOf(user), rootOf(`name ${name}`)];
    if (name !== '' && one !== other) {
      joined.set(one, other);
    }
  }
  const people: string[] = [];
  const numbers = new Map<string, number>();
  for (const commit of authored) {
    const author = history.authorOf(commit);
    const root = rootOf(keys[author].user);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    // As they call themselves in their newest commit.
    people[number] = contacts[author].name || contacts[author].email;
  }
  return {
    people,
    personOf: (commit: number) =>
      numbers.get(rootOf(keys[history.authorOf(commit)].user)) as number,
  };
}

/** The published tool leaves out commits with neither time. */
function hasTime({ history }: Commits, commit: number): boolean {
  return !(
    Number.isNaN(history.authorTimeOf(commit)) &&
    Number.isNaN(history.committerTimeOf(commit))
  );
}

/** Without accents, as `stripAccents` of Apache Commons takes them off, and case. */
function normalised(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\u0141/g, 'L')
    .replace(/\u0142/g, 'l')
    .toUpperCase();
}

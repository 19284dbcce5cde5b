import { Heap } from 'heap-js';
import { runGit } from '../git/git';
import { Commits } from '../history/Commits';
import { CO_AUTHOR_LINES } from '../history/messages';
import { Model } from './Model';

const SECONDS_A_DAY = 24 * 60 * 60;
const WINDOW_DAYS = 547;
/** Days in which a change loses all but 1/e of its weight. */
const DECAY_DAYS = 90;
const OWNERSHIP = 3;
const COMMITS = 1;
const OTHER_COMMITS = 2.4;
const MAJOR_MINIMUM = 0.001;
const MAJOR_SHARE = 0.75;
const BOT = '[bot]';
const MAX_LIST_BYTES = 1024 * 1024 * 1024;

/** What is known of one file, or of several that were moved onto each other. */
interface FileRecord {
  /** The weights of everybody's changes, added up. */
  readonly changes: Map<number, number>;
  /** Who made the newest change, and its weight. */
  owner: { readonly person: number; readonly weight: number };
}

/** Numbers of files; a path that was moved has that of its new path from then on. */
class FileMapper {
  readonly #numbers = new Map<number, number>();
  #next = 0;

  find(path: number | undefined): number | undefined {
    return path === undefined ? undefined : this.#numbers.get(path);
  }

  add(path: number): number {
    let number = this.#numbers.get(path);
    if (number === undefined) {
      number = this.#next;
      this.#next += 1;
      this.#numbers.set(path, number);
    }
    return number;
  }

  /** @returns the numbers of both, as they were before */
  move(from: number, to: number): [from: number, to: number] {
    const after = this.add(to);
    const before = this.add(from);
    this.#numbers.set(from, after);
    return [before, after];
  }
}

/**
 * The bus factor of JetBrains' Bus Factor Explorer (Klimov et al., ASE 2023,
 * arXiv:2403.08038), as its code computes it
 * (github.com/JetBrains-Research/bus-factor-explorer at f9b27ee), where reviews and
 * meetings count as nothing:
 *
 * - Commits of the 547 days before the head, by the committer's time; merges and those
 *   of bots alone count as nothing.
 * - People are addresses as commits write them, with those of lines `Co-authored-by: `.
 * - A change weighs `exp(−days/90)`; a rename moves what is known of the old path.
 * - `A = 3·WO + WC + 2.4·ln(1 + WC of all) − 2.4·ln(1 + WC of others)`, where WC are the
 *   weights of the person's changes, and WO is that of the newest one if they made it.
 * - Authors are those with `A ≥ 0.001` and more than 0.75 of the highest.
 * - Every file of the head counts that has changes, links and submodules too.
 *
 * Bots there are the accounts that GitHub calls so, here the addresses with `[bot]`. Its
 * renames are those of JGit at 60 %, here those of git at 60 %: of several candidates
 * they may choose another one, and JGit compares no contents in commits that add or
 * delete more than 400 files.
 *
 * Of people with equally many files, who comes first in a Java `HashMap` is removed
 * first. Where two collide there, the tool goes by the order in which files were
 * inserted into other such maps, and this by who made the newer commit.
 */
export const jetbrains2023: Model = {
  // Every file counts there.
  heeds: [],
  reading: { renames: 60, messages: CO_AUTHOR_LINES },

  async authorsIn({ commits, head, repository }, _, { signal } = {}) {
    const { people, recordOf } = readWindow(commits, head.head);
    const records: number[] = [];
    const files: string[] = [];
    const authors: number[][] = [];
    // Submodules and links are files there.
    const listed = await runGit(
      repository,
      ['ls-tree', '-r', '-z', '--name-only', '--full-tree', head.head],
      { signal, maxBytes: MAX_LIST_BYTES },
    );
    for (const path of listed.toString('utf8').split('\0')) {
      const found = recordOf(path);
      if (found) {
        files.push(path);
        records.push(found.number);
        authors.push(majorsOf(found.record));
      }
    }
    return { people, files, authors, records, inTies: hashOrder(authors) };
  },
};

/** Goes through the commits of the window, newest first. */
function readWindow(commits: Commits, hash: string) {
  const { history } = commits;
  const head = history.find(hash) ?? 0;
  const end = timeOf(commits, head);
  const people = new Map<string, number>();
  const mapper = new FileMapper();
  const records = new Map<number, FileRecord>();

  for (const commit of newestFirst(commits, head)) {
    const time = timeOf(commits, commit);
    const isInWindow = time <= end && time >= end - WINDOW_DAYS * SECONDS_A_DAY;
    const addresses =
      isInWindow && !commits.isMerge(commit)
        ? addressesIn(commits, commit)
        : [];
    if (addresses.length > 0) {
      const authors = addresses.map(address => {
        const person = people.get(address) ?? people.size;
        people.set(address, person);
        return person;
      });
      const age = end - (history.authorTimeOf(commit) || 0);
      const weight = Math.exp(-Math.trunc(age / SECONDS_A_DAY) / DECAY_DAYS);
      history.forEachChange(commit, (status, path, from) => {
        if (status === 'R') {
          const [before, after] = mapper.move(from, path);
          if (before !== after) {
            move(records, before, after);
          }
        } else if (status !== 'D') {
          const file = mapper.add(path);
          authors.forEach(person => change(records, file, { person, weight }));
        }
      });
    }
  }

  return {
    people: [...people.keys()],
    recordOf: (path: string) => {
      const number = mapper.find(history.findPath(path));
      const record = number === undefined ? undefined : records.get(number);
      return number !== undefined && record ? { number, record } : undefined;
    },
  };
}

function change(
  records: Map<number, FileRecord>,
  file: number,
  by: FileRecord['owner'],
): void {
  const record = records.get(file);
  if (!record) {
    records.set(file, {
      changes: new Map([[by.person, by.weight]]),
      owner: by,
    });
    return;
  }
  const { changes } = record;
  changes.set(by.person, (changes.get(by.person) ?? 0) + by.weight);
  if (by.weight >= record.owner.weight) {
    record.owner = by;
  }
}

function move(
  records: Map<number, FileRecord>,
  from: number,
  to: number,
): void {
  const moved = records.get(from);
  const there = records.get(to);
  if (!moved) {
    return;
  }
  records.delete(from);
  if (!there) {
    records.set(to, moved);
    return;
  }
  for (const [person, weight] of moved.changes) {
    there.changes.set(person, (there.changes.get(person) ?? 0) + weight);
  }
  // The owner goes with the file, whoever changed it since.
  there.owner = moved.owner;
}

function majorsOf({ changes, owner }: FileRecord): number[] {
  const all = [...changes.values()].reduce((sum, weight) => sum + weight, 0);
  const authorships = [...changes].map(([person, own]) => ({
    person,
    authorship:
      OWNERSHIP * (person === owner.person ? owner.weight : 0) +
      COMMITS * own +
      OTHER_COMMITS * Math.log(1 + all) -
      OTHER_COMMITS * Math.log(1 + all - own),
  }));
  const highest = Math.max(...authorships.map(one => one.authorship));
  return authorships
    .filter(
      ({ authorship }) =>
        authorship >= MAJOR_MINIMUM && authorship / highest > MAJOR_SHARE,
    )
    .map(({ person }) => person);
}

/** Co-authors as they are written, then the author; each once, without bots. */
function addressesIn({ history }: Commits, commit: number): string[] {
  const addresses = new Set<string>();
  history.forEachRole(commit, (_, contact) =>
    addresses.add(history.contactOf(contact).email),
  );
  addresses.add(history.contactOf(history.authorOf(commit)).email);
  return [...addresses].filter(address => !address.includes(BOT));
}

/**
 * Commits as JGit walks them: the newest of those whose children were seen. Of equally
 * new ones the first in its queue keeps its place, and before the others goes who came
 * last.
 */
function* newestFirst(commits: Commits, head: number): Generator<number> {
  const { history } = commits;
  const queue = new Heap<{ commit: number; time: number; arrival: number }>(
    (a, b) => b.time - a.time || b.arrival - a.arrival,
  );
  const seen = new Set([head]);
  let arrivals = 0;
  const entry = (commit: number) => ({
    commit,
    time: timeOf(commits, commit),
    arrival: arrivals++,
  });
  let first: ReturnType<typeof entry> | undefined = entry(head);
  const see = (parent: number) => {
    if (seen.has(parent) || !history.isRead(parent)) {
      return;
    }
    seen.add(parent);
    const added = entry(parent);
    if (!first) {
      first = added;
    } else if (added.time > first.time) {
      queue.push({ ...first, arrival: arrivals++ });
      first = added;
    } else {
      queue.push(added);
    }
  };
  while (first) {
    const { commit }: ReturnType<typeof entry> = first;
    first = queue.pop();
    history.forEachParent(commit, see);
    yield commit;
  }
}

/** The order in which a Java `HashMap` lists as many numbers as there are authors. */
function hashOrder(
  authors: ReadonlyArray<readonly number[]>,
): (a: number, b: number) => number {
  const size = new Set(authors.flat()).size;
  let capacity = 16;
  while (size > capacity * 0.75) {
    capacity *= 2;
  }
  return (a, b) => (a % capacity) - (b % capacity);
}

/** The committer's; JGit reads what is no time as 0. */
function timeOf({ history }: Commits, commit: number): number {
  return history.committerTimeOf(commit) || 0;
}

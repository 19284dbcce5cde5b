import { ChangeStatus } from '../git/LogParser';
import { Float64Column, Int32Column } from './columns';
import { readHex } from './hex';
import { Interner } from './Interner';

/**
 * Somebody as a commit names them.
 * @public
 */
export interface Contact {
  readonly name: string;
  readonly email: string;
}

/** What somebody has to do with a commit, beside being its author. */
export type Role = 'co-author' | 'reviewer' | 'assistant';

const ROLES: readonly Role[] = ['co-author', 'reviewer', 'assistant'];
const STATUSES: readonly ChangeStatus[] = ['A', 'M', 'T', 'D', 'R'];
const BITS = 3;
const MASK = 7;
const UNREAD = -1;
/** SHA-256 is the longest that git has. */
const MAX_HASH_BYTES = 32;
/** What stands for bytes that are no UTF-8. */
const REPLACED = '\ufffd';

/** What one commit changes, with paths as numbers. */
export class Changes {
  /** A path with its status each; behind a renamed one stands its old path. */
  readonly values: number[] = [];

  /** @param from - the old path of a renamed file, and -1 of others */
  add(status: ChangeStatus, path: number, from: number): void {
    this.values.push((path << BITS) | STATUSES.indexOf(status));
    if (from >= 0) {
      this.values.push(from);
    }
  }

  clear(): void {
    this.values.length = 0;
  }
}

/** What git says of one commit; whoever it names, and what it changes, are numbers. */
export interface CommitFacts {
  /** A contact. */
  readonly author: number;
  /** Seconds since 1970; NaN where there is none. */
  readonly authorTime: number;
  readonly committerTime: number;
  readonly parents: readonly number[];
  readonly roles: ReadonlyArray<{
    readonly role: Role;
    readonly contact: number;
  }>;
  readonly changes: Changes;
}

/**
 * Commits and what they changed, as git printed them and before anything is concluded.
 * Commits, contacts and paths are numbers, counted from 0 as they come up, and their
 * facts stand in columns: a hundred thousand commits take some ten megabytes.
 *
 * A commit has a number as soon as another one names it as its parent, and is read or
 * not. Nothing depends on the order in which commits are added, so that a history read
 * in parts is the same as one read at once; for an order see `orderOf`.
 */
export class History {
  /** Room for the bytes of one hash. */
  readonly #hash = Buffer.alloc(MAX_HASH_BYTES);
  readonly #hashes: Interner;
  readonly #contacts: Interner;
  readonly #paths: Interner;
  /** By commit: its row in the columns below. */
  readonly #rows: Int32Column;
  readonly #authors: Int32Column;
  readonly #authorTimes: Float64Column;
  readonly #committerTimes: Float64Column;
  /** By row: where what belongs to it begins; it ends where that of the next begins. */
  readonly #parentStarts: Int32Column;
  readonly #roleStarts: Int32Column;
  /** By row; changes can be replaced, so that their order is not that of the rows. */
  readonly #changeStarts: Int32Column;
  readonly #changeEnds: Int32Column;
  readonly #parents: Int32Column;
  /** A contact with its role each. */
  readonly #roles: Int32Column;
  /** A path with its status each; behind a renamed one stands its old path. */
  readonly #changes: Int32Column;

  /** @param columns - those of a history to go on with */
  constructor(columns?: HistoryColumns) {
    this.#hashes = new Interner(columns?.hashes);
    this.#contacts = new Interner(columns?.contacts);
    this.#paths = new Interner(columns?.paths);
    this.#rows = new Int32Column(columns?.rows);
    this.#authors = new Int32Column(columns?.authors);
    this.#authorTimes = new Float64Column(columns?.authorTimes);
    this.#committerTimes = new Float64Column(columns?.committerTimes);
    this.#parentStarts = new Int32Column(columns?.parentStarts);
    this.#roleStarts = new Int32Column(columns?.roleStarts);
    this.#changeStarts = new Int32Column(columns?.changeStarts);
    this.#changeEnds = new Int32Column(columns?.changeEnds);
    this.#parents = new Int32Column(columns?.parents);
    this.#roles = new Int32Column(columns?.roles);
    this.#changes = new Int32Column(columns?.changes);
  }

  /** Views of all that it consists of, with room for what comes next. */
  get columns() {
    return {
      hashes: this.#hashes.saved,
      contacts: this.#contacts.saved,
      paths: this.#paths.saved,
      rows: this.#rows.saved,
      authors: this.#authors.saved,
      authorTimes: this.#authorTimes.saved,
      committerTimes: this.#committerTimes.saved,
      parentStarts: this.#parentStarts.saved,
      roleStarts: this.#roleStarts.saved,
      changeStarts: this.#changeStarts.saved,
      changeEnds: this.#changeEnds.saved,
      parents: this.#parents.saved,
      roles: this.#roles.saved,
      changes: this.#changes.saved,
    };
  }

  /** Numbers of commits that were given, also to those which were not read. */
  get commitNumbers(): number {
    return this.#rows.length;
  }

  /** Commits that were read. */
  get size(): number {
    return this.#authors.length;
  }

  /** There are not more changes than this. */
  get changeNumbers(): number {
    return this.#changes.length;
  }

  get contactNumbers(): number {
    return this.#contacts.size;
  }

  get pathNumbers(): number {
    return this.#paths.size;
  }

  // Writing.

  /** The number of a commit by its hash in hexadecimal, a new one where it is new. */
  commitNumber(bytes: Buffer, start: number, end: number): number {
    const length = readHex(bytes, { start, end }, this.#hash);
    const number = this.#hashes.add(this.#hash, 0, length);
    if (number === this.#rows.length) {
      this.#rows.push(UNREAD);
    }
    return number;
  }

  /** @param bytes - the name and the address, NUL between them */
  contactNumber(bytes: Buffer, start = 0, end = bytes.length): number {
    return this.#contacts.add(bytes, start, end);
  }

  pathNumber(bytes: Buffer, start = 0, end = bytes.length): number {
    return this.#paths.add(bytes, start, end);
  }

  /** Adds a commit that was not read before. */
  addCommit(commit: number, facts: CommitFacts): void {
    this.#rows.set(commit, this.#authors.push(facts.author));
    this.#authorTimes.push(facts.authorTime);
    this.#committerTimes.push(facts.committerTime);
    this.#parentStarts.push(this.#parents.length);
    for (const parent of facts.parents) {
      this.#parents.push(parent);
    }
    this.#roleStarts.push(this.#roles.length);
    for (const { role, contact } of facts.roles) {
      this.#roles.push((contact << BITS) | ROLES.indexOf(role));
    }
    this.#changeStarts.push(0);
    this.#changeEnds.push(0);
    this.setChanges(commit, facts.changes);
  }

  /** Replaces what a commit changes. */
  setChanges(commit: number, { values }: Changes): void {
    const row = this.#rows.get(commit);
    this.#changeStarts.set(row, this.#changes.length);
    for (const value of values) {
      this.#changes.push(value);
    }
    this.#changeEnds.set(row, this.#changes.length);
  }

  // Reading.

  find(hash: string): number | undefined {
    return this.#hashes.find(Buffer.from(hash, 'hex'));
  }

  isRead(commit: number): boolean {
    return this.#rows.get(commit) !== UNREAD;
  }

  hashOf(commit: number): string {
    return this.#hashes.text(commit, 'hex');
  }

  /** A contact. */
  authorOf(commit: number): number {
    return this.#authors.get(this.#rows.get(commit));
  }

  /** Seconds since 1970 as the commit claims them; NaN where it claims nonsense. */
  authorTimeOf(commit: number): number {
    return this.#authorTimes.get(this.#rows.get(commit));
  }

  /** See {@link History.authorTimeOf}. */
  committerTimeOf(commit: number): number {
    return this.#committerTimes.get(this.#rows.get(commit));
  }

  /** How many parents a commit has. */
  parentCount(commit: number): number {
    const row = this.#rows.get(commit);
    return (
      endOf(this.#parents, this.#parentStarts, row) -
      this.#parentStarts.get(row)
    );
  }

  /** Calls back for every parent of a commit, some of which may not be read. */
  forEachParent(commit: number, visit: (parent: number) => void): void {
    const row = this.#rows.get(commit);
    const end = endOf(this.#parents, this.#parentStarts, row);
    for (let at = this.#parentStarts.get(row); at < end; at += 1) {
      visit(this.#parents.get(at));
    }
  }

  /** Whether anybody has to do with a commit beside its author. */
  hasRoles(commit: number): boolean {
    const row = this.#rows.get(commit);
    return (
      endOf(this.#roles, this.#roleStarts, row) > this.#roleStarts.get(row)
    );
  }

  /** Calls back for those who have to do with a commit beside its author. */
  forEachRole(
    commit: number,
    visit: (role: Role, contact: number) => void,
  ): void {
    const row = this.#rows.get(commit);
    const end = endOf(this.#roles, this.#roleStarts, row);
    for (let at = this.#roleStarts.get(row); at < end; at += 1) {
      const value = this.#roles.get(at);
      visit(ROLES[value & MASK], value >> BITS);
    }
  }

  /**
   * Calls back for every file that a commit changed, with paths as numbers.
   *
   * @param visit - `from` is the old path of a renamed file
   */
  forEachChange(
    commit: number,
    visit: (status: ChangeStatus, path: number, from: number) => void,
  ): void {
    const row = this.#rows.get(commit);
    const end = this.#changeEnds.get(row);
    let at = this.#changeStarts.get(row);
    while (at < end) {
      const value = this.#changes.get(at);
      const status = STATUSES[value & MASK];
      at += 1;
      if (status === 'R') {
        visit(status, value >> BITS, this.#changes.get(at));
        at += 1;
      } else {
        visit(status, value >> BITS, UNREAD);
      }
    }
  }

  /** As the commit writes it, before any `.mailmap`. */
  contactOf(contact: number): Contact {
    const [name, email] = this.#contacts.text(contact).split('\0');
    return { name, email };
  }

  /** @param path - as {@link History.pathOf} writes it */
  findPath(path: string): number | undefined {
    const number = this.#paths.find(path);
    if (number !== undefined || !path.includes(REPLACED)) {
      return number;
    }
    // Few paths are no UTF-8, and those are found by what stands for them.
    for (let other = 0; other < this.#paths.size; other += 1) {
      if (this.#paths.text(other) === path) {
        return other;
      }
    }
    return undefined;
  }

  pathOf(path: number): string {
    return this.#paths.text(path);
  }

  /** The same of many. */
  pathsOf(paths: Int32Array): string[] {
    return this.#paths.texts(paths);
  }

  /** In which order git lists two paths: by their bytes. */
  comparePaths(one: number, other: number): number {
    return this.#paths.compare(one, other);
  }
}

export type HistoryColumns = History['columns'];

function endOf(values: Int32Column, starts: Int32Column, row: number): number {
  return row + 1 < starts.length ? starts.get(row + 1) : values.length;
}

import { ChangeStatus } from '../git/LogParser';
import { Int32Column } from './columns';
import { History } from './History';

/** Where a path went. */
export interface Removal {
  readonly commit: number;
  readonly movedTo?: string;
}

/** In place of a number. */
const NONE = -1;
/** A file without any history. */
const NO_FILE = 0;

/** What is to be known of a commit before its changes are followed. */
export interface Follow {
  /** The commit's parents are missing, so that what looks created there may be older. */
  unseenBefore(commit: number): boolean;
  /** False for bots: they move and remove files, but their changes are nobody's. */
  counts(commit: number): boolean;
}

/**
 * Files through a history, from its oldest commit to its newest. A creation is no
 * change (after the truck-factor tool of Avelino et al.); a path that is created again
 * begins a new history.
 *
 * Branches stand one after the other here, so that one may change what another has
 * moved or removed, and a merge may keep what a branch removed: a path that is gone
 * keeps its history for them.
 */
export class FileHistories {
  readonly #history: History;
  /** By path: the number of its file. A path that is gone keeps it. */
  readonly #fileOf: Int32Array;
  /** By file: the commit that created it. */
  readonly #created = new Int32Column();
  /** By file: where its changes begin; they end where those of the next begin. */
  readonly starts: Int32Array;
  /** Commits that changed files after their creation; a rename is one change. */
  readonly changes: Int32Array;
  /** By path that is gone: the commit after which it was, and where it was moved. */
  readonly #removedBy: Int32Array;
  readonly #movedTo: Int32Array;

  /** @param order - commits, parents before children */
  constructor(history: History, order: ArrayLike<number>, follow: Follow) {
    this.#history = history;
    this.#created.push(NONE);
    this.#fileOf = new Int32Array(history.pathNumbers).fill(NO_FILE);
    this.#removedBy = new Int32Array(history.pathNumbers).fill(NONE);
    this.#movedTo = this.#removedBy.slice();
    const files = new Int32Array(history.changeNumbers);
    const commits = new Int32Array(history.changeNumbers);
    let changes = 0;
    let commit = NONE;
    let counts = false;
    let unseenBefore = false;
    const visit = (status: ChangeStatus, path: number, from: number) => {
      if (status === 'D') {
        this.#removedBy[path] = commit;
        this.#movedTo[path] = NONE;
      } else if (status === 'A') {
        this.#removedBy[path] = NONE;
        this.#fileOf[path] = this.#created.push(
          unseenBefore || !counts ? NONE : commit,
        );
      } else {
        const file = this.#fileAt(status === 'R' ? from : path);
        if (counts) {
          files[changes] = file;
          commits[changes] = commit;
          changes += 1;
        }
        if (status === 'R') {
          this.#removedBy[from] = commit;
          this.#movedTo[from] = path;
          this.#removedBy[path] = NONE;
          this.#fileOf[path] = file;
        }
      }
    };
    for (let place = 0; place < order.length; place += 1) {
      commit = order[place];
      counts = follow.counts(commit);
      unseenBefore = follow.unseenBefore(commit);
      history.forEachChange(commit, visit);
    }
    [this.starts, this.changes] = grouped(
      files.subarray(0, changes),
      commits.subarray(0, changes),
      this.#created.length,
    );
  }

  /**
   * The number of the file at a path, of one that is gone its last one; 0 for paths
   * that never existed.
   */
  find(path: string): number {
    const number = this.#history.findPath(path);
    return number === undefined ? NO_FILE : this.findNumber(number);
  }

  /** The same by the number of the path. */
  findNumber(path: number): number {
    return this.#fileOf[path] ?? NO_FILE;
  }

  /** How many files there are, with those that are gone. */
  get size(): number {
    return this.#created.length;
  }

  /** The commit that created a file; undefined when that lies beyond what is here. */
  createdBy(file: number): number | undefined {
    const created = this.#created.get(file);
    return created === NONE ? undefined : created;
  }

  /** The last commit that changed a file, or created it. */
  lastChange(file: number): number | undefined {
    return this.starts[file + 1] > this.starts[file]
      ? this.changes[this.starts[file + 1] - 1]
      : this.createdBy(file);
  }

  /** How a path went, if it is gone. */
  removalOf(path: string): Removal | undefined {
    const number = this.#history.findPath(path);
    if (number === undefined || this.#removedBy[number] === NONE) {
      return undefined;
    }
    const to = this.#movedTo[number];
    return {
      commit: this.#removedBy[number],
      movedTo: to === NONE ? undefined : this.#history.pathOf(to),
    };
  }

  /** Where a path that is gone lies now, if it was moved and still exists. */
  currentPath(path: string): string | undefined {
    const number = this.#history.findPath(path);
    const current = number === undefined ? NONE : this.#current(number);
    return current === NONE ? undefined : this.#history.pathOf(current);
  }

  /** What was first seen when it was changed has no creator. */
  #fileAt(path: number): number {
    if (this.#fileOf[path] === NO_FILE) {
      this.#fileOf[path] = this.#created.push(NONE);
    }
    return this.#fileOf[path];
  }

  #current(path: number): number {
    const seen = new Set([path]);
    let current = path;
    while (this.#removedBy[current] !== NONE) {
      current = this.#movedTo[current];
      if (current === NONE || seen.has(current)) {
        return NONE;
      }
      seen.add(current);
    }
    return current === path ? NONE : current;
  }
}

/**
 * Values by their groups, in the order in which they came.
 *
 * @returns where each group begins, and behind them where the last one ends; the values
 */
function grouped(
  groups: Int32Array,
  values: Int32Array,
  count: number,
): [starts: Int32Array, values: Int32Array] {
  const starts = new Int32Array(count + 1);
  for (let index = 0; index < groups.length; index += 1) {
    starts[groups[index] + 1] += 1;
  }
  for (let group = 0; group < count; group += 1) {
    starts[group + 1] += starts[group];
  }
  const ends = starts.slice();
  const sorted = new Int32Array(values.length);
  for (let index = 0; index < groups.length; index += 1) {
    sorted[ends[groups[index]]] = values[index];
    ends[groups[index]] += 1;
  }
  return [starts, sorted];
}

import { History } from './History';

/** The history of one file that exists, across its renames. */
export interface FileHistory {
  /** The commit that created it; undefined when that lies beyond what is here. */
  created?: number;
  /** Later commits that changed it; a rename is one change. */
  readonly changes: number[];
}

/** Where a path went. */
export interface Removal {
  readonly commit: number;
  readonly movedTo?: string;
}

/** The same with paths as numbers; -1 for one that was not moved. */
interface Move {
  readonly commit: number;
  readonly to: number;
}

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
  readonly #files: Array<FileHistory | undefined> = [];
  readonly #removals = new Map<number, Move>();

  /** @param order - commits, parents before children */
  constructor(history: History, order: Iterable<number>, follow: Follow) {
    this.#history = history;
    for (const commit of order) {
      this.#add(commit, follow.unseenBefore(commit), follow.counts(commit));
    }
  }

  /** Undefined for paths that never existed; of one that is gone, its last history. */
  get(path: string): FileHistory | undefined {
    const number = this.#history.findPath(path);
    return number === undefined ? undefined : this.#files[number];
  }

  /** How a path went, if it is gone. */
  removalOf(path: string): Removal | undefined {
    const number = this.#history.findPath(path);
    const move = number === undefined ? undefined : this.#removals.get(number);
    return (
      move && {
        commit: move.commit,
        movedTo: move.to < 0 ? undefined : this.#history.pathOf(move.to),
      }
    );
  }

  /** Where a path that is gone lies now, if it was moved and still exists. */
  currentPath(path: string): string | undefined {
    const number = this.#history.findPath(path);
    const current = number === undefined ? -1 : this.#current(number);
    return current < 0 ? undefined : this.#history.pathOf(current);
  }

  #add(commit: number, unseenBefore: boolean, counts: boolean): void {
    this.#history.forEachChange(commit, (status, path, from) => {
      switch (status) {
        case 'A':
          this.#removals.delete(path);
          this.#files[path] =
            unseenBefore || !counts
              ? { changes: [] }
              : { created: commit, changes: [] };
          break;
        case 'D':
          this.#removals.set(path, { commit, to: -1 });
          break;
        case 'R': {
          const history = this.#historyOf(from);
          if (counts) {
            history.changes.push(commit);
          }
          this.#removals.set(from, { commit, to: path });
          this.#removals.delete(path);
          this.#files[path] = history;
          break;
        }
        default:
          if (counts) {
            this.#historyOf(path).changes.push(commit);
          }
      }
    });
  }

  #historyOf(path: number): FileHistory {
    this.#files[path] ??= { changes: [] };
    return this.#files[path];
  }

  #current(path: number): number {
    const seen = new Set([path]);
    let move = this.#removals.get(path);
    while (move && move.to >= 0 && !seen.has(move.to)) {
      if (!this.#removals.has(move.to)) {
        return move.to;
      }
      seen.add(move.to);
      move = this.#removals.get(move.to);
    }
    return -1;
  }
}

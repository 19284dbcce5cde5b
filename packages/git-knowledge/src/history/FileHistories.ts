import { LoggedCommit } from '../git/parseLog';

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

/**
 * Follows files through a history that is fed from the oldest commit to the newest.
 * Commits are known by their numbers. A creation is no change (after the truck-factor
 * tool of Avelino et al.); a path that is created again begins a new history.
 */
export class FileHistories {
  readonly files = new Map<string, FileHistory>();
  readonly removals = new Map<string, Removal>();

  /**
   * @param how.unseenBefore - the commit's parents are missing, so that what looks
   * created there may be older
   * @param how.counts - false for bots: they move and remove files, but their changes
   * are nobody's
   */
  add(
    changes: LoggedCommit['changes'],
    commit: number,
    how: { unseenBefore: boolean; counts: boolean },
  ): void {
    for (const change of changes) {
      switch (change.status) {
        case 'A':
          this.removals.delete(change.path);
          this.files.set(
            change.path,
            how.unseenBefore || !how.counts
              ? { changes: [] }
              : { created: commit, changes: [] },
          );
          break;
        case 'D':
          this.files.delete(change.path);
          this.removals.set(change.path, { commit });
          break;
        case 'R':
          this.#rename(change.from ?? change.path, change.path, commit, how);
          break;
        default: {
          const history = this.#historyOf(change.path);
          if (how.counts) {
            history.changes.push(commit);
          }
        }
      }
    }
  }

  /** Where a path that is gone lies now, if it was moved and still exists. */
  currentPath(path: string): string | undefined {
    const seen = new Set([path]);
    let removal = this.removals.get(path);
    while (removal?.movedTo && !seen.has(removal.movedTo)) {
      if (this.files.has(removal.movedTo)) {
        return removal.movedTo;
      }
      seen.add(removal.movedTo);
      removal = this.removals.get(removal.movedTo);
    }
    return undefined;
  }

  #rename(
    from: string,
    to: string,
    commit: number,
    how: { counts: boolean },
  ): void {
    const history = this.#historyOf(from);
    if (how.counts) {
      history.changes.push(commit);
    }
    this.files.delete(from);
    this.removals.set(from, { commit, movedTo: to });
    this.removals.delete(to);
    this.files.set(to, history);
  }

  // A branch may change a path that another branch has moved meanwhile.
  #historyOf(path: string): FileHistory {
    const present =
      this.files.get(path) ?? this.files.get(this.currentPath(path) ?? path);
    if (present) {
      return present;
    }
    const history: FileHistory = { changes: [] };
    this.files.set(path, history);
    return history;
  }
}

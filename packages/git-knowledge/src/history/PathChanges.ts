import { History } from './History';

/** A commit that changed a file. */
export interface FileVersion {
  readonly commit: number;
  /** Its place in the order of the commits. */
  readonly place: number;
  /** How the file was called after it. */
  readonly path: number;
  /** How it was called before; undefined where the commit created it. */
  readonly from?: number;
}

/** In place of an old path. */
const CHANGED = -1;
const CREATED = -2;
const GONE = -3;

/**
 * Which commits changed a path, for following files back from what they are now. Bots
 * count as everybody: this tells what happened to a file, not whose it is.
 */
export class PathChanges {
  readonly #order: Int32Array;
  /** By path: where its changes begin in the columns below, the oldest first. */
  readonly #starts: Int32Array;
  /** The place of the commit in the order. */
  readonly #places: Int32Array;
  /** The old path of one that was renamed to this, or what else happened. */
  readonly #kinds: Int32Array;

  /** @param order - commits, parents before children */
  constructor(history: History, order: Int32Array) {
    this.#order = order;
    this.#starts = new Int32Array(history.pathNumbers + 1);
    for (const commit of order) {
      history.forEachChange(commit, (status, path, from) => {
        this.#starts[path + 1] += 1;
        if (status === 'R') {
          this.#starts[from + 1] += 1;
        }
      });
    }
    for (let path = 0; path < history.pathNumbers; path += 1) {
      this.#starts[path + 1] += this.#starts[path];
    }
    const ends = this.#starts.slice();
    const total = this.#starts[history.pathNumbers];
    this.#places = new Int32Array(total);
    this.#kinds = new Int32Array(total);
    const add = (path: number, place: number, kind: number) => {
      this.#places[ends[path]] = place;
      this.#kinds[ends[path]] = kind;
      ends[path] += 1;
    };
    order.forEach((commit, place) =>
      history.forEachChange(commit, (status, path, from) => {
        if (status === 'R') {
          add(from, place, GONE);
          add(path, place, from);
        } else if (status === 'A' || status === 'D') {
          add(path, place, status === 'A' ? CREATED : GONE);
        } else {
          add(path, place, CHANGED);
        }
      }),
    );
  }

  /**
   * What changed a file, the newest first, through renames and back to its creation if
   * that was read.
   *
   * @param path - where it is at the end
   * @param until - where it was moved from this path, the place of that commit
   */
  versionsOf(path: number, until = this.#order.length): FileVersion[] {
    const versions: FileVersion[] = [];
    let [name, place] = [path, until];
    for (;;) {
      const first = this.#firstFrom(name, place);
      this.#addLater(versions, name, first);
      const renamed = this.#addEarlier(versions, name, first - 1);
      if (renamed < 0) {
        return versions.sort((a, b) => b.place - a.place);
      }
      [name, place] = [this.#kinds[renamed], this.#places[renamed]];
    }
  }

  /**
   * A branch may change a file under the path from which another branch has moved it
   * meanwhile.
   */
  #addLater(versions: FileVersion[], path: number, first: number): void {
    for (let index = first; index < this.#starts[path + 1]; index += 1) {
      const kind = this.#kinds[index];
      if (kind === CREATED || kind >= 0) {
        return;
      }
      if (kind === CHANGED) {
        versions.push(this.#version(index, path, path));
      }
    }
  }

  /** Returns where the file was renamed to this path; -1 where it was created. */
  #addEarlier(versions: FileVersion[], path: number, last: number): number {
    for (let index = last; index >= this.#starts[path]; index -= 1) {
      const kind = this.#kinds[index];
      if (kind === CHANGED) {
        versions.push(this.#version(index, path, path));
      } else if (kind === CREATED) {
        versions.push(this.#version(index, path, undefined));
        return -1;
      } else if (kind >= 0) {
        versions.push(this.#version(index, path, kind));
        return index;
      }
      // What a branch has removed and is there nevertheless was kept by a merge.
    }
    return -1;
  }

  #version(index: number, path: number, from?: number): FileVersion {
    const place = this.#places[index];
    return { commit: this.#order[place], place, path, from };
  }

  /** The first change of a path that is not before a place. */
  #firstFrom(path: number, place: number): number {
    let [low, high] = [this.#starts[path], this.#starts[path + 1]];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#places[middle] < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

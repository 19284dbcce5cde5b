import { FileKind, kindOfFile } from '../files/countedFiles';
import { History } from './History';

/** In place of a kind. */
const KINDS: readonly FileKind[] = ['source', 'documentation', 'left-out'];
const ATTRIBUTES = /(?:^|\/)\.gitattributes$/;
/** Added to the kind of a `.gitattributes`. */
const IS_ATTRIBUTES = 16;

/** What became of a path in another commit; without content it is no file there. */
export interface HeadChange {
  /** Its number. */
  readonly path: number;
  /** The name of the content. */
  readonly content?: Buffer;
}

/** All that the files of a commit consist of, beside the history. */
export interface HeadColumns {
  /** By place: the number of the path. */
  readonly paths: Int32Array;
  /** By place: the name of the content, all of one length. */
  readonly contents: Buffer;
  /** By place: what the file is by its path alone. */
  readonly kinds: Uint8Array;
}

/** What a file is by its path alone, as a number. */
export function kindCode(path: string): number {
  return (
    KINDS.indexOf(kindOfFile(path)) +
    (ATTRIBUTES.test(path) ? IS_ATTRIBUTES : 0)
  );
}

/**
 * The files of a commit in git's order, which is that of the bytes of their paths; each
 * is known by its place. Links and submodules are no files.
 */
export class HeadFiles {
  readonly columns: HeadColumns;
  readonly #history: History;
  /** By number of a path: its place plus one; 0 for what is not there. */
  readonly #places: Int32Array;
  #paths: readonly string[] | undefined;

  constructor(history: History, columns: HeadColumns) {
    this.#history = history;
    this.columns = columns;
    this.#places = new Int32Array(history.pathNumbers);
    for (let place = 0; place < columns.paths.length; place += 1) {
      this.#places[columns.paths[place]] = place + 1;
    }
  }

  get size(): number {
    return this.columns.paths.length;
  }

  /** By place. */
  get paths(): readonly string[] {
    this.#paths ??= this.#history.pathsOf(this.columns.paths);
    return this.#paths;
  }

  /** Undefined for what is no file of this commit. */
  placeOf(path: string): number | undefined {
    const number = this.#history.findPath(path);
    return number !== undefined && this.#places[number] > 0
      ? this.#places[number] - 1
      : undefined;
  }

  /** By its path alone: see `kindOfFile`. */
  kindAt(place: number): FileKind {
    return KINDS[this.columns.kinds[place] % IS_ATTRIBUTES];
  }

  /** The paths of the `.gitattributes` files. */
  get attributes(): string[] {
    const { kinds } = this.columns;
    const places = this.placesOf(place => kinds[place] >= IS_ATTRIBUTES);
    return Array.from(places, place => this.paths[place]);
  }

  /** The places of some files. */
  placesOf(isMeant: (place: number) => boolean): Int32Array {
    const places = new Int32Array(this.size);
    let count = 0;
    for (let place = 0; place < places.length; place += 1) {
      if (isMeant(place)) {
        places[count] = place;
        count += 1;
      }
    }
    return places.subarray(0, count);
  }

  has(path: string): boolean {
    return this.placeOf(path) !== undefined;
  }

  /** The name of the content of a file, in hexadecimal. */
  contentOf(path: string): string | undefined {
    const place = this.placeOf(path);
    return place === undefined
      ? undefined
      : this.#contents(place, place + 1).toString('hex');
  }

  /** The files of another commit, by what is different there; paths come up once. */
  after(changes: readonly HeadChange[]): HeadFiles {
    const { paths } = this.columns;
    const edits = changes
      .map(change => {
        const isThere = this.#places[change.path] > 0;
        return {
          ...change,
          isThere,
          place: isThere
            ? this.#places[change.path] - 1
            : this.#placeFor(change.path),
        };
      })
      .sort(
        (a, b) =>
          a.place - b.place || this.#history.comparePaths(a.path, b.path),
      );
    const numbers: Int32Array[] = [];
    const contents: Buffer[] = [];
    const kinds: Uint8Array[] = [];
    let from = 0;
    const keepUntil = (place: number) => {
      numbers.push(paths.subarray(from, place));
      kinds.push(this.columns.kinds.subarray(from, place));
      contents.push(this.#contents(from, place));
      from = place;
    };
    for (const { path, content, isThere, place } of edits) {
      keepUntil(place);
      if (content) {
        numbers.push(Int32Array.of(path));
        contents.push(content);
        kinds.push(Uint8Array.of(kindCode(this.#history.pathOf(path))));
      }
      from += isThere ? 1 : 0;
    }
    keepUntil(this.size);
    return new HeadFiles(this.#history, {
      paths: joined(numbers),
      contents: Buffer.concat(contents),
      kinds: Buffer.concat(kinds),
    });
  }

  #contents(from: number, to: number): Buffer {
    const { contents } = this.columns;
    const length = this.size === 0 ? 0 : contents.length / this.size;
    return contents.subarray(from * length, to * length);
  }

  /** Before which place a path that is not there belongs. */
  #placeFor(path: number): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#history.comparePaths(this.columns.paths[middle], path) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(
    parts.reduce((length, part) => length + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

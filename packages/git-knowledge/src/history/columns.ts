import { GitKnowledgeError } from '../GitKnowledgeError';

const FIRST_CAPACITY = 1024;
const GROWTH = 1.5;
/** What was loaded mostly grows by little. */
const GROWTH_OF_LOADED = 1.05;
/** Is saved for what comes next: otherwise the first of it would copy everything. */
const ROOM = 1.05;
/** No history needs more, but for one that means harm. */
const MAX_LENGTH = 64 * 1024 * 1024;

/** What a column consists of, with some room for what comes next. */
export interface SavedColumn<A> {
  readonly values: A;
  readonly length: number;
}

/** How much is saved of what may be only partly used. */
export function withRoom(used: number, capacity: number): number {
  return Math.min(capacity, Math.ceil(used * ROOM));
}

/**
 * Numbers in a row that grows: four or eight bytes each, where an array of objects
 * would need a hundred.
 */
abstract class Column<A extends Int32Array | Float64Array> {
  protected values: A;
  length = 0;
  readonly #growth: number;

  /** @param saved - what {@link Column.saved} gave, which belongs to this one now */
  constructor({ values, length }: SavedColumn<A>) {
    this.values = values;
    this.length = length;
    this.#growth = length > 0 ? GROWTH_OF_LOADED : GROWTH;
  }

  get saved(): SavedColumn<A> {
    const end = withRoom(this.length, this.values.length);
    return { values: this.values.subarray(0, end) as A, length: this.length };
  }

  protected abstract allocate(capacity: number): A;

  push(value: number): number {
    if (this.length === this.values.length) {
      if (this.length >= MAX_LENGTH) {
        throw new GitKnowledgeError(
          'too-large',
          `The commits change files over ${MAX_LENGTH} times: read fewer commits, or fewer files of each.`,
        );
      }
      const grown = this.allocate(
        Math.max(
          this.length + FIRST_CAPACITY,
          Math.ceil(this.length * this.#growth),
        ),
      );
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length] = value;
    this.length += 1;
    return this.length - 1;
  }

  get(index: number): number {
    return this.values[index];
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  /** What is filled of it; a view, not a copy. */
  filled(): A {
    return this.values.subarray(0, this.length) as A;
  }
}

/** Whole numbers up to 2^31. */
export class Int32Column extends Column<Int32Array> {
  constructor(saved = { values: new Int32Array(0), length: 0 }) {
    super(saved);
  }

  protected allocate(capacity: number): Int32Array {
    return new Int32Array(capacity);
  }
}

/** Times, which commits may set to anything. */
export class Float64Column extends Column<Float64Array> {
  constructor(saved = { values: new Float64Array(0), length: 0 }) {
    super(saved);
  }

  protected allocate(capacity: number): Float64Array {
    return new Float64Array(capacity);
  }
}

import { isAscii } from 'node:buffer';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { Int32Column, SavedColumn, withRoom } from './columns';

// Taken once: where tests run, a global is looked up anew at each use, here at each byte.
const { imul } = Math;

const FIRST_BYTES = 64 * 1024;
const FIRST_SLOTS = 4096;
/** Names and paths are short; those of a history that means harm need not be. */
const MAX_BYTES = 128 * 1024 * 1024;

/** All that an interner consists of. */
export interface Interned {
  /** What it holds, one after the other, and room for what comes next. */
  readonly bytes: Buffer;
  /** Where each one ends. */
  readonly ends: SavedColumn<Int32Array>;
  /** Numbers by hash, plus one; 0 is free. To make them anew is felt. */
  readonly slots: Int32Array;
  readonly seed: number;
}

/**
 * Gives every sequence of bytes a number, the same for the same bytes, counted from 0.
 * Paths and names repeat a hundred times in a history and need not be text: they are
 * kept once, as the bytes that git printed.
 */
export class Interner {
  #bytes: Buffer;
  #used: number;
  /** It begins where the one before ends. */
  readonly #ends: Int32Column;
  #slots: Int32Array;
  /** Whoever writes a history must not be able to choose paths that collide. */
  readonly #seed: number;

  /** @param saved - what {@link Interner.saved} gave, which belongs to this one now */
  constructor(saved?: Interned) {
    this.#bytes = saved?.bytes ?? Buffer.alloc(FIRST_BYTES);
    this.#ends = new Int32Column(saved?.ends);
    this.#used = this.size === 0 ? 0 : this.#ends.get(this.size - 1);
    this.#slots = saved?.slots ?? new Int32Array(FIRST_SLOTS);
    this.#seed = saved?.seed ?? Math.floor(Math.random() * 0x7fffffff);
  }

  get size(): number {
    return this.#ends.length;
  }

  get saved(): Interned {
    return {
      bytes: this.#bytes.subarray(0, withRoom(this.#used, this.#bytes.length)),
      ends: this.#ends.saved,
      slots: this.#slots,
      seed: this.#seed,
    };
  }

  /** The number of these bytes, a new one where they are new. */
  add(source: Buffer, start = 0, end = source.length): number {
    const slot = this.#slotOf(source, start, end);
    if (this.#slots[slot] > 0) {
      return this.#slots[slot] - 1;
    }
    const length = end - start;
    if (this.#used + length > MAX_BYTES) {
      throw new GitKnowledgeError(
        'too-large',
        `The commits name people or paths of over ${MAX_BYTES} bytes altogether: read fewer commits.`,
      );
    }
    if (this.#used + length > this.#bytes.length) {
      const grown = Buffer.alloc(
        Math.max(this.#bytes.length * 2, this.#used + length),
      );
      this.#bytes.copy(grown, 0, 0, this.#used);
      this.#bytes = grown;
    }
    source.copy(this.#bytes, this.#used, start, end);
    this.#used += length;
    const number = this.#ends.push(this.#used);
    this.#slots[slot] = number + 1;
    if (this.size * 2 > this.#slots.length) {
      this.#growSlots();
    }
    return number;
  }

  /** Undefined where these bytes have no number. */
  find(source: Buffer | string): number | undefined {
    const bytes = typeof source === 'string' ? Buffer.from(source) : source;
    const slot = this.#slotOf(bytes, 0, bytes.length);
    const found = this.#slots[slot];
    return found > 0 ? found - 1 : undefined;
  }

  /** As text; bytes that are no UTF-8 are replaced. */
  text(number: number, encoding: 'utf8' | 'hex' = 'utf8'): string {
    return this.#bytes.toString(
      encoding,
      this.#start(number),
      this.#ends.get(number),
    );
  }

  /** Many as text, which is faster at once: most are ASCII. */
  texts(numbers: Int32Array): string[] {
    const bytes = this.#bytes.subarray(0, this.#used);
    const all = isAscii(bytes) ? bytes.toString('latin1') : undefined;
    const texts = new Array<string>(numbers.length);
    for (let index = 0; index < numbers.length; index += 1) {
      const number = numbers[index];
      texts[index] =
        all?.slice(this.#start(number), this.#ends.get(number)) ??
        this.text(number);
    }
    return texts;
  }

  /** Below 0, 0 or above 0, by the bytes of two. */
  compare(one: number, other: number): number {
    return this.#bytes.compare(
      this.#bytes,
      this.#start(other),
      this.#ends.get(other),
      this.#start(one),
      this.#ends.get(one),
    );
  }

  #start(number: number): number {
    return number === 0 ? 0 : this.#ends.get(number - 1);
  }

  /** The slot of these bytes, or the free one where they belong. */
  #slotOf(source: Buffer, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(this.#seed, source, start, end) & mask;
    while (this.#slots[slot] > 0) {
      if (this.#equals(this.#slots[slot] - 1, source, start, end)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #equals(number: number, source: Buffer, start: number, end: number): boolean {
    const from = this.#start(number);
    if (this.#ends.get(number) - from !== end - start) {
      return false;
    }
    // Most differ at their ends, as files of one folder do.
    for (let back = end - start - 1; back >= 0; back -= 1) {
      if (this.#bytes[from + back] !== source[start + back]) {
        return false;
      }
    }
    return true;
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      const [start, end] = [this.#start(number), this.#ends.get(number)];
      let slot = hash(this.#seed, this.#bytes, start, end) & mask;
      while (this.#slots[slot] > 0) {
        slot = (slot + 1) & mask;
      }
      this.#slots[slot] = number + 1;
    }
  }
}

/** FNV-1a, 32 bits, then mixed: its low bits alone are poor. */
function hash(
  seed: number,
  source: Buffer,
  start: number,
  end: number,
): number {
  let value = seed;
  for (let index = start; index < end; index += 1) {
    value = imul(value ^ source[index], 0x01000193);
  }
  value ^= value >>> 15;
  return imul(value, 0x2c1b3c6d) ^ (value >>> 13);
}

import { wordsOf } from './plainText';

/** Words in a row that count as one shingle. */
const SHINGLE = 4;
/** Smallest hashes that are kept of a text; the error is about 1/√64, an eighth. */
const SIZE = 64;
/** Shingles below which a text is too short to tell a copy from an ordinary phrase. */
const MIN_SHINGLES = 12;

/**
 * A sketch of a text by which near-duplicates are found: the smallest hash of its
 * shingles, for each of 64 hash functions (MinHash, Broder 1997).
 *
 * @returns 32-bit numbers, or none where the text is too short
 * @public
 */
export function textSketch(text: string): number[] {
  const words = wordsOf(text);
  const shingles = new Set<number>();
  for (let start = 0; start + SHINGLE <= words.length; start++) {
    shingles.add(fnv1a(words.slice(start, start + SHINGLE).join(' ')));
  }
  if (shingles.size < MIN_SHINGLES) {
    return [];
  }
  const sketch = new Uint32Array(SIZE).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let index = 0; index < SIZE; index++) {
      const hash = mix(shingle ^ Math.imul(index + 1, 0x9e3779b1));
      if (hash < sketch[index]) {
        sketch[index] = hash;
      }
    }
  }
  return [...sketch];
}

/**
 * How alike two texts are, from 0 to 1: an estimate of the share of shingles that both
 * have among those that either has (Jaccard).
 * @public
 */
export function sketchSimilarity(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  if (a.length !== SIZE || b.length !== SIZE) {
    return 0;
  }
  let same = 0;
  for (let index = 0; index < SIZE; index++) {
    same += a[index] === b[index] ? 1 : 0;
  }
  return same / SIZE;
}

/** FNV-1a of 32 bits (Fowler, Noll, Vo), over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The finalizer of MurmurHash3 (Appleby): every bit decides about every other. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a value is one of those expected, such as the signatures by all configured
 * secrets. It takes the same time wherever they differ and whichever it is: all are
 * compared, and by their hashes, so that not even a length shows.
 * @public
 */
export function equalsOneOf(
  value: string | Buffer,
  expected: ReadonlyArray<string | Buffer>,
): boolean {
  const hash = sha256(value);
  return expected
    .map(one => timingSafeEqual(hash, sha256(one)))
    .reduce((found, equal) => found || equal, false);
}

function sha256(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}

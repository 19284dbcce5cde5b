/** What a hexadecimal digit is worth, by its code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, '0123456789abcdef'.indexOf(String.fromCharCode(code))),
);

/**
 * Writes the bytes that a hash in hexadecimal stands for, without making text of it.
 *
 * @returns how many they are
 */
export function readHex(
  source: Buffer,
  { start, end }: { start: number; end: number },
  target: Buffer,
  at = 0,
): number {
  const length = (end - start) >> 1;
  for (let index = 0; index < length; index += 1) {
    target[at + index] =
      (DIGITS[source[start + index * 2]] << 4) |
      DIGITS[source[start + index * 2 + 1]];
  }
  return length;
}

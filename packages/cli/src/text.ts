// Controls but line breaks and tabs, and marks that turn the direction of writing.
const STEERING =
  /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Without what would steer a terminal: descriptions and paths are anybody's. */
export function printable(text: string): string {
  return text.replace(STEERING, '\ufffd');
}

/** JSON in which nothing steers a terminal, and that says the same. */
export function printableJson(value: object): string {
  return JSON.stringify(value, null, 2).replace(
    STEERING,
    one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

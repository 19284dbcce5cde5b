/** No host nests its deliveries or answers nearly that deeply. */
const MAX_DEPTH = 64;

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] =
  Buffer.from('"\\{}[]');

/**
 * Parses JSON that somebody else wrote. Its depth is counted on the bytes, so that
 * nothing nested deeply is ever built.
 *
 * @returns the value, or a problem in words that repeat nothing of the content
 * @public
 */
export function parseJsonBody(
  body: Buffer,
): { readonly value: unknown } | { readonly problem: string } {
  if (depthOf(body) > MAX_DEPTH) {
    return { problem: `body: nested more than ${MAX_DEPTH} levels deep` };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { value: JSON.parse(text) };
  } catch (error) {
    const encoding = error instanceof SyntaxError ? 'JSON' : 'UTF-8';
    return { problem: `body: not ${encoding}` };
  }
}

/** How deep brackets are nested, not counting those in strings. */
function depthOf(body: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (inString) {
      if (byte === BACKSLASH) {
        at++;
      } else if (byte === QUOTE) {
        inString = false;
      }
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth++;
      deepest = Math.max(deepest, depth);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth--;
    }
  }
  return deepest;
}

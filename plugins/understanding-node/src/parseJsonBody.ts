/** No host nests its deliveries or answers nearly that deeply. */
const MAX_DEPTH = 64;

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] =
  Buffer.from('"\\{}[]');

/**
 * Parses JSON that somebody else wrote. Its depth is counted on the bytes, so that
 * nothing nested deeply is ever built. The character U+0000 is left out of texts.
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
    return { value: JSON.parse(withoutNul(text)) };
  } catch (error) {
    const encoding = error instanceof SyntaxError ? 'JSON' : 'UTF-8';
    return { problem: `body: not ${encoding}` };
  }
}

/** Nobody means anything by this character, and PostgreSQL refuses texts with it. */
function withoutNul(json: string): string {
  return json.includes('\\u0000')
    ? json.replace(/\\(u0000|.)/gs, (escape, of) =>
        of === 'u0000' ? '' : escape,
      )
    : json;
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

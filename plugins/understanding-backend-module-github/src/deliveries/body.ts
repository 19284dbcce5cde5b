import { Delivery } from '@understanding-dev/backstage-plugin-understanding-node';

/** GitHub's own payloads stay below 10; deeper ones are made to exhaust a parser. */
const DEEPEST = 64;

/** What a body holds, or why nothing can be read from it. */
export type ReadBody =
  | { readonly type: 'payload'; readonly payload: unknown }
  | { readonly type: 'unreadable'; readonly reason: string };

/** Reads the JSON of a delivery, which a form may hold as its field `payload`. */
export function readBody(delivery: Delivery): ReadBody {
  const text = jsonText(delivery);
  if (text === undefined) {
    return unreadable('The body is neither JSON nor a form with a payload');
  }
  if (isDeeperThan(text, DEEPEST)) {
    return unreadable(`The body is nested deeper than ${DEEPEST} levels`);
  }
  try {
    return { type: 'payload', payload: JSON.parse(text) };
  } catch {
    // The message of the error would repeat parts of the body.
    return unreadable('The body is not JSON');
  }
}

function unreadable(reason: string): ReadBody {
  return { type: 'unreadable', reason };
}

function jsonText(delivery: Delivery): string | undefined {
  const body = delivery.body.toString('utf8');
  const [mediaType] = delivery.contentType.toLowerCase().split(';');
  switch (mediaType.trim()) {
    case 'application/json':
      return body;
    case 'application/x-www-form-urlencoded':
      // It is the only field, so that a form of millions of fields is never split.
      return /^payload=[^&]*$/.test(body)
        ? new URLSearchParams(body).get('payload') ?? undefined
        : undefined;
    default:
      return undefined;
  }
}

/** Whether JSON nests objects and lists deeper than that; reads it once, and stops there. */
function isDeeperThan(json: string, levels: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (inString) {
      if (character === '\\') {
        index += 1;
      } else if (character === '"') {
        inString = false;
      }
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > levels) {
        return true;
      }
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return false;
}

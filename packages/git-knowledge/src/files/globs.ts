import { normalisePath } from './paths';

const MAX_LENGTH = 1000;
/** Ways in which the braces of one glob can be read, beyond which it is none. */
const MAX_ALTERNATIVES = 100;

/** Whether one character is what a glob asks for. */
type Character = (character: string) => boolean;
/** Any number of characters of a segment. */
const STAR = '*';
/** Any number of segments. */
const GLOBSTAR = '**';
type Segment = ReadonlyArray<Character | typeof STAR>;
type Pattern = ReadonlyArray<Segment | typeof GLOBSTAR>;

/**
 * Whether a path matches one of the globs: `*`, `**`, `?`, `[a-z]` and `{a,b}`, from
 * the root of the repository; a backslash takes the meaning of what comes after it.
 * One that is empty or very long matches nothing.
 *
 * Globs may stand in the repository. So they never become regular expressions, which
 * try all ways to split a name among many stars: here the time grows with the length
 * of the path times that of the glob, and no faster.
 *
 * @param options - `braces`: false where `{a,b}` means itself too
 * @public
 */
export function matcherOf(
  globs: readonly string[],
  options: { braces?: boolean } = {},
): (path: string) => boolean {
  const patterns = globs
    .filter(glob => glob.length <= MAX_LENGTH)
    .flatMap(glob => (options.braces === false ? [glob] : alternativesOf(glob)))
    .map(normalisePath)
    .filter(glob => glob !== '')
    .map(toPattern);
  if (patterns.length === 0) {
    return () => false;
  }
  return path => {
    const segments = path.split('/');
    return patterns.some(pattern => matches(pattern, segments, matchesSegment));
  };
}

/**
 * Only the last star can ever have to take more: whatever the ones before it could take
 * instead, the rest would begin no earlier. The same holds for segments.
 */
function matches<P, T>(
  pattern: ReadonlyArray<P | typeof STAR | typeof GLOBSTAR>,
  text: ArrayLike<T>,
  matchesOne: (pattern: P, one: T) => boolean,
): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    const wanted = pattern[place];
    if (wanted === STAR || wanted === GLOBSTAR) {
      star = place;
      taken = at;
      place += 1;
    } else if (wanted !== undefined && matchesOne(wanted as P, text[at])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      place = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[place] === STAR || pattern[place] === GLOBSTAR) {
    place += 1;
  }
  return place === pattern.length;
}

function matchesSegment(segment: Segment, text: string): boolean {
  return matches<Character, string>(segment, text, (is, one) => is(one));
}

function toPattern(glob: string): Pattern {
  return glob
    .split('/')
    .map(segment => (segment === GLOBSTAR ? GLOBSTAR : toSegment(segment)));
}

function toSegment(glob: string): Segment {
  const segment: Array<Character | typeof STAR> = [];
  let at = 0;
  while (at < glob.length) {
    const set = glob[at] === '[' ? readSet(glob, at) : undefined;
    if (set) {
      segment.push(set.is);
      at = set.end;
      continue;
    }
    if (glob[at] === STAR) {
      if (segment[segment.length - 1] !== STAR) {
        segment.push(STAR);
      }
    } else if (glob[at] === '?') {
      segment.push(() => true);
    } else {
      if (glob[at] === '\\' && at + 1 < glob.length) {
        at += 1;
      }
      const literal = glob[at];
      segment.push(one => one === literal);
    }
    at += 1;
  }
  return segment;
}

/** `[abc]`, `[a-z]`, `[!a]` or `[^a]`; undefined where it does not end. */
function readSet(
  glob: string,
  start: number,
): { is: Character; end: number } | undefined {
  const negated = glob[start + 1] === '!' || glob[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const ranges: Array<readonly [string, string]> = [];
  let at = first;
  const next = () => {
    at += glob[at] === '\\' && at + 1 < glob.length ? 2 : 1;
    return glob[at - 1];
  };
  while (at < glob.length) {
    // At the first place it means itself.
    if (glob[at] === ']' && at > first) {
      return {
        is: one =>
          ranges.some(([from, to]) => from <= one && one <= to) !== negated,
        end: at + 1,
      };
    }
    const from = next();
    if (glob[at] === '-' && at + 1 < glob.length && glob[at + 1] !== ']') {
      at += 1;
      ranges.push([from, next()]);
    } else {
      ranges.push([from, from]);
    }
  }
  return undefined;
}

/** A glob without braces for each way to read them; none where there are too many. */
function alternativesOf(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0) {
    if (open.length + done.length > MAX_ALTERNATIVES) {
      return [];
    }
    const next = open.pop() as string;
    const braces = firstBraces(next);
    if (braces) {
      const { start, parts, end } = braces;
      open.push(
        ...parts.map(part => next.slice(0, start) + part + next.slice(end)),
      );
    } else {
      done.push(next);
    }
  }
  return done;
}

/** The first braces with a comma in them. */
function firstBraces(
  glob: string,
): { start: number; parts: string[]; end: number } | undefined {
  const opened: Array<{ start: number; commas: number[] }> = [];
  for (let at = 0; at < glob.length; at += 1) {
    const innermost = opened[opened.length - 1];
    if (glob[at] === '\\') {
      at += 1;
    } else if (glob[at] === '{') {
      opened.push({ start: at, commas: [] });
    } else if (glob[at] === ',') {
      innermost?.commas.push(at);
    } else if (glob[at] === '}' && innermost) {
      opened.pop();
      if (innermost.commas.length > 0) {
        const cuts = [innermost.start, ...innermost.commas, at];
        return {
          start: innermost.start,
          parts: cuts.slice(1).map((cut, n) => glob.slice(cuts[n] + 1, cut)),
          end: at + 1,
        };
      }
    }
  }
  return undefined;
}

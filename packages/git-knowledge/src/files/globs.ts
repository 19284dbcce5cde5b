import picomatch from 'picomatch';
import { normalisePath } from './paths';

const MAX_LENGTH = 1000;

/**
 * Whether a path matches one of the globs: `*`, `**`, `?`, `[a-z]` and `{a,b}`, from
 * the root of the repository. Globs may stand in the repository, so what else picomatch
 * knows, down to regular expressions, means itself here; one that is empty or very
 * long matches nothing.
 *
 * @param options.braces - false where `{a,b}` means itself too
 */
export function matcherOf(
  globs: readonly string[],
  options: { braces?: boolean } = {},
): (path: string) => boolean {
  const usable = globs
    .map(normalisePath)
    .filter(glob => glob !== '' && glob.length <= MAX_LENGTH)
    .map(glob =>
      glob.replace(/\\.|[()|+]/gs, one =>
        one.startsWith('\\') ? one : `\\${one}`,
      ),
    );
  const isMatch = picomatch(usable, {
    dot: true,
    noextglob: true,
    nonegate: true,
    nobrace: options.braces === false,
    // Names may hold line breaks.
    flags: 's',
  });
  return path => isMatch(path);
}

import { WhoUnderstandsAnswer } from '../../schemas';

/**
 * Who knows the part of an entity that a path or a link names, in one line.
 * @public
 */
export function partInWords(
  part: NonNullable<WhoUnderstandsAnswer['part']>,
): string {
  const { path, people = [] } = part;
  return `${path}: ${
    people.map(one => one.displayName).join(', ') ||
    'nobody is known to know it'
  }`;
}

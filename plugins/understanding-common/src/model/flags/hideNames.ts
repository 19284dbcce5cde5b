import { Reason } from '../../schemas';

/**
 * Leaves out the reasons that name an entity which the reader may not see, and says
 * how many there are: they count, and are never told by name.
 *
 * @param isVisible - whether the reader may see an entity
 * @param words - what is said of that many reasons instead
 * @public
 */
export function hideNames(
  reasons: readonly Reason[],
  isVisible: (entityRef: string) => boolean,
  words: (hidden: number) => string,
): Reason[] {
  const seen = reasons.filter(
    ({ entityRef }) => !entityRef || isVisible(entityRef),
  );
  const hidden = reasons.length - seen.length;
  return hidden === 0 ? seen : [...seen, { message: words(hidden) }];
}

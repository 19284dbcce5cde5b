import { Difference } from '../../schemas';
import { InWords } from './inWords';

/**
 * What one version says otherwise than the one before, field by field, in words.
 *
 * @param before - undefined for the first version, of which all is new
 * @public
 */
export function differencesBetween(
  before: InWords | undefined,
  after: InWords,
): Difference[] {
  return Object.entries(after)
    .map(([field, text]) => ({ field, before: before?.[field], after: text }))
    .filter(one => one.before !== one.after);
}

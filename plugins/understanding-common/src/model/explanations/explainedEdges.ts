import { Criticality } from '../../schemas';
import { daysAfter } from '../settings';

/**
 * How a dependency stands: its criticality, or that there is none any more.
 * @public
 */
export type EdgeStanding = Criticality | 'gone';

/** Within that many days, the catalog has read what a merge says of dependencies. */
const FOLLOWED_DAYS = 1;

/**
 * Until when dependencies that change are what a merge itself has changed.
 * @public
 */
export function edgesSettleAt(mergedAt: string): string {
  return daysAfter(mergedAt, FOLLOWED_DAYS);
}

/**
 * From when on merges may not be settled yet at an instant.
 * @public
 */
export function unsettledSince(now: string): string {
  return daysAfter(now, -FOLLOWED_DAYS);
}

/**
 * Whether a dependency is another one than was explained: it is gone, or it is HARD
 * and was SOFT, or the other way round. That somebody says for the first time which of
 * the two it is, changes nothing that was explained.
 * @public
 */
export function edgeChanged(
  explained: EdgeStanding | undefined,
  present: EdgeStanding | undefined,
): boolean {
  const isKnown = (one: EdgeStanding | undefined) =>
    one !== undefined && one !== 'UNCLASSIFIED';
  return present === 'gone'
    ? explained !== undefined && explained !== 'gone'
    : explained !== present && isKnown(explained) && isKnown(present);
}

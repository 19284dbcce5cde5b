import { Freshness } from '../../schemas';
import { UnderstandingSettings, daysAfter } from '../settings';

/**
 * How fresh evidence is, and when that changes by time alone.
 *
 * @param latestAt - the latest instant of the evidence, ISO 8601
 * @param now - ISO 8601
 * @returns `until` is the exact instant at which the next state begins; absent
 * for old evidence, which stays old. Both limits belong to the later state.
 * @public
 */
export function freshness(
  latestAt: string,
  now: string,
  settings: UnderstandingSettings['evidence'],
): { state: Freshness; until?: string } {
  const freshUntil = daysAfter(latestAt, settings.freshDays);
  if (now < freshUntil) {
    return { state: 'fresh', until: freshUntil };
  }
  const fadingUntil = daysAfter(latestAt, settings.fadingDays);
  if (now < fadingUntil) {
    return { state: 'fading', until: fadingUntil };
  }
  return { state: 'old' };
}

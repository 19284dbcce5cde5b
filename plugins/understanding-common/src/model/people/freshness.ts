import { Freshness } from '../../schemas';
import { UnderstandingSettings, daysAfter } from '../settings';

/**
 * Judges evidence at an instant by the latest one of its own, ISO 8601. Both limits
 * belong to the later state. They are calculated once, since very many may have worked
 * on one entity.
 * @public
 */
export function freshnessAt(
  now: string,
  settings: UnderstandingSettings['evidence'],
): (latestAt: string) => Freshness {
  const fading = daysAfter(now, -settings.freshDays);
  const old = daysAfter(now, -settings.fadingDays);
  return latestAt => {
    if (latestAt > fading) {
      return 'fresh';
    }
    return latestAt > old ? 'fading' : 'old';
  };
}

/**
 * The exact instant at which evidence of that state reaches the next one by time alone;
 * undefined for old evidence, which stays old.
 * @public
 */
export function freshnessUntil(
  latestAt: string,
  state: Freshness,
  settings: UnderstandingSettings['evidence'],
): string | undefined {
  switch (state) {
    case 'fresh':
      return daysAfter(latestAt, settings.freshDays);
    case 'fading':
      return daysAfter(latestAt, settings.fadingDays);
    default:
      return undefined;
  }
}

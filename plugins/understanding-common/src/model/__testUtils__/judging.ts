import { EvidenceKind } from '../../schemas';
import { PersonRecord } from '../people/records';
import { judgePeople } from '../people/understanding';
import { UnderstandingSettings, defaultSettings } from '../settings';
import { NOW } from './builders';

/** Every kind of evidence there is. */
export const ALL_KINDS: EvidenceKind[] = [
  'authored',
  'reviewed',
  'explained',
  'documented',
  'operated',
  'taught',
];

/** The settings of an installation that collects these kinds. */
export function collecting(
  collectedKinds: readonly EvidenceKind[],
  minimumKinds: number = 2,
): UnderstandingSettings {
  return {
    ...defaultSettings,
    understands: {
      ...defaultSettings.understands,
      minimumKinds,
      collectedKinds,
    },
  };
}

/** What those people understand now. */
export function judge(
  people: readonly PersonRecord[],
  settings: UnderstandingSettings = collecting(ALL_KINDS),
) {
  return judgePeople({ people, now: NOW, settings });
}

import { IdentityCandidate } from '@understanding-dev/backstage-plugin-understanding-common';

/** What is asked for where somebody decides on candidates. */
export function decisionOn(
  candidates: readonly IdentityCandidate[],
  state: 'confirmed' | 'refused',
) {
  return {
    decisions: candidates.map(({ identifier, personRef }) => ({
      identifier,
      personRef,
      state,
    })),
  };
}

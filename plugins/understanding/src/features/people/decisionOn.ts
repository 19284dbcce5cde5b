import { IdentityCandidate } from '@understanding-dev/backstage-plugin-understanding-common';

/** What is asked for where somebody decides on one candidate. */
export function decisionOn(
  { identifier, personRef }: IdentityCandidate,
  state: 'confirmed' | 'refused',
) {
  return { decisions: [{ identifier, personRef, state }] };
}

import { HandEvidence } from '../../schemas';

/**
 * Why a session does not pay what is owed to an entity for a change: it has to be one
 * in which that entity was taught, after the merge, as two people say, of whom one
 * taught it.
 *
 * @returns undefined where it pays
 * @public
 */
export function whySessionDoesNotPay(
  session: Pick<
    HandEvidence,
    'at' | 'entityRef' | 'kind' | 'state' | 'verified'
  >,
  debt: { readonly entityRef: string; readonly openedAt: string },
): string | undefined {
  const { at, entityRef, kind, state, verified } = session;
  if (kind !== 'taught' || entityRef !== debt.entityRef) {
    return `it is no session in which ${debt.entityRef} was taught`;
  }
  if (state !== 'confirmed') {
    return 'who taught it has not confirmed it';
  }
  if (!verified) {
    return 'only who taught it says so; somebody who was there has to propose it';
  }
  return at > debt.openedAt ? undefined : 'it was before the merge';
}

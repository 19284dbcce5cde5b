import { whySessionDoesNotPay } from './taughtSession';

const DEBT = {
  entityRef: 'component:default/cart',
  openedAt: '2026-05-20T10:00:00.000Z',
};
const SESSION = {
  kind: 'taught',
  state: 'confirmed',
  verified: true,
  entityRef: DEBT.entityRef,
  at: '2026-05-20T10:00:00.001Z',
} as const;

describe('a session in which something was taught', () => {
  it('pays for what was merged before it', () => {
    expect(whySessionDoesNotPay(SESSION, DEBT)).toBeUndefined();
  });

  it.each([
    [{ at: DEBT.openedAt }, 'before the merge'],
    [{ entityRef: 'component:default/till' }, 'no session in which'],
    [{ kind: 'documented' as const }, 'no session in which'],
    [{ state: 'proposed' as const, verified: false }, 'has not confirmed it'],
    [{ state: 'declined' as const, verified: false }, 'has not confirmed it'],
    [{ verified: false }, 'only who taught it says so'],
  ])('with %j does not pay: %s', (other, why) => {
    expect(whySessionDoesNotPay({ ...SESSION, ...other }, DEBT)).toContain(why);
  });
});

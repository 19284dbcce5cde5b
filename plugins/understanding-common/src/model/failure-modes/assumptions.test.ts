import { NOW, inDays, justBefore } from '../__testUtils__/builders';
import { assumptionContentSchema } from '../../schemas';
import { defaultSettings } from '../settings';
import { assumptionState, assumptionTemplates } from './assumptions';

const state = (days: number, now: string = NOW, refuted = false) =>
  assumptionState(
    { verifyBy: inDays(days), refuted },
    now,
    defaultSettings.assumptions,
  );

describe('assumptionState', () => {
  it('warns 30 days before the end, and tells the end, to the millisecond', () => {
    expect(state(31)).toEqual({ state: 'holds', until: inDays(1) });
    expect(state(31, justBefore(inDays(1))).state).toBe('holds');
    expect(state(31, inDays(1))).toEqual({
      state: 'due-soon',
      until: inDays(31),
    });
    expect(state(31, justBefore(inDays(31))).state).toBe('due-soon');
    expect(state(31, inDays(31))).toEqual({ state: 'expired' });
  });

  it('believes who refuted it, whatever the date', () => {
    expect(state(300, NOW, true)).toEqual({ state: 'refuted' });
  });
});

describe.each([...assumptionTemplates])('the template $id', template => {
  it('is an assumption once somebody says what it rests on', () => {
    const { refutedBy, statement, unit, url, verifyBy } = template;
    expect(
      assumptionContentSchema.parse({
        entityRef: 'component:default/ledger',
        basis: 'vendor',
        statement,
        refutedBy,
        url,
        limit: unit ? { value: 1, unit } : undefined,
        verifyBy: verifyBy ?? NOW,
      }),
    ).toMatchObject({ statement });
  });
});

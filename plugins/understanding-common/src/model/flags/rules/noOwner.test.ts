import { ruleInput } from '../../__testUtils__/builders';
import { FlagRuleInput } from '../FlagRule';
import { noOwner } from './noOwner';

const evaluate = (owner: FlagRuleInput['owner']) =>
  noOwner.evaluate(ruleInput({ owner }));

const team = {
  type: 'team',
  ref: 'group:default/payments',
  title: 'Payments',
} as const;
const ann = { type: 'person', ref: 'user:default/ann', title: 'Ann' } as const;

describe('noOwner', () => {
  it.each<[FlagRuleInput['owner'], string]>([
    [{ type: 'none' }, 'The catalog names no owner'],
    [
      { type: 'unknown-team', ref: 'group:default/gone' },
      'Its owner group:default/gone is not in the catalog',
    ],
    [{ ...team, activeMembers: 0 }, 'Its owner Payments has no active member'],
    [{ ...ann, activeMembers: 0 }, 'Its owner Ann is not active'],
  ])('is raised for %j', (owner, message) => {
    expect(evaluate(owner)).toEqual({
      type: 'raised',
      severity: 'high',
      reasons: [{ message }],
      repair: {
        message: 'Name a team with members as its owner in its catalog file.',
      },
    });
  });

  it.each([
    { ...team, activeMembers: 1 },
    { ...team, activeMembers: 9 },
    { ...ann, activeMembers: 1 },
  ])('is clear for %j', owner => {
    expect(evaluate(owner)).toEqual({ type: 'clear' });
  });

  it('is never unknown, whatever else is', () => {
    const unknown = { type: 'unknown' } as const;
    const input = { documents: unknown, understanding: unknown };
    expect(noOwner.evaluate(ruleInput(input)).type).toBe('clear');
    expect(
      noOwner.evaluate(ruleInput({ ...input, owner: { type: 'none' } })).type,
    ).toBe('raised');
  });
});

import { AssumptionState } from '../../../schemas';
import { inDays, ruleInput } from '../../__testUtils__/builders';
import { expiringAssumption } from './expiringAssumption';

const assumption = (state: AssumptionState) => ({
  statement: 'We open few files.',
  state,
  verifyBy: inDays(10),
});

const evaluate = (...states: AssumptionState[]) =>
  expiringAssumption.evaluate(
    ruleInput({ assumptions: states.map(assumption) }),
  );

describe('expiringAssumption', () => {
  it('warns before the end, and is severe after it', () => {
    expect(evaluate('due-soon', 'holds')).toMatchObject({
      type: 'raised',
      severity: 'medium',
      reasons: [
        { message: '“We open few files.” has to be looked at by 2026-03-11' },
      ],
    });
    expect(evaluate('due-soon', 'expired', 'refuted')).toMatchObject({
      severity: 'high',
      reasons: [
        {},
        {
          message:
            '“We open few files.” should have been looked at by 2026-03-11',
        },
        { message: '“We open few files.” does not hold' },
      ],
    });
  });

  it('is clear where all hold', () => {
    expect(evaluate('holds')).toEqual({ type: 'clear' });
    expect(evaluate()).toEqual({ type: 'clear' });
  });
});

import { ruleInput } from '../../__testUtils__/builders';
import { unpreventedFailure } from './unpreventedFailure';

describe('unpreventedFailure', () => {
  it('names what is noticed at best', () => {
    expect(
      unpreventedFailure.evaluate(
        ruleInput({
          unprevented: [
            { title: 'Double payment', detected: true },
            {
              title: 'Ledger lost',
              detected: false,
              targetRef: 'component:default/ledger',
            },
          ],
        }),
      ),
    ).toMatchObject({
      type: 'raised',
      severity: 'high',
      reasons: [
        {
          message:
            '“Double payment” is noticed, and nothing prevents or mitigates it',
        },
        {
          message:
            '“Ledger lost” is not even noticed, and nothing prevents or mitigates it',
          entityRef: 'component:default/ledger',
        },
      ],
    });
  });

  it('is clear otherwise', () => {
    expect(unpreventedFailure.evaluate(ruleInput())).toEqual({ type: 'clear' });
  });
});

import { inDays, ruleInput } from '../../__testUtils__/builders';
import { undeclaredDependency } from './undeclaredDependency';

describe('undeclaredDependency', () => {
  it('is raised by calls that nothing declares, and names both', () => {
    expect(
      undeclaredDependency.evaluate(
        ruleInput({
          traffic: {
            type: 'known',
            unseen: [],
            undeclared: [
              { targetRef: 'component:default/cart', lastSeen: inDays(-1) },
            ],
          },
        }),
      ),
    ).toMatchObject({
      type: 'raised',
      severity: 'medium',
      reasons: [
        {
          message: 'It called component:default/cart, last seen on 2026-02-28',
          entityRef: 'component:default/cart',
        },
      ],
    });
  });

  it('is clear where all calls are declared, and unknown without any', () => {
    expect(
      undeclaredDependency.evaluate(
        ruleInput({ traffic: { type: 'known', unseen: [], undeclared: [] } }),
      ),
    ).toEqual({ type: 'clear' });
    expect(undeclaredDependency.evaluate(ruleInput())).toEqual({
      type: 'unknown',
    });
  });
});

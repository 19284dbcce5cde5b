import { inDays, ruleInput } from '../../__testUtils__/builders';
import { unseenDependency } from './unseenDependency';

describe('unseenDependency', () => {
  it('is raised by a dependency without calls, and says since when', () => {
    expect(
      unseenDependency.evaluate(
        ruleInput({
          traffic: {
            type: 'known',
            unseen: [
              { targetRef: 'component:default/cart', since: inDays(-31) },
            ],
            undeclared: [],
          },
        }),
      ),
    ).toMatchObject({
      type: 'raised',
      severity: 'low',
      reasons: [
        {
          message:
            'No call to component:default/cart was seen since 2026-01-29',
          entityRef: 'component:default/cart',
        },
      ],
    });
  });

  it('is clear where all dependencies are called, and unknown without any', () => {
    expect(
      unseenDependency.evaluate(
        ruleInput({ traffic: { type: 'known', unseen: [], undeclared: [] } }),
      ),
    ).toEqual({ type: 'clear' });
    expect(unseenDependency.evaluate(ruleInput())).toEqual({
      type: 'unknown',
    });
  });
});

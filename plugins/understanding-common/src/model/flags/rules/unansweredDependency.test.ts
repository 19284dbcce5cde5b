import { inDays, ruleInput } from '../../__testUtils__/builders';
import { unansweredDependency } from './unansweredDependency';

describe('unansweredDependency', () => {
  it('names each HARD dependency with what nobody answered', () => {
    expect(
      unansweredDependency.evaluate(
        ruleInput({
          unanswered: [
            {
              targetRef: 'component:default/cart',
              conditions: ['slow', 'wrong-data'],
              firstSeen: inDays(-2),
            },
          ],
        }),
      ),
    ).toMatchObject({
      type: 'raised',
      severity: 'medium',
      reasons: [
        {
          message:
            'No answer for component:default/cart being slow, wrong-data; HARD dependency since 2026-02-27',
          entityRef: 'component:default/cart',
        },
      ],
    });
  });

  it('names what an open change would add, with the way there', () => {
    const finding = unansweredDependency.evaluate(
      ruleInput({
        unanswered: [
          {
            targetRef: 'component:default/cart',
            conditions: ['down'],
            change: { url: 'https://code.example/7', title: 'Ask the cart' },
          },
        ],
      }),
    );
    expect(finding).toMatchObject({
      type: 'raised',
      reasons: [
        {
          message:
            'No answer for component:default/cart being down; “Ask the cart”, which is open, makes it a HARD dependency',
          url: 'https://code.example/7',
          entityRef: 'component:default/cart',
        },
      ],
    });
  });

  it('is clear where all are answered', () => {
    expect(unansweredDependency.evaluate(ruleInput())).toEqual({
      type: 'clear',
    });
  });
});

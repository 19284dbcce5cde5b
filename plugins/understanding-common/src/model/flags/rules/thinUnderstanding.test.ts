import { ruleInput } from '../../__testUtils__/builders';
import { FlagRuleInput } from '../FlagRule';
import { thinUnderstanding } from './thinUnderstanding';

type Known = Extract<FlagRuleInput['understanding'], { type: 'known' }>;

const known: Known = {
  type: 'known',
  people: 2,
  minimumPeople: 2,
  kindsNeeded: 1,
  freshDays: 180,
  lastEvidenceAt: '2025-04-05T10:00:00.000Z',
};

const evaluate = (understanding: Partial<Known>) =>
  thinUnderstanding.evaluate(
    ruleInput({ understanding: { ...known, ...understanding } }),
  );

describe('thinUnderstanding', () => {
  it.each<[Partial<Known>, string, string]>([
    [
      { people: 0 },
      'high',
      'No active person has evidence younger than 180 days; the last evidence of anybody is of 2025-04-05',
    ],
    [
      { people: 0, lastEvidenceAt: undefined, freshDays: 90 },
      'high',
      'No active person has evidence younger than 90 days',
    ],
    [
      // Somebody may have one kind, so it must not say that nobody has any.
      { people: 0, kindsNeeded: 2, lastEvidenceAt: undefined },
      'high',
      'No active person has 2 kinds of evidence younger than 180 days',
    ],
    [
      { people: 1 },
      'medium',
      '1 active person understands it, of at least 2 that are needed',
    ],
    [
      { people: 2, minimumPeople: 3 },
      'medium',
      '2 active people understand it, of at least 3 that are needed',
    ],
  ])('is raised for %j', (understanding, severity, message) => {
    expect(evaluate(understanding)).toEqual({
      type: 'raised',
      severity,
      reasons: [{ message }],
      repair: { message: expect.stringMatching(/ next change/) },
    });
  });

  it.each([{ people: 2 }, { people: 5 }, { people: 1, minimumPeople: 1 }])(
    'is clear for %j',
    understanding => {
      expect(evaluate(understanding)).toEqual({ type: 'clear' });
    },
  );

  it('is unknown where the source cannot be read', () => {
    expect(
      thinUnderstanding.evaluate(
        ruleInput({ understanding: { type: 'unknown' } }),
      ),
    ).toEqual({ type: 'unknown' });
  });
});

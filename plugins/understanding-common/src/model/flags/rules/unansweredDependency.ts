import { FlagRule } from '../FlagRule';

export const unansweredDependency: FlagRule = {
  id: 'unanswered-dependency',
  title: 'Unanswered dependency',
  description:
    'The entity fails without another one, and nobody has said what happens when that one fails.',
  evaluate({ unanswered }) {
    if (unanswered.length === 0) {
      return { type: 'clear' };
    }
    return {
      type: 'raised',
      severity: 'medium',
      reasons: unanswered.map(({ targetRef, conditions, firstSeen }) => ({
        message: `No answer for ${targetRef} being ${conditions.join(
          ', ',
        )}; HARD dependency since ${firstSeen.slice(0, 10)}`,
        entityRef: targetRef,
      })),
      repair: {
        message:
          'Describe one failure mode for each of them: what happens, how it is noticed, and what is done. Or accept it, with a reason and an end.',
      },
    };
  },
};

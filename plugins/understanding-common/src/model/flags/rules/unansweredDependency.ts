import { FlagRule } from '../FlagRule';

export const unansweredDependency: FlagRule = {
  id: 'unanswered-dependency',
  title: 'Unanswered dependency',
  description:
    'The entity fails without another one, or would once an open change is merged, and nobody has said what happens when that one fails.',
  evaluate({ unanswered }) {
    if (unanswered.length === 0) {
      return { type: 'clear' };
    }
    return {
      type: 'raised',
      severity: 'medium',
      reasons: unanswered.map(({ targetRef, conditions, ...one }) => ({
        message: `No answer for ${targetRef} being ${conditions.join(', ')}; ${
          'change' in one
            ? `“${one.change.title}”, which is open, makes it a HARD dependency`
            : `HARD dependency since ${one.firstSeen.slice(0, 10)}`
        }`,
        url: 'change' in one ? one.change.url : undefined,
        entityRef: targetRef,
      })),
      repair: {
        message:
          'Describe one failure mode for each of them: what happens, how it is noticed, and what is done. Or accept it, with a reason and an end.',
      },
    };
  },
};

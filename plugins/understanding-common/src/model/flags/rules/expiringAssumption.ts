import { AssumptionState } from '../../../schemas';
import { FlagRule } from '../FlagRule';

const WORDS: Record<Exclude<AssumptionState, 'holds'>, string> = {
  refuted: 'does not hold',
  expired: 'should have been looked at by',
  'due-soon': 'has to be looked at by',
};

export const expiringAssumption: FlagRule = {
  id: 'expiring-assumption',
  title: 'Expiring assumption',
  description:
    'The entity rests on an assumption that ends soon, has ended, or was refuted.',
  evaluate({ assumptions }) {
    const reasons = assumptions.flatMap(({ state, statement, verifyBy }) =>
      state === 'holds'
        ? []
        : [
            {
              message: `“${statement}” ${WORDS[state]}${
                state === 'refuted' ? '' : ` ${verifyBy.slice(0, 10)}`
              }`,
            },
          ],
    );
    if (reasons.length === 0) {
      return { type: 'clear' };
    }
    const isPast = assumptions.some(
      ({ state }) => state === 'expired' || state === 'refuted',
    );
    return {
      type: 'raised',
      severity: isPast ? 'high' : 'medium',
      reasons,
      repair: {
        message:
          'Look at what would refute it, and say on the page whether it still holds and until when. Where it does not, change what rests on it.',
      },
    };
  },
};

import { FlagRule } from '../FlagRule';

export const unpreventedFailure: FlagRule = {
  id: 'unprevented-failure',
  title: 'Unprevented failure',
  description:
    'A failure mode of high criticality is neither prevented nor mitigated; at best it is noticed.',
  evaluate({ unprevented }) {
    if (unprevented.length === 0) {
      return { type: 'clear' };
    }
    return {
      type: 'raised',
      severity: 'high',
      reasons: unprevented.map(({ title, detected, targetRef }) => ({
        message: `“${title}” is ${
          detected ? 'noticed' : 'not even noticed'
        }, and nothing prevents or mitigates it`,
        entityRef: targetRef,
      })),
      repair: {
        message:
          'Say in the failure mode what prevents or mitigates it. Where nothing does, begin with a limit, a fallback or a switch that keeps the damage small.',
      },
    };
  },
};

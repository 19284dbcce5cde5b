import { FlagRule } from '../FlagRule';

export const unseenDependency: FlagRule = {
  id: 'unseen-dependency',
  title: 'Unseen dependency',
  description:
    'The catalog declares a dependency on which no call was seen for a long time, though both sides take part in traffic that can be seen.',
  evaluate({ traffic }) {
    if (traffic.type === 'unknown') {
      return { type: 'unknown' };
    }
    if (traffic.unseen.length === 0) {
      return { type: 'clear' };
    }
    return {
      type: 'raised',
      severity: 'low',
      reasons: traffic.unseen.map(({ targetRef, since }) => ({
        message: `No call to ${targetRef} was seen since ${since.slice(0, 10)}`,
        entityRef: targetRef,
      })),
      repair: {
        message:
          'Remove the dependency from its catalog file, or test that the path which needs it still works.',
      },
    };
  },
};

import { FlagRule } from '../FlagRule';

export const undeclaredDependency: FlagRule = {
  id: 'undeclared-dependency',
  title: 'Undeclared dependency',
  description:
    'The entity was seen calling another one, and the catalog does not declare that it depends on it.',
  evaluate({ traffic }) {
    if (traffic.type === 'unknown') {
      return { type: 'unknown' };
    }
    if (traffic.undeclared.length === 0) {
      return { type: 'clear' };
    }
    return {
      type: 'raised',
      severity: 'medium',
      reasons: traffic.undeclared.map(({ targetRef, lastSeen }) => ({
        message: `It called ${targetRef}, last seen on ${lastSeen.slice(
          0,
          10,
        )}`,
        entityRef: targetRef,
      })),
      repair: {
        message:
          'Add the entity called to spec.dependsOn in its catalog file, or its API to spec.consumesApis; or find out who makes these calls, and end them.',
      },
    };
  },
};

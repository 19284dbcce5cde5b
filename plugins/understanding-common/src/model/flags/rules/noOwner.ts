import { FlagRule } from '../FlagRule';

export const noOwner: FlagRule = {
  id: 'no-owner',
  title: 'No owner',
  description:
    'Nobody can be asked: the entity is owned neither by a team with active members nor by an active person.',
  evaluate({ owner }) {
    switch (owner.type) {
      case 'none':
        return raised('The catalog names no owner');
      case 'unknown-team':
        return raised(`Its owner ${owner.ref} is not in the catalog`);
      case 'person':
        return owner.activeMembers > 0
          ? { type: 'clear' }
          : raised(`Its owner ${owner.title} is not active`);
      default:
        return owner.activeMembers > 0
          ? { type: 'clear' }
          : raised(`Its owner ${owner.title} has no active member`);
    }
  },
};

function raised(message: string) {
  return {
    type: 'raised',
    severity: 'high',
    reasons: [{ message }],
    repair: {
      message: 'Name a team with members as its owner in its catalog file.',
    },
  } as const;
}

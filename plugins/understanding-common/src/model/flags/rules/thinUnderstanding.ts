import { FlagRule } from '../FlagRule';

export const thinUnderstanding: FlagRule = {
  id: 'thin-understanding',
  title: 'Thin understanding',
  description:
    'Too few active people show by fresh evidence that they understand the entity.',
  evaluate({ understanding }) {
    if (understanding.type === 'unknown') {
      return { type: 'unknown' };
    }
    const { people, minimumPeople, kindsNeeded, freshDays, lastEvidenceAt } =
      understanding;
    if (people >= minimumPeople) {
      return { type: 'clear' };
    }
    if (people === 0) {
      const evidence =
        kindsNeeded > 1 ? `${kindsNeeded} kinds of evidence` : 'evidence';
      const last = lastEvidenceAt
        ? `; the last evidence of anybody is of ${lastEvidenceAt.slice(0, 10)}`
        : '';
      return {
        type: 'raised',
        severity: 'high',
        reasons: [
          {
            message: `No active person has ${evidence} younger than ${freshDays} days${last}`,
          },
        ],
        repair: {
          message:
            'Let one person make the next change together with somebody who reviews it closely; begin with a small one.',
        },
      };
    }
    return {
      type: 'raised',
      severity: 'medium',
      reasons: [
        {
          message: `${people} active ${
            people === 1 ? 'person understands' : 'people understand'
          } it, of at least ${minimumPeople} that are needed`,
        },
      ],
      repair: {
        message:
          'Let another person make the next change, with one who understands it as reviewer.',
      },
    };
  },
};

import {
  AiAssistance,
  AssessmentResult,
  ExplainedChange,
  Explanation,
  Rubric,
} from '@understanding-dev/backstage-plugin-understanding-common';

export const AI_ASSISTANCE: Record<AiAssistance, string> = {
  none: 'None',
  assisted: 'Assisted',
  unknown: 'Unknown',
};

/** What a reviewer says, and what it means. */
export const RESULTS: Record<
  AssessmentResult,
  { label: string; meaning: string }
> = {
  genuine: {
    label: 'Genuine',
    meaning: 'it shows understanding, and you could operate the change with it',
  },
  surface: {
    label: 'Surface',
    meaning: 'it does not yet, and the note says what is missing',
  },
  'not-assessable': {
    label: 'Not assessable',
    meaning: 'you cannot tell, for instance since you do not know this part',
  },
};

/** What a reviewer looks for. */
export const RUBRIC: Record<keyof Rubric, string> = {
  mechanism: 'It names the mechanism',
  conditionAndEffect: 'It names a condition and its effect',
  alternativeRejected: 'An alternative was really rejected',
  observableSign: 'It names a sign that can be observed',
};

/** A change as people of its host call it. */
export function changeName(
  change: Pick<ExplainedChange, 'repository' | 'number'>,
): string {
  return `${change.repository}#${change.number}`;
}

/** What an explanation is called in lists and headings. */
export function titleOf({ change, entityRefs }: Explanation): string {
  if (change) {
    return change.title || changeName(change);
  }
  return `Explanation of ${entityRefs.join(', ') || 'something hidden'}`;
}

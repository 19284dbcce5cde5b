import { AssessmentResult } from '../../schemas';

/**
 * What somebody said by a button of a host, which does not answer whoever presses one.
 * @public
 */
export interface PressedAssessment {
  /** As the host calls them. */
  readonly login: string;
  readonly bot: boolean;
  readonly result: AssessmentResult;
  /** In the change or its explanation. */
  readonly hadPart: boolean;
  /** Absent until the host has said so. */
  readonly mayReview?: boolean;
  /** Whether the text that it is of stands there now. */
  readonly sameText: boolean;
  /** Whether the code that it is of does. */
  readonly sameCode: boolean;
}

/**
 * Why an assessment does not count, in words for whoever made it.
 *
 * @returns undefined where it counts, or where that is not known yet
 * @public
 */
export function whyUncounted(one: PressedAssessment): string | undefined {
  const { login, result, bot, hadPart, mayReview, sameText, sameCode } = one;
  if (bot) {
    return `${login} is a bot; a human has to assess the explanation.`;
  }
  if (hadPart) {
    return `${login} had a part in the change or its explanation; somebody else has to assess it.`;
  }
  if (mayReview === false) {
    return `${login} may not review in this repository.`;
  }
  if (!sameText) {
    return `${login} chose “${result}” for a text that was edited since; look at it again.`;
  }
  return sameCode
    ? undefined
    : `${login} chose “${result}” for an older head; look at it again.`;
}

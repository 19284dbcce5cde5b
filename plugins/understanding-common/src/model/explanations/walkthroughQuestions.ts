import { WalkthroughAnswer, WalkthroughQuestion } from '../../schemas';
import { comparable } from './plainText';
import { QuestionEdge } from './questions';

/**
 * What the questions of a walkthrough are made from.
 * @public
 */
export interface WalkthroughInput {
  readonly title: string;
  /** Edges that leave the entity. */
  readonly edges: ReadonlyArray<
    Pick<QuestionEdge, 'targetRef' | 'targetTitle' | 'criticality'>
  >;
  /** Titles of entities that depend on it. */
  readonly callers: readonly string[];
  /** Titles of its assumptions that are limits with a number. */
  readonly limits: readonly string[];
}

/** More names than that are only counted. */
const MAX_NAMES = 5;

/**
 * The canonical questions of a walkthrough, filled in from the graph: how the entity
 * behaves under load, how it keeps state across failure boundaries, what happens to
 * data when each HARD dependency is gone, its limits, and its recovery.
 * @public
 */
export function walkthroughQuestions(
  input: WalkthroughInput,
): WalkthroughQuestion[] {
  const { callers, edges, limits, title } = input;
  const targets = edges.map(edge => edge.targetTitle);
  return [
    {
      key: 'load',
      question: `How does ${title} behave under load, and under twice of it?`,
      reason:
        callers.length > 0
          ? `${namesOf(callers)} ${
              callers.length === 1 ? 'depends' : 'depend'
            } on it.`
          : 'Nothing in the catalog depends on it, so its load comes from elsewhere.',
    },
    {
      key: 'state',
      question: `Which state does ${title} keep, and what keeps it consistent across its failure boundaries?`,
      reason:
        targets.length > 0
          ? `It depends on ${namesOf(targets)}, each of which can fail alone.`
          : 'It depends on nothing in the catalog; its own instances can fail alone.',
    },
    ...edges
      .filter(edge => edge.criticality === 'HARD')
      .map(({ targetRef, targetTitle }) => ({
        key: `gone ${targetRef}`,
        question: `What happens to data when ${targetTitle} is gone?`,
        reason: `${targetTitle} is a HARD dependency: ${title} fails without it.`,
        targetRef,
      })),
    {
      key: 'limits',
      question: `Which limits does ${title} have, and what is seen when one is reached?`,
      reason:
        limits.length > 0
          ? `These are assumed: ${namesOf(limits)}.`
          : 'Nobody has written down a limit of it yet.',
    },
    {
      key: 'recovery',
      question: `How does ${title} come back, in which order, and what has to be done by hand?`,
      reason: 'Whoever is called at night has to know.',
    },
  ];
}

/**
 * Questions that a walkthrough does not answer.
 * @public
 */
export function unansweredQuestions(
  questions: readonly WalkthroughQuestion[],
  answers: readonly WalkthroughAnswer[],
): WalkthroughQuestion[] {
  const answered = new Set(
    answers
      .filter(({ answer }) => comparable(answer) !== '')
      .map(({ key }) => key),
  );
  return questions.filter(({ key }) => !answered.has(key));
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES);
  const more = names.length - shown.length;
  if (more > 0) {
    return `${shown.join(', ')} and ${more} more`;
  }
  const [last, ...others] = [...shown].reverse();
  return others.length > 0
    ? `${others.reverse().join(', ')} and ${last}`
    : last;
}

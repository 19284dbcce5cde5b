import {
  AssessmentResult,
  ExplanationState,
  WalkthroughQuestion,
} from '../../schemas';
import { UnderstandingSettings, daysAfter } from '../settings';
import { explanationStanding } from './explanationState';

/**
 * What is known of a walkthrough. Lists are in any order.
 * @public
 */
export interface WalkthroughFacts {
  readonly versions: ReadonlyArray<{
    readonly at: string;
    /** The same for versions that say the same. */
    readonly text: string;
    readonly author: string;
  }>;
  readonly assessments: ReadonlyArray<{
    readonly at: string;
    readonly text: string;
    readonly reviewer: string;
    readonly result: AssessmentResult;
  }>;
  /** Significant changes of the entity that were merged after an instant. */
  readonly changesSince: (instant: string) => number;
  /** Those of the questions that are asked now which it does not answer. */
  readonly unanswered: readonly WalkthroughQuestion[];
}

/**
 * What follows from {@link WalkthroughFacts}.
 * @public
 */
export interface WalkthroughStanding {
  /** `stale` where an accepted one has fallen due. */
  readonly state: ExplanationState;
  /** Why it has to be gone through again. */
  readonly due: readonly string[];
  /** Who wrote the text that stands. */
  readonly authors: readonly string[];
  /** When that was written, or somebody else last found it genuine. */
  readonly confirmedAt?: string;
  /** When it falls due by time alone. */
  readonly dueAt?: string;
  readonly significantChanges: number;
}

/**
 * The state of a walkthrough: as of an explanation without a change, with the whole
 * entity as what it is of. Due it falls after so many days or significant changes since
 * it was written, or since a second person last found it genuine; and where a question
 * is asked now that it does not answer.
 * @public
 */
export function walkthroughStanding(
  facts: WalkthroughFacts,
  now: string,
  settings: UnderstandingSettings['walkthroughs'],
): WalkthroughStanding {
  const { assessments, unanswered, versions } = facts;
  const authors = versions.map(one => one.author);
  const { state, text } = explanationStanding({
    sightings: [],
    written: versions,
    assessments: assessments.map(one => ({
      ...one,
      bot: false,
      code: '',
      withdrawn: false,
    })),
    authors,
    authorsKnownOf: [''],
    required: false,
  });
  if (text === undefined) {
    return { state, due: [], authors: [], significantChanges: 0 };
  }
  const confirmedAt = [
    ...versions.filter(one => one.text === text),
    ...assessments.filter(
      one =>
        one.text === text &&
        one.result === 'genuine' &&
        !authors.includes(one.reviewer),
    ),
  ]
    .map(one => one.at)
    .reduce((latest, at) => (at > latest ? at : latest));
  const significantChanges = facts.changesSince(confirmedAt);
  const dueAt = daysAfter(confirmedAt, settings.dueDays);
  const due = [
    ...(dueAt <= now
      ? [`Nobody has confirmed it for ${settings.dueDays} days.`]
      : []),
    ...(significantChanges >= settings.dueChanges
      ? [
          `${significantChanges} significant changes were merged since it was confirmed.`,
        ]
      : []),
    ...unanswered.map(one => `It does not answer: ${one.question}`),
  ];
  return {
    state: state === 'accepted' && due.length > 0 ? 'stale' : state,
    due,
    authors: [
      ...new Set(
        versions.filter(one => one.text === text).map(one => one.author),
      ),
    ].sort(),
    confirmedAt,
    dueAt,
    significantChanges,
  };
}

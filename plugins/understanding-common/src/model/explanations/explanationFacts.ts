import { AssessmentResult } from '../../schemas';

/**
 * What a change explained, and of which code, when its host told of it.
 * @public
 */
export interface ExplanationSighting {
  /** By the host's time. */
  readonly at: string;
  /** The same for heads with the same code; the head itself where nobody knows. */
  readonly code: string;
  /** Of the explanation in its description; absent where there is none. */
  readonly text?: string;
  /** Whether the host was asked, which outweighs what else is told of that instant. */
  readonly asked: boolean;
}

/**
 * An explanation that was written on a page.
 * @public
 */
export interface WrittenExplanation {
  readonly at: string;
  readonly text: string;
}

/**
 * What a reviewer found.
 * @public
 */
export interface ReviewerAssessment {
  /** The same for all accounts of a person; absent where nobody is known. */
  readonly reviewer?: string;
  readonly bot: boolean;
  readonly at: string;
  readonly result: AssessmentResult;
  /** What was looked at, where that is told; else it follows from the instant. */
  readonly code?: string;
  readonly text?: string;
  /** Deleted or edited by whoever; then it still returns, but does not accept. */
  readonly withdrawn: boolean;
}

/**
 * All that is known of the explanation of one change. Lists are in any order.
 * @public
 */
export interface ExplanationFacts {
  /** As its host tells now; undefined for what is explained without a change. */
  readonly current?: Omit<ExplanationSighting, 'asked'>;
  readonly sightings: readonly ExplanationSighting[];
  readonly written: readonly WrittenExplanation[];
  readonly assessments: readonly ReviewerAssessment[];
  /** Whoever had a part in the change or its explanation, named as reviewers are. */
  readonly authors: readonly string[];
  /** The code whose authors are all known, co-authors of commits included. */
  readonly authorsKnownOf: readonly string[];
  /** Whether an explanation is asked for. */
  readonly required: boolean;
  /** When the change was merged. */
  readonly mergedAt?: string;
  /** When code or edges that it explains changed, after it was merged. */
  readonly changedSince?: string;
}

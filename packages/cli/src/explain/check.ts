import {
  AiAssistance,
  ExplanationHeadings,
  ExplanationPolicy,
  ExplanationPrompt,
  ExplanationQuestion,
  ExplanationSection,
  ExplanationState,
  HostCommit,
  aiAssistance,
  assistedCommits,
  explanationIn,
  explanationRequired,
  reviewerPrompts,
  reviewerQuestions,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { isAgentAddress } from '@understanding-dev/git-knowledge';

/** What is known of a change where no host tells of it. */
export interface CheckedChange {
  readonly title: string;
  readonly description: string;
  readonly author?: { readonly login: string; readonly bot: boolean };
  readonly labels: readonly string[];
  readonly commits: readonly HostCommit[];
  /** Paths, those before a renaming included; undefined where nobody tells. */
  readonly files?: readonly string[];
}

/**
 * Whether a change is explained, as far as its description and its difference tell.
 * @public
 */
export interface CheckAnswer {
  /** Whether an explanation is asked for, and why in one sentence. */
  readonly required: boolean;
  readonly because: string;
  /** As before anybody has assessed it. */
  readonly state: Extract<ExplanationState, 'missing' | 'submitted'>;
  /** Sections that are needed and say nothing. */
  readonly missing: readonly ExplanationSection[];
  readonly aiAssistance: AiAssistance;
  /** What a reviewer should look at; decides nothing. */
  readonly prompts: readonly ExplanationPrompt[];
  /** What a reviewer could ask; decides nothing. */
  readonly questions: readonly ExplanationQuestion[];
}

/**
 * The same verdict as in Backstage, by the same rules, of a change that nobody has
 * assessed yet and whose entities have no exemption. What needs the catalog is not
 * known here: questions about dependencies, and which other texts it is like.
 */
export function checkChange(
  change: CheckedChange,
  settings: { policy: ExplanationPolicy; headings: ExplanationHeadings },
  now: string,
): CheckAnswer {
  const { title, author, commits, files } = change;
  const explanation = explanationIn(change, settings.headings);
  const { assistance } = aiAssistance(
    change,
    assistedCommits(commits, isAgentAddress),
    isAgentAddress,
  );
  const { required, because } = explanationRequired(
    {
      policy: settings.policy,
      aiAssistance: assistance,
      author,
      files,
      exemptions: [],
    },
    now,
  );
  return {
    required,
    because,
    state: explanation.text ? 'submitted' : 'missing',
    missing: explanation.missing,
    aiAssistance: assistance,
    prompts: reviewerPrompts({
      explanation,
      title,
      commits: commits.map(({ message }) => message.split('\n')[0]),
      files: files ?? [],
      names: [],
      addedEdges: [],
    }),
    questions: reviewerQuestions({ files: files ?? [], edges: [] }),
  };
}

/** Whether nothing is left to do. */
export function isMet({ required, state }: CheckAnswer): boolean {
  return !required || state === 'submitted';
}

/** The same for people, in lines. */
export function inWords(answer: CheckAnswer): string[] {
  const { required, because, state, prompts, questions } = answer;
  const isMissing = state === 'missing';
  return [
    required
      ? `An explanation is asked for: ${because}`
      : `No explanation is asked for: ${because}`,
    isMissing
      ? `It is ${required ? 'missing' : 'not there'}.`
      : 'It is there, for somebody else to assess.',
    // Without one there is nothing to prompt about but what is missing.
    ...(isMissing && !required
      ? []
      : prompts.map(({ message }) => `- ${message}`)),
    ...(questions.length > 0
      ? [
          '',
          'A reviewer could ask:',
          ...questions.map(({ question, reason }) => `- ${question} ${reason}`),
        ]
      : []),
  ];
}

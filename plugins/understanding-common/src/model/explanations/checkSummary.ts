import {
  ExplanationPrompt,
  ExplanationQuestion,
  SuggestedReviewers,
} from '../../schemas';
import { ExplanationCheck } from './explanationCheck';
import { QueuedChange } from './mergeGroupCheck';

/**
 * What the summary of a check is made from.
 * @public
 */
export interface CheckSummaryInput {
  readonly check: ExplanationCheck;
  readonly required: boolean;
  readonly because: string;
  /** How many entities of the catalog the change affects. */
  readonly entities: number;
  /** How many of its files are known, where the host does not tell of all. */
  readonly onlyFiles?: number;
  readonly prompts: readonly ExplanationPrompt[];
  readonly questions: readonly ExplanationQuestion[];
  /** That describe what the change touches. */
  readonly documents: ReadonlyArray<{
    readonly title: string;
    readonly url?: string;
  }>;
  /** Why what was said by buttons does not count. */
  readonly uncounted: readonly string[];
  /** Who could review it; `not-named` where some readers may not see names. */
  readonly reviewers?: SuggestedReviewers | 'not-named';
  /** Of the record. */
  readonly url: string;
}

/** More than that are not read beside a change; the record has all. */
const MAX_DOCUMENTS = 10;

/**
 * What a host shows below a check, as Markdown: what is missing, what a reviewer could
 * ask and why, and which documents describe what is changed. It decides nothing.
 * @public
 */
export function checkSummary(input: CheckSummaryInput): string {
  const { check, required, because, prompts, questions, documents, url } =
    input;
  const { uncounted } = input;
  const parts = [
    `${escaped(check.title)}.`.replace(/([.!?])\.$/, '$1'),
    ...(required && check.state !== 'pending' ? [escaped(because)] : []),
    ...reachInWords(input),
  ];
  if (check.state === 'failure' || check.state === 'neutral') {
    parts.push(
      ...listed(
        'What a reviewer would notice',
        prompts.map(one => linked(one.message, one.url)),
      ),
    );
  }
  if (check.state !== 'pending') {
    parts.push(
      ...listed('What does not count', uncounted.map(escaped)),
      ...listed(
        'Questions for the author',
        questions.map(
          one => `${escaped(one.question)} — ${escaped(one.reason)}`,
        ),
      ),
      ...listed('Who could review it', reviewersInWords(input)),
      ...listed(
        'These documents describe what you changed',
        documents
          .slice(0, MAX_DOCUMENTS)
          .map(one => linked(one.title, one.url))
          .concat(
            documents.length > MAX_DOCUMENTS
              ? [`and ${documents.length - MAX_DOCUMENTS} more`]
              : [],
          ),
      ),
    );
  }
  parts.push(
    `Somebody who had no part in the change says whether its explanation shows understanding, by a comment that begins with \`/understanding genuine\`, \`surface\` or \`not-assessable\`, or in [the record](${url}).`,
  );
  return parts.join('\n\n');
}

/**
 * The same where no entity has explanations checked. It is always the same, so that such
 * a check is written once for a head.
 * @public
 */
export function uncheckedSummary(url: string): string {
  return `Nothing that this change affects has explanations checked, so it need not wait for one. It can be explained and assessed all the same, in [the record](${url}).`;
}

/**
 * The same of a merge group: what each of its changes has, with its record.
 * @public
 */
export function mergeGroupSummary(
  changes: ReadonlyArray<QueuedChange & { readonly url?: string }>,
): string {
  return listed(
    'What the merge queue tries together',
    changes.map(({ number, check, url }) =>
      linked(
        `#${number}: ${
          check ? `${check.state}, ${check.title}` : 'nobody asks for it'
        }`,
        url,
      ),
    ),
  ).join('\n\n');
}

/** What a change affects, where that is not one entity whose every file is known. */
function reachInWords({ entities, onlyFiles }: CheckSummaryInput): string[] {
  return [
    ...(entities > 1
      ? [
          `It affects ${entities} entities of the catalog. What the strictest of those that ask for it asks for holds.`,
        ]
      : []),
    ...(onlyFiles === undefined
      ? []
      : [
          `The host tells of ${onlyFiles} of its files, and not of all. So what any entity of the repository asks for holds as well.`,
        ]),
  ];
}

function reviewersInWords({ reviewers, url }: CheckSummaryInput): string[] {
  if (!reviewers) {
    return [];
  }
  if (reviewers === 'not-named') {
    return [
      `[The record](${url}) suggests people, to readers who may see their names.`,
    ];
  }
  return [reviewers.knows, reviewers.learns].map(({ person, reason }) =>
    escaped(person ? `${person.displayName}: ${reason}` : reason),
  );
}

function listed(heading: string, items: readonly string[]): string[] {
  return items.length > 0
    ? [`### ${heading}`, items.map(item => `- ${item}`).join('\n')]
    : [];
}

function linked(text: string, url: string | undefined): string {
  return url && /^https?:\/\/[^\s()<>]+$/.test(url)
    ? `[${escaped(text)}](${url})`
    : escaped(text);
}

/** Names of the catalog and of files are text here, and call nobody. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>#|~!]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}

import {
  HostChange,
  HostFact,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { approvalId, changeId } from '../ids';
import { mergeRequestHookSchema } from './payloads';
import { Place, mergeRequestUrl } from './place';

type MergeRequestHook = z.output<typeof mergeRequestHookSchema>;

/** Verdicts of those who did it; `approved` and `approval` differ in what is required. */
const VERDICTS: ReadonlyMap<string, HostReview['verdict']> = new Map([
  ['approved', 'approved'],
  ['approval', 'approved'],
  ['unapproved', 'dismissed'],
  ['unapproval', 'dismissed'],
]);

/** What the delivery of a merge request tells; a string says why it is nothing. */
export function mergeRequestFacts(
  hook: MergeRequestHook,
  place: Place,
): HostFact[] | string {
  const { object_attributes: told, user } = hook;
  if (!told.last_commit) {
    return 'The merge request has no commits';
  }
  const change = toChange(hook, told.last_commit.id, place);
  const verdict = VERDICTS.get(told.action ?? '');
  const untold = [
    ...untoldOf(hook),
    // The hour of a verdict is not told, and when a push takes approvals away, not whose.
    ...(verdict ? (['reviews'] as const) : []),
  ];
  const fact: HostFact = {
    type: 'change',
    change,
    untold: untold.length > 0 ? untold : undefined,
  };
  if (!verdict || told.system || user.id === undefined) {
    return [fact];
  }
  const review: HostReview = {
    id: approvalId(change.id, user.id),
    changeId: change.id,
    reviewer: user.account,
    verdict,
    headSha: change.headSha,
    body: '',
    submittedAt: change.updatedAt,
    url: change.url,
  };
  const { host, repository } = place;
  return [fact, { type: 'review', host, repository, review }];
}

function toChange(
  hook: MergeRequestHook,
  headSha: string,
  place: Place,
): HostChange {
  const told = hook.object_attributes;
  return {
    host: place.host,
    repository: place.repository,
    id: changeId(place.host, told.id),
    number: told.iid,
    url: mergeRequestUrl(place, told.iid),
    title: told.title,
    description: told.description ?? '',
    author: authorOf(hook)?.account,
    headSha,
    baseBranch: told.target_branch,
    state: told.state,
    draft: told.draft ?? told.work_in_progress ?? false,
    labels: hook.labels.map(({ title }) => title).sort(),
    requestedReviewers: (hook.reviewers ?? [])
      .flatMap(({ account }) => account?.login ?? [])
      .sort(),
    createdAt: told.created_at,
    updatedAt: told.updated_at,
    mergeSha:
      told.state === 'merged' ? told.merge_commit_sha ?? undefined : undefined,
  };
}

function untoldOf(hook: MergeRequestHook): Array<keyof HostChange> {
  const { state, merge_commit_sha, reviewer_ids } = hook.object_attributes;
  const merged = state === 'merged';
  const fields: Array<[keyof HostChange, boolean]> = [
    ['author', !authorOf(hook)],
    // The list of reviewers is also left out where there are none.
    ['requestedReviewers', !hook.reviewers && reviewer_ids?.length !== 0],
    ['mergedAt', merged],
    ['mergeSha', merged && !merge_commit_sha],
  ];
  return fields.flatMap(([field, isUntold]) => (isUntold ? field : []));
}

/** The author is told as a number, which may be that of somebody told by name. */
function authorOf({
  object_attributes: { author_id },
  user,
  assignees,
  reviewers,
}: MergeRequestHook) {
  return [user, ...(assignees ?? []), ...(reviewers ?? [])].find(
    ({ id }) => id === author_id,
  );
}

import {
  HostChange,
  HostFact,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { approvalId, changeId } from '../ids';
import { User } from '../schemas';
import { MergeRequest, mergeRequestHookSchema } from './payloads';
import { Place } from './place';

/** Verdicts of those who did it; `approved` and `approval` differ in what is required. */
const VERDICTS: ReadonlyMap<string, HostReview['verdict']> = new Map([
  ['approved', 'approved'],
  ['approval', 'approved'],
  ['unapproved', 'dismissed'],
  ['unapproval', 'dismissed'],
]);

/** What the delivery of a merge request tells; a string says why it is nothing. */
export function mergeRequestFacts(
  hook: z.output<typeof mergeRequestHookSchema>,
  place: Place,
): HostFact[] | string {
  const { object_attributes: attributes, user } = hook;
  const told = changeFact(attributes, place, {
    people: [user, ...(hook.assignees ?? []), ...(hook.reviewers ?? [])],
    reviewers: hook.reviewers ?? undefined,
    labels: hook.labels,
  });
  if (!told) {
    return 'The merge request has no commits';
  }
  const verdict = VERDICTS.get(attributes.action ?? '');
  if (!verdict) {
    return [told];
  }
  const { change, untold = [] } = told;
  // The hour of a verdict is not told, and when a push takes approvals away, not whose.
  const fact: HostFact = { ...told, untold: [...untold, 'reviews'] };
  return attributes.system || user.id === undefined
    ? [fact]
    : [
        fact,
        {
          type: 'review',
          review: {
            id: approvalId(change.id, user.id),
            changeId: change.id,
            reviewer: user.account,
            verdict,
            headSha: change.headSha,
            body: '',
            submittedAt: change.updatedAt,
            url: change.url,
          },
        },
      ];
}

/** What comes beside a merge request, as far as it does. */
interface Surroundings {
  /** Its author is told as a number, which may be that of one of these. */
  readonly people: readonly User[];
  readonly reviewers?: readonly User[];
  readonly labels?: MergeRequest['labels'];
}

/** Undefined for a merge request without a head, in which there is nothing yet. */
export function changeFact(
  told: MergeRequest,
  place: Place,
  { people, reviewers, labels = told.labels }: Surroundings,
): Extract<HostFact, { type: 'change' }> | undefined {
  if (!told.last_commit) {
    return undefined;
  }
  const untold: Array<keyof HostChange> = [];
  const author = people.find(({ id }) => id === told.author_id);
  if (!author) {
    untold.push('author');
  }
  // Where there are none, the list of reviewers is left out.
  if (!reviewers && told.reviewer_ids?.length !== 0) {
    untold.push('requestedReviewers');
  }
  if (!labels) {
    untold.push('labels');
  }
  if (told.state === 'merged') {
    untold.push('mergedAt');
    if (!told.merge_commit_sha) {
      untold.push('mergeSha');
    }
  }
  return {
    type: 'change',
    change: {
      host: place.host,
      repository: place.repository,
      id: changeId(place.host, told.id),
      number: told.iid,
      url: `${place.url}/-/merge_requests/${told.iid}`,
      title: told.title,
      description: told.description ?? '',
      author: author?.account,
      headSha: told.last_commit.id,
      baseBranch: told.target_branch,
      state: told.state,
      draft: told.draft ?? told.work_in_progress ?? false,
      labels: (labels ?? []).map(({ title }) => title).sort(),
      requestedReviewers: (reviewers ?? [])
        .flatMap(({ account }) => account?.login ?? [])
        .sort(),
      createdAt: told.created_at,
      updatedAt: told.updated_at,
      mergeSha:
        told.state === 'merged'
          ? told.merge_commit_sha ?? undefined
          : undefined,
    },
    untold: untold.length > 0 ? untold : undefined,
  };
}

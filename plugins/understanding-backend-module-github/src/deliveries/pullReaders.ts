import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import {
  GithubRepository,
  addressOf,
  changeIdOf,
  toChange,
  toComment,
  toReview,
} from '../facts';
import {
  Comment,
  Pull,
  commentSchema,
  pullSchema,
  reviewSchema,
} from '../payloads';
import { Readers, absent, reader } from './reader';

/** Readers of what happens to a pull request. */
export function pullReaders(repository: z.ZodType<GithubRepository>): Readers {
  const pull = z.object({ repository, pull_request: pullSchema });
  return {
    pull_request: reader(
      pull.extend({ review: absent, comment: absent, thread: absent }),
      payload => [changeFact(payload)],
    ),
    pull_request_review: reader(
      pull.extend({ review: reviewSchema }),
      payload => {
        const review = toReview(
          payload.review,
          payload.repository.host,
          changeIdOf(payload.repository, payload.pull_request.number),
        );
        return review
          ? [
              changeFact(payload),
              { type: 'review', ...addressOf(payload.repository), review },
            ]
          : 'The review is not submitted yet';
      },
    ),
    pull_request_review_comment: reader(
      pull.extend({ action: z.string(), comment: commentSchema }),
      payload => [
        changeFact(payload),
        commentFact('review-comments', payload, payload.pull_request.number),
      ],
    ),
    issue_comment: reader(
      z.object({
        repository,
        action: z.string(),
        issue: z.object({
          number: z.int().positive(),
          pull_request: z.object({}).nullish(),
        }),
        comment: commentSchema,
      }),
      payload =>
        payload.issue.pull_request
          ? [commentFact('issue-comments', payload, payload.issue.number)]
          : 'The comment is on an issue',
    ),
  };
}

function changeFact(payload: {
  readonly repository: GithubRepository;
  readonly pull_request: Pull;
}): HostFact {
  return {
    type: 'change',
    change: toChange(payload.pull_request, payload.repository),
  };
}

function commentFact(
  kind: 'issue-comments' | 'review-comments',
  payload: {
    readonly repository: GithubRepository;
    readonly action: string;
    readonly comment: Comment;
  },
  number: number,
): HostFact {
  const { host } = payload.repository;
  return {
    type: 'comment',
    ...addressOf(payload.repository),
    comment: toComment(payload.comment, {
      id: `${host}/${kind}/${payload.comment.id}`,
      changeId: changeIdOf(payload.repository, number),
      deleted: payload.action === 'deleted',
    }),
  };
}

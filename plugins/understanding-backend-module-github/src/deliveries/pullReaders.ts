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
import { Comment, commentSchema, pullSchema, reviewSchema } from '../payloads';
import { Readers, absent, reader } from './reader';

/**
 * Readers of what happens to a pull request. Reviews and comments tell of themselves
 * alone: what they tell of their pull request is not all of it.
 */
export function pullReaders(repository: z.ZodType<GithubRepository>): Readers {
  const onPull = z.object({
    repository,
    pull_request: z.object({ number: z.int().positive() }),
  });
  return {
    pull_request: reader(
      z.object({
        repository,
        pull_request: pullSchema,
        review: absent,
        comment: absent,
        thread: absent,
      }),
      payload => [
        {
          type: 'change',
          change: toChange(payload.pull_request, payload.repository),
        },
      ],
    ),
    pull_request_review: reader(
      onPull.extend({ review: reviewSchema }),
      ({ repository: at, pull_request: pull, review: told }) => {
        const review = toReview(told, at.host, changeIdOf(at, pull.number));
        return review
          ? [{ type: 'review', ...addressOf(at), review }]
          : 'The review is not submitted yet';
      },
    ),
    pull_request_review_comment: reader(
      onPull.extend({ action: z.string(), comment: commentSchema }),
      payload => [
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

import {
  CHANGE_ID,
  REPOSITORY,
  example,
  factsOf,
} from '../__testUtils__/parsing';

describe('pullReaders', () => {
  describe('pull_request', () => {
    it('tells the change', () => {
      expect(
        factsOf('pull_request', example('pull_request', 'opened')),
      ).toEqual([
        {
          type: 'change',
          change: {
            ...REPOSITORY,
            id: CHANGE_ID,
            number: 2,
            url: 'https://github.com/Codertocat/Hello-World/pull/2',
            title: 'Update the README with new information.',
            description:
              'This is a pretty simple change that we need to pull into master.',
            author: { login: 'codertocat', bot: false },
            headSha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
            baseBranch: 'master',
            state: 'open',
            draft: false,
            labels: [],
            requestedReviewers: [],
            createdAt: '2019-05-15T15:20:33.000Z',
            updatedAt: '2019-05-15T15:20:33.000Z',
          },
        },
      ]);
    });

    it.each([
      'opened',
      'edited',
      'synchronize',
      'labeled',
      'unlabeled',
      'review_requested',
      'review_request_removed',
      'closed',
      'reopened',
      'converted_to_draft',
      'ready_for_review',
      'an action to come',
    ])('tells the state after %s', action => {
      const payload = { ...example('pull_request', 'opened'), action };
      expect(factsOf('pull_request', payload)).toMatchObject([
        { type: 'change', change: { id: CHANGE_ID } },
      ]);
    });

    const told = (fields: Record<string, unknown>) =>
      factsOf(
        'pull_request',
        example('pull_request', 'opened', { pull_request: fields }),
      );

    it('tells a merge only once it is merged', () => {
      const merge = '0123456789012345678901234567890123456789';
      expect(told({ merge_commit_sha: merge })).not.toMatchObject([
        { change: { mergeSha: expect.anything() } },
      ]);
      expect(
        told({
          state: 'closed',
          merged_at: '2019-05-16T17:20:33+02:00',
          merge_commit_sha: merge,
        }),
      ).toMatchObject([
        {
          change: {
            state: 'merged',
            mergedAt: '2019-05-16T15:20:33.000Z',
            mergeSha: merge,
          },
        },
      ]);
    });

    it.each([
      ['null', null],
      ['ghost', { login: 'ghost', id: 10137, type: 'User' }],
    ])('has no author where the account was deleted: %s', (_name, user) => {
      expect(told({ user })).toMatchObject([{ change: { author: undefined } }]);
    });

    it('knows a bot', () => {
      const user = { login: 'Renovate[bot]', type: 'Bot' };
      expect(told({ user })).toMatchObject([
        { change: { author: { login: 'renovate[bot]', bot: true } } },
      ]);
    });

    it('does without the fork that it came from', () => {
      const sha = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821';
      expect(
        told({
          head: { sha, ref: 'gone', label: 'gone', repo: null, user: null },
        }),
      ).toMatchObject([{ change: { headSha: sha } }]);
    });

    it.each([
      ['pull_request.head.sha', { head: { sha: '../../etc/passwd' } }],
      ['pull_request.title', { title: 4 }],
      ['pull_request.updated_at', { updated_at: 'yesterday' }],
      ['pull_request.html_url', { html_url: 'data:text/html,hidden' }],
      ['pull_request.state', { state: 'merging' }],
    ])('names %s, and not what it holds', (field, fields) => {
      expect(told(fields)).toEqual({
        type: 'not-understood',
        reason: `Not as GitHub documents it: ${field}`,
      });
    });

    it.each([
      ['of an unknown instance', { html_url: 'https://evil.example/a/b' }],
      ['without an address', { html_url: 'github.com/a/b' }],
    ])('is not understood %s', (_name, repository) => {
      expect(
        factsOf(
          'pull_request',
          example('pull_request', 'opened', { repository }),
        ),
      ).toEqual({
        type: 'not-understood',
        reason: 'Not as GitHub documents it: repository.html_url',
      });
    });

    it.each(['../..', 'a/..', 'a/b/c', '-a/b', 'a/ b', 'a'])(
      'takes no repository called %j',
      full_name => {
        expect(
          factsOf(
            'pull_request',
            example('pull_request', 'opened', { repository: { full_name } }),
          ),
        ).toMatchObject({ reason: expect.stringContaining('full_name') });
      },
    );
  });

  describe('reviews and comments', () => {
    it.each([
      ['approved', 'approved'],
      ['CHANGES_REQUESTED', 'changes-requested'],
      ['commented', 'commented'],
      ['dismissed', 'dismissed'],
    ])('tells a review that is %s', (state, verdict) => {
      const payload = example('pull_request_review', 'submitted', {
        review: { state, body: 'Fine.' },
      });
      expect(factsOf('pull_request_review', payload)).toEqual([
        {
          type: 'review',
          ...REPOSITORY,
          review: {
            id: 'github.com/reviews/237895671',
            changeId: CHANGE_ID,
            reviewer: { login: 'codertocat', bot: false },
            verdict,
            headSha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
            body: 'Fine.',
            submittedAt: '2019-05-15T15:20:38.000Z',
            url: 'https://github.com/Codertocat/Hello-World/pull/2#pullrequestreview-237895671',
          },
        },
      ]);
    });

    it('waits for a review to be submitted', () => {
      const payload = example('pull_request_review', 'submitted', {
        review: { state: 'pending', submitted_at: null },
      });
      expect(factsOf('pull_request_review', payload)).toMatchObject({
        type: 'ignored',
      });
    });

    it.each(['created', 'edited', 'deleted'])(
      'tells a review comment that is %s',
      action => {
        const payload = example('pull_request_review_comment', action);
        expect(factsOf('pull_request_review_comment', payload)).toEqual([
          {
            type: 'comment',
            ...REPOSITORY,
            comment: {
              id: 'github.com/review-comments/284312630',
              changeId: CHANGE_ID,
              author: { login: 'codertocat', bot: false },
              body: 'Maybe you should use more emoji on this line.',
              createdAt: '2019-05-15T15:20:37.000Z',
              updatedAt: '2019-05-15T15:20:38.000Z',
              deleted: action === 'deleted',
              url: 'https://github.com/Codertocat/Hello-World/pull/2#discussion_r284312630',
            },
          },
        ]);
      },
    );

    it.each(['created', 'edited', 'deleted'])(
      'tells a comment on a pull request that is %s',
      action => {
        const payload = example('issue_comment', action, {
          issue: { number: 2, pull_request: { url: 'https://api.github.com' } },
          comment: { body: '/understanding explain' },
        });
        expect(factsOf('issue_comment', payload)).toMatchObject([
          {
            type: 'comment',
            ...REPOSITORY,
            comment: {
              id: 'github.com/issue-comments/492700400',
              changeId: CHANGE_ID,
              author: { login: 'codertocat' },
              body: '/understanding explain',
              deleted: action === 'deleted',
            },
          },
        ]);
      },
    );

    it('leaves comments on issues alone', () => {
      expect(
        factsOf('issue_comment', example('issue_comment', 'created')),
      ).toMatchObject({ type: 'ignored' });
    });
  });
});

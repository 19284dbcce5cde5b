import { JsonObject } from '@backstage/types';
import { CHANGE, REPOSITORY } from '../__testUtils__/expected';
import { factsOf, parse } from '../__testUtils__/parsing';
import {
  ALICE,
  BOB,
  GHOST,
  HEAD,
  HOST,
  label,
  mergeRequestHook,
  project,
  user,
} from '../__testUtils__/payloads';

describe('a delivery of a merge request', () => {
  it('tells all of it when its author did something', () => {
    expect(factsOf(mergeRequestHook('open'))).toEqual([
      { type: 'change', change: CHANGE },
    ]);
  });

  it.each<[string, JsonObject, JsonObject, object]>([
    ['closed', { state: 'closed' }, {}, { state: 'closed' }],
    ['reopened', {}, {}, { state: 'open' }],
    ['being merged', { state: 'locked' }, {}, { state: 'open' }],
    [
      'pushed to',
      { last_commit: { id: 'e'.repeat(40) }, oldrev: HEAD },
      {},
      { headSha: 'e'.repeat(40) },
    ],
    ['labelled', {}, { labels: [label('urgent')] }, { labels: ['urgent'] }],
    ['without labels', {}, { labels: [] }, { labels: [] }],
    [
      'reviewed by others',
      { reviewer_ids: [12, 11] },
      { reviewers: [BOB, ALICE] },
      { requestedReviewers: ['alice', 'bob'] },
    ],
    [
      'reviewed by nobody',
      { reviewer_ids: [] },
      { reviewers: undefined as never },
      { requestedReviewers: [] },
    ],
    [
      'edited',
      { title: 'Draft: Refund', description: null, draft: true },
      {},
      { title: 'Draft: Refund', description: '', draft: true },
    ],
    [
      'of a GitLab that has no drafts yet',
      { draft: null, work_in_progress: true },
      {},
      { draft: true },
    ],
    [
      'of a fork that was deleted',
      { source: null, source_project_id: null },
      {},
      {},
    ],
    [
      'of a project whose name begins with a dot',
      {},
      { project: project('Acme/.profile') },
      {
        repository: 'acme/.profile',
        url: `https://${HOST}/Acme/.profile/-/merge_requests/7`,
      },
    ],
    [
      'of a project in nested groups',
      {},
      { project: project('Acme/Payments/EU/Shop') },
      {
        repository: 'acme/payments/eu/shop',
        url: `https://${HOST}/Acme/Payments/EU/Shop/-/merge_requests/7`,
      },
    ],
  ])('tells that it is %s', (_name, attributes, overrides, change) => {
    expect(factsOf(mergeRequestHook('update', attributes, overrides))).toEqual([
      { type: 'change', change: { ...CHANGE, ...change } },
    ]);
  });

  it('says what it does not tell, when others did something', () => {
    expect(
      factsOf(
        mergeRequestHook(
          'merge',
          { state: 'merged', merge_commit_sha: 'f'.repeat(40) },
          { user: user(50, 'merger'), reviewers: undefined as never },
        ),
      ),
    ).toEqual([
      {
        type: 'change',
        change: {
          ...CHANGE,
          author: undefined,
          requestedReviewers: [],
          state: 'merged',
          mergeSha: 'f'.repeat(40),
        },
        untold: ['author', 'requestedReviewers', 'mergedAt'],
      },
    ]);
  });

  it('knows its author among those who are named beside it', () => {
    expect(
      factsOf(
        mergeRequestHook('update', {}, { user: BOB, assignees: [ALICE] }),
      ),
    ).toEqual([{ type: 'change', change: CHANGE }]);
  });

  it('has no author whose account was deleted', () => {
    expect(
      factsOf(
        mergeRequestHook(
          'update',
          { author_id: GHOST.id },
          { assignees: [GHOST] },
        ),
      ),
    ).toEqual([{ type: 'change', change: { ...CHANGE, author: undefined } }]);
  });

  it.each([
    ['project_5_bot_1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d', true],
    ['Project_5_Bot', true],
    ['project_5_bot1', true],
    ['group_7_bot_1a2b3c4d', true],
    ['service_account_group_7_1a2b3c4d5e6f', true],
    ['service_account_1a2b3c4d5e6f', true],
    ['GitLab-Security-Bot', true],
    ['project_manager', false],
    ['abbot', false],
    ['ghost', false],
  ])('takes %s for a bot: %s', (username, bot) => {
    expect(
      factsOf(mergeRequestHook('open', {}, { user: user(11, username) })),
    ).toMatchObject([
      { change: { author: { login: username.toLowerCase(), bot } } },
    ]);
  });

  it.each([
    ['approved', 'approved'],
    ['approval', 'approved'],
    ['unapproved', 'dismissed'],
    ['unapproval', 'dismissed'],
  ])('tells whose review it is at %s', (action, verdict) => {
    expect(
      factsOf(mergeRequestHook(action, {}, { user: BOB, assignees: [ALICE] })),
    ).toEqual([
      { type: 'change', change: CHANGE, untold: ['reviews'] },
      {
        type: 'review',
        ...REPOSITORY,
        review: {
          id: `${HOST}/merge_requests/700/approvals/12`,
          changeId: CHANGE.id,
          reviewer: { login: 'bob', bot: false },
          verdict,
          headSha: HEAD,
          body: '',
          submittedAt: CHANGE.updatedAt,
          url: CHANGE.url,
        },
      },
    ]);
  });

  it('blames nobody for approvals that a push took away', () => {
    expect(
      factsOf(
        mergeRequestHook('unapproved', {
          system: true,
          system_action: 'approvals_reset_on_push',
        }),
      ),
    ).toEqual([{ type: 'change', change: CHANGE, untold: ['reviews'] }]);
  });

  it('is nothing yet without a commit', () => {
    expect(parse(mergeRequestHook('open', { last_commit: null }))).toEqual({
      type: 'ignored',
      reason: 'The merge request has no commits',
    });
  });

  it.each([
    ['2026-01-01 10:00:00 UTC', '2026-01-01T10:00:00.000Z'],
    ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z'],
    ['2026-01-01T10:00:00.987Z', '2026-01-01T10:00:00.000Z'],
    ['2026-01-01T11:30:00.987654+01:30', '2026-01-01T10:00:00.000Z'],
    ['2026-01-01 05:00:00 -0500', '2026-01-01T10:00:00.000Z'],
  ])('was updated at %s', (updated_at, updatedAt) => {
    expect(factsOf(mergeRequestHook('update', { updated_at }))).toMatchObject([
      { change: { updatedAt } },
    ]);
  });

  it.each(['yesterday', '2026-01-01', '2026-13-01 10:00:00 UTC', ''])(
    'is not understood with the time "%s"',
    updated_at => {
      expect(parse(mergeRequestHook('update', { updated_at }))).toEqual({
        type: 'not-understood',
        reason: 'object_attributes.updated_at: not an instant',
      });
    },
  );
});

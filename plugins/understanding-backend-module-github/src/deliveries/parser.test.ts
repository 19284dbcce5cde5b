import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { Delivery } from '@understanding-dev/backstage-plugin-understanding-node';
import fc from 'fast-check';
import { EXAMPLE_HOSTS, readExamples } from '../__testUtils__/examples';
import { IGNORED_EVENTS } from './ignoredEvents';
import { createDeliveryParser } from './parser';

jest.setTimeout(60_000);

const EXAMPLES = readExamples();
const APP_ID = 25811;
const parse = createDeliveryParser(
  new Map(EXAMPLE_HOSTS.map(host => [host, [APP_ID]])),
);

function json(event: string, payload: unknown): Delivery {
  const body = Buffer.from(JSON.stringify(payload));
  return { event, contentType: 'application/json', body };
}

function factsOf(event: string, payload: unknown) {
  const parsed = parse(json(event, payload));
  return parsed.type === 'facts' ? parsed.facts : parsed;
}

/** GitHub's example of an event, with some fields replaced. */
function example(
  event: string,
  action: string | undefined,
  overrides: Record<string, Record<string, unknown>> = {},
): Record<string, any> {
  const found = EXAMPLES.find(
    each =>
      each.from === 'api.github.com' &&
      each.event === event &&
      each.payload.action === action,
  );
  const payload = structuredClone(found?.payload) as Record<string, any>;
  for (const [name, fields] of Object.entries(overrides)) {
    payload[name] = { ...payload[name], ...fields };
  }
  return payload;
}

const REPOSITORY = { host: 'github.com', repository: 'codertocat/hello-world' };
const CHANGE_ID = 'github.com/repositories/186853002/pull/2';

describe('parse', () => {
  describe("GitHub's own examples", () => {
    it.each(EXAMPLES.map(each => [each.from, each.event, each] as const))(
      'takes one of %s, %s',
      (_from, event, { payload }) => {
        expect(parse(json(event, payload))).toMatchObject({
          type: expect.stringMatching(/^(facts|ignored)$/),
        });
      },
    );

    it('tell of all that is read', () => {
      const read = EXAMPLES.map(({ event, payload }) => ({
        event,
        parsed: parse(json(event, payload)),
      })).filter(({ parsed }) => parsed.type === 'facts');
      expect([...new Set(read.map(({ event }) => event))].sort()).toEqual([
        'check_run',
        'check_suite',
        'deployment',
        'deployment_status',
        'installation',
        'installation_repositories',
        'merge_group',
        'pull_request',
        'pull_request_review',
        'pull_request_review_comment',
        'push',
        'repository',
      ]);
    });

    it('tell the same in a form', () => {
      for (const { event, payload } of EXAMPLES) {
        const form = new URLSearchParams({ payload: JSON.stringify(payload) });
        expect(
          parse({
            event,
            contentType: 'Application/X-WWW-Form-Urlencoded; charset=utf-8',
            body: Buffer.from(form.toString()),
          }),
        ).toEqual(parse(json(event, payload)));
      }
    });

    it('tell nothing else under the name of another event', () => {
      const events = [...new Set(EXAMPLES.map(({ event }) => event))];
      for (const { event, payload } of EXAMPLES) {
        const own = JSON.stringify(parse(json(event, payload)));
        for (const other of events) {
          const told = parse(json(other, payload));
          for (const fact of told.type === 'facts' ? told.facts : []) {
            expect(own).toContain(JSON.stringify(fact));
          }
        }
      }
    });
  });

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

  describe('check_run', () => {
    const pressed = (
      run: Record<string, unknown> = {},
      identifier = 'genuine',
    ) =>
      factsOf(
        'check_run',
        example('check_run', 'requested_action', {
          check_run: { external_id: 'e'.repeat(64), ...run },
          requested_action: { identifier },
        }),
      );

    it.each(['genuine', 'surface', 'not-assessable'])(
      'tells who pressed %s beside a check of ours',
      result => {
        expect(pressed({}, result)).toEqual([
          {
            type: 'press',
            host: 'github.com',
            repository: 'electron/electron',
            press: {
              id: `github.com/check-runs/1494503112/${result}/codebytere`,
              author: { login: 'codebytere', bot: false },
              result,
              headSha: '5bd5f196a46b8222fb7484f05faba41a73cf34bd',
              explanation: 'e'.repeat(64),
            },
          },
        ]);
      },
    );

    it.each(['check_run', 'check_suite'])(
      'tells that somebody had it forget what %s said',
      event => {
        const told = example(event, 'rerequested');
        expect(factsOf(event, told)).toEqual([
          {
            type: 'check-reset',
            host: 'github.com',
            repository: told.repository.full_name.toLowerCase(),
            headSha: told[event].head_sha,
          },
        ]);
      },
    );

    it('leaves alone what others wrote, and buttons that assess nothing', () => {
      for (const told of [
        pressed({ app: { id: APP_ID + 1 } }),
        pressed({ app: null }),
        pressed({ external_id: '' }),
        pressed({}, 'format'),
      ]) {
        expect(told).toMatchObject({ type: 'ignored' });
      }
    });
  });

  describe('merge_group', () => {
    const requested = (overrides: Record<string, unknown> = {}) =>
      example('merge_group', 'checks_requested', { merge_group: overrides });

    it.each([
      ['checks_requested', false],
      ['destroyed', true],
    ])('tells of a group, by %s', (action, over) => {
      const payload = { ...requested(), action } as Record<string, any>;
      const headSha = '2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d';
      const changeId = `github.com/repositories/${payload.repository.id}/pull/104`;
      expect(factsOf('merge_group', payload)).toEqual([
        {
          type: 'merge-group',
          group: {
            host: 'github.com',
            repository: payload.repository.full_name.toLowerCase(),
            id: `${changeId}/merge-group/${headSha}`,
            headSha,
            baseSha: '380387fbc80638b734a49e1be1c4dfec1c01b33c',
            changeId,
            over,
          },
        },
      ]);
    });

    it('leaves alone what names no pull request', () => {
      expect(
        factsOf('merge_group', requested({ head_ref: 'refs/heads/main' })),
      ).toMatchObject({ type: 'ignored' });
    });
  });

  describe('push', () => {
    const push = (fields: Record<string, unknown>) =>
      factsOf('push', { ...example('push', undefined), ...fields });

    it('tells the branch, as it is written', () => {
      expect(push({ ref: 'refs/heads/Fix/Rounding', deleted: false })).toEqual([
        { type: 'push', ...REPOSITORY, branch: 'Fix/Rounding' },
      ]);
    });

    it.each([
      ['a tag', { ref: 'refs/tags/v1', deleted: false }],
      ['a branch that was deleted', { ref: 'refs/heads/fix', deleted: true }],
    ])('leaves %s alone', (_name, fields) => {
      expect(push(fields)).toMatchObject({ type: 'ignored' });
    });
  });

  describe('deployments', () => {
    it('tells one that waits', () => {
      expect(factsOf('deployment', example('deployment', 'created'))).toEqual([
        {
          type: 'deployment',
          deployment: {
            ...REPOSITORY,
            id: 'github.com/deployments/145988746',
            environment: 'production',
            sha: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
            state: 'pending',
            updatedAt: '2019-05-15T15:20:53.000Z',
          },
        },
      ]);
    });

    it.each([
      ['success', 'succeeded'],
      ['failure', 'failed'],
      ['error', 'failed'],
      ['inactive', 'inactive'],
      ['in_progress', 'pending'],
      ['queued', 'pending'],
    ])('tells that %s is %s', (state, told) => {
      const payload = example('deployment_status', 'created', {
        deployment_status: { state, log_url: 'https://ci.acme.example/7' },
      });
      expect(factsOf('deployment_status', payload)).toMatchObject([
        {
          deployment: {
            id: 'github.com/deployments/145988746',
            state: told,
            updatedAt: '2019-05-15T15:20:55.000Z',
            url: 'https://ci.acme.example/7',
          },
        },
      ]);
    });
  });

  describe('repositories and Apps', () => {
    it('tells where a repository was before', () => {
      const at = { host: 'github.com', repository: 'octocoders/hello-world' };
      const renamed = example('repository', 'renamed', {
        changes: { repository: { name: { from: 'Former' } } },
      });
      expect(factsOf('repository', renamed)).toEqual([
        { type: 'moved', ...at, from: 'octocoders/former' },
      ]);
      expect(
        factsOf('repository', example('repository', 'transferred')),
      ).toEqual([{ type: 'moved', ...at, from: 'octocat/hello-world' }]);
      const fromOrganization = example('repository', 'transferred', {
        changes: { owner: { from: { organization: { login: 'Acme' } } } },
      });
      expect(factsOf('repository', fromOrganization)).toMatchObject([
        { from: 'acme/hello-world' },
      ]);
    });

    it.each([
      ['installation', 'created', true, 'codertocat/hello-world'],
      ['installation', 'deleted', false, 'octocat/hello-world'],
      ['installation_repositories', 'added', true, 'codertocat/space'],
      ['installation_repositories', 'removed', false, 'octocat/hello-world'],
    ])('tells what may be read after %s %s', (event, action, granted, name) => {
      expect(factsOf(event, example(event, action))).toEqual([
        { type: 'access', host: 'github.com', repositories: [name], granted },
      ]);
    });

    it.each(['suspend', 'unsuspend'])(
      'ignores a %s that names no repository',
      action => {
        expect(
          factsOf('installation', example('installation', action)),
        ).toMatchObject({ type: 'ignored' });
      },
    );
  });

  describe('what cannot be read', () => {
    const body = Buffer.from('{"zen":"hidden"}');
    const contentType = 'application/json';
    const nested = (levels: number) =>
      Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);

    it.each<[string, Partial<Delivery>, RegExp]>([
      ['an event that nobody knows', { event: 'hidden' }, /x-github-event/],
      ['no event', { event: '' }, /x-github-event/],
      ['an inherited name', { event: 'constructor' }, /x-github-event/],
      ['an empty body', { body: Buffer.alloc(0) }, /not JSON/],
      ['half a body', { body: Buffer.from('{"hidden') }, /not JSON/],
      ['bytes', { body: Buffer.from([0xff, 0xfe, 0x00]) }, /not UTF-8/],
      ['another type', { contentType: 'text/plain' }, /content-type/],
      ['no type', { contentType: '' }, /content-type/],
      [
        'a form without a payload',
        { contentType: 'application/x-www-form-urlencoded' },
        /one field payload/,
      ],
      [
        'a form with more fields',
        {
          contentType: 'application/x-www-form-urlencoded',
          body: Buffer.from('payload={}&payload={}'),
        },
        /one field payload/,
      ],
      ['65 levels', { body: nested(65) }, /more than 64 levels/],
      ['a million levels', { body: nested(1_000_000) }, /more than 64 levels/],
      [
        'as many without an end',
        { body: Buffer.from('{"a":'.repeat(1_000_000)) },
        /more than 64 levels/,
      ],
      ['64 levels of nothing', { body: nested(64) }, /the payload/],
      ['null', { body: Buffer.from('null') }, /the payload/],
    ])('says so of %s', (_name, fields, reason) => {
      const parsed = parse({
        event: 'pull_request',
        contentType,
        body,
        ...fields,
      });
      expect(parsed).toEqual({
        type: 'not-understood',
        reason: expect.stringMatching(reason),
      });
      expect(JSON.stringify(parsed)).not.toContain('hidden');
    });

    it('takes brackets and quotes in texts for what they are', () => {
      const title = `\\"${'[{'.repeat(100)}"\\\\`;
      const payload = example('pull_request', 'opened', {
        pull_request: { title },
      });
      expect(factsOf('pull_request', payload)).toMatchObject([
        { change: { title } },
      ]);
    });
  });

  it('knows each event by one answer only', () => {
    for (const event of IGNORED_EVENTS) {
      expect(parse(json(event, {}))).toMatchObject({ type: 'ignored' });
    }
  });

  it('never throws, and repeats nothing, whatever a payload is changed to', () => {
    const CANARY = 'canary-7f3a';
    const junk = fc.oneof(
      fc.constantFrom(
        null,
        CANARY,
        `https://${CANARY}.example`,
        '',
        -1,
        1e308,
        true,
        [],
        {},
        [CANARY],
        { login: CANARY },
        '__proto__',
        '\u0000',
        '\ud800',
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const mutated = fc
      .record({
        example: fc.constantFrom(...EXAMPLES),
        changes: fc.array(
          fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), junk),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        rename: fc.option(fc.constantFrom(...EXAMPLES.map(each => each.event))),
        cut: fc.option(fc.nat({ max: 8_000 })),
      })
      .map(({ example: { event, payload }, changes, rename, cut }) => {
        const copy = structuredClone(payload);
        for (const [path, value] of changes) {
          replaceAt(copy, path, value);
        }
        const text = JSON.stringify(copy);
        return {
          event: rename ?? event,
          contentType: 'application/json',
          body: Buffer.from(cut === null ? text : text.slice(0, cut)),
        };
      });
    const seen = new Set<string>();
    fc.assert(
      fc.property(mutated, delivery => {
        const parsed = parse(delivery);
        seen.add(parsed.type);
        expect(parse(delivery)).toEqual(parsed);
        const reason = parsed.type === 'facts' ? '' : parsed.reason;
        expect(reason).not.toContain(CANARY);
        const facts = parsed.type === 'facts' ? parsed.facts : [];
        expect(EXAMPLE_HOSTS).toEqual(
          expect.arrayContaining(facts.map(hostOf)),
        );
      }),
      { numRuns: 4_000 },
    );
    expect([...seen].sort()).toEqual(['facts', 'ignored', 'not-understood']);
  });
});

/** Replaces a field, which numbers choose among those that there are. */
function replaceAt(node: unknown, path: readonly number[], value: unknown) {
  const [first, ...rest] = path;
  const target = node as Record<string, unknown>;
  const keys = Object.keys(target);
  if (keys.length === 0) {
    return;
  }
  const key = keys[first % keys.length];
  const child = target[key];
  if (rest.length > 0 && typeof child === 'object' && child !== null) {
    replaceAt(child, rest, value);
  } else {
    target[key] = structuredClone(value);
  }
}

function hostOf(fact: HostFact): string {
  switch (fact.type) {
    case 'change':
      return fact.change.host;
    case 'deployment':
      return fact.deployment.host;
    case 'operation':
      return fact.operation.source;
    case 'merge-group':
      return fact.group.host;
    default:
      return fact.host;
  }
}

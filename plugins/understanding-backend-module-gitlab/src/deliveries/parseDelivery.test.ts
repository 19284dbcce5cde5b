import { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import {
  ALICE,
  BOB,
  GHOST,
  HEAD,
  HOST,
  IGNORED,
  TELLING,
  deploymentHook,
  diffNoteHook,
  label,
  mergeRequestHook,
  noteHook,
  project,
  projectMoved,
  pushHook,
  repositoryUpdate,
  user,
} from '../__testUtils__/payloads';
import { parseDelivery } from './parseDelivery';

jest.setTimeout(60_000);

const SCRIPT = 'javascript';
const INSTANCES = ['gitlab.com', HOST];

function parse(payload: unknown, instances = INSTANCES) {
  return parseBytes(Buffer.from(JSON.stringify(payload)), instances);
}

function parseBytes(body: Buffer, instances = INSTANCES) {
  return parseDelivery(
    { event: 'Any Hook', contentType: 'application/json', body },
    instances,
  );
}

function factsOf(payload: unknown, instances = INSTANCES) {
  const parsed = parse(payload, instances);
  if (parsed.type !== 'facts') {
    throw new Error(`${parsed.type}: ${parsed.reason}`);
  }
  return parsed.facts;
}

const REPOSITORY = { host: HOST, repository: 'acme/shop' };
const CHANGE = {
  ...REPOSITORY,
  id: `${HOST}/merge_requests/700`,
  number: 7,
  url: `https://${HOST}/Acme/Shop/-/merge_requests/7`,
  title: 'Refund twice paid orders',
  description: 'Why: see the incident.',
  author: { login: 'alice', bot: false },
  headSha: HEAD,
  baseBranch: 'main',
  state: 'open',
  draft: false,
  labels: ['bug', 'payments'],
  requestedReviewers: ['bob'],
  createdAt: '2026-01-01T09:00:00.000Z',
  updatedAt: '2026-01-01T10:00:00.000Z',
};

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

describe('a delivery of a note', () => {
  const COMMENT = {
    id: `${HOST}/notes/900`,
    changeId: CHANGE.id,
    author: { login: 'bob', bot: false },
    body: 'What if it was refunded by hand?',
    createdAt: '2026-01-01T11:00:00.000Z',
    updatedAt: '2026-01-01T11:00:00.000Z',
    deleted: false,
    url: `${CHANGE.url}#note_900`,
  };
  it('tells the comment', () => {
    expect(factsOf(noteHook())).toEqual([
      { type: 'comment', ...REPOSITORY, comment: COMMENT },
    ]);
  });

  it('is a review where it is on the diff of somebody else', () => {
    const review = {
      type: 'review',
      ...REPOSITORY,
      review: {
        id: `${HOST}/merge_requests/700/remarks/12`,
        changeId: CHANGE.id,
        reviewer: { login: 'bob', bot: false },
        verdict: 'commented',
        body: '',
        submittedAt: '2026-01-01T11:00:00.000Z',
        url: CHANGE.url,
      },
    };
    expect(factsOf(diffNoteHook())).toEqual([
      {
        type: 'comment',
        ...REPOSITORY,
        comment: {
          ...COMMENT,
          id: `${HOST}/notes/901`,
          url: `${CHANGE.url}#note_901`,
        },
      },
      review,
    ]);
    const older = { id: 902, type: null };
    expect(factsOf(diffNoteHook(older))[1]).toEqual(review);
    const edited = { updated_at: '2026-02-01 11:00:00 UTC', action: 'update' };
    expect(factsOf(diffNoteHook(edited))[1]).toEqual(review);
  });

  it('is no review of oneself', () => {
    expect(
      factsOf({ ...diffNoteHook({ author_id: ALICE.id }), user: ALICE }),
    ).toMatchObject([{ comment: { author: { login: 'alice' } } }]);
  });

  it('is of nobody where somebody else edited it', () => {
    const facts = factsOf({
      ...diffNoteHook({ action: 'update' }),
      user: ALICE,
    });
    expect(facts).toMatchObject([{ comment: { author: undefined } }]);
  });

  it.each<[string, JsonObject]>([
    [
      'of an issue',
      noteHook(
        { noteable_type: 'Issue' },
        { merge_request: undefined as never, issue: { id: 92 } },
      ),
    ],
    [
      'of a commit',
      noteHook(
        { noteable_type: 'Commit' },
        { merge_request: undefined as never, commit: { id: HEAD } },
      ),
    ],
    [
      'of a snippet',
      noteHook(
        { noteable_type: 'Snippet' },
        { merge_request: undefined as never, snippet: { id: 53 } },
      ),
    ],
    ['of GitLab itself', noteHook({ system: true })],
    ['that is internal', noteHook({ internal: true })],
  ])('is ignored if it is one %s', (_name, payload) => {
    expect(parse(payload)).toEqual({
      type: 'ignored',
      reason: expect.any(String),
    });
  });
});

describe('other deliveries', () => {
  it('tell which branches have another head', () => {
    const push = (branch: string) => ({
      type: 'push',
      host: HOST,
      repository: 'acme/shop',
      branch,
    });
    expect(factsOf(pushHook())).toEqual([push('main')]);
    expect(
      factsOf(
        repositoryUpdate(['refs/heads/a/b', 'refs/tags/v1', 'refs/heads/c']),
      ),
    ).toEqual([push('a/b'), push('c')]);
  });

  it.each<[string, JsonObject]>([
    ['deleted a branch', pushHook({ after: '0'.repeat(40) })],
    ['pushed no branch', pushHook({ ref: 'refs/keep-around/1' })],
    ['pushed tags', repositoryUpdate(['refs/tags/v1'])],
  ])('are ignored if they %s', (_name, payload) => {
    expect(parse(payload)).toMatchObject({ type: 'ignored' });
  });

  it.each([
    ['created', 'pending'],
    ['running', 'pending'],
    ['blocked', 'pending'],
    ['success', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'inactive'],
    ['skipped', 'inactive'],
  ])('tell of a deployment that is %s', (status, state) => {
    expect(factsOf(deploymentHook(status))).toEqual([
      {
        type: 'deployment',
        deployment: {
          host: HOST,
          repository: 'acme/shop',
          id: `${HOST}/deployments/40`,
          environment: 'production',
          sha: HEAD,
          state,
          updatedAt: '2026-01-02T09:00:00.000Z',
          url: `https://${HOST}/Acme/Shop/-/jobs/796`,
        },
      },
    ]);
  });

  it('link to no job of a deployment from elsewhere', () => {
    for (const deployable_url of [null, `${SCRIPT}:alert(1)`]) {
      expect(
        factsOf(deploymentHook('success', { deployable_url })),
      ).toMatchObject([{ deployment: { url: undefined } }]);
    }
  });

  it.each(['project_rename', 'project_transfer'] as const)(
    'tell of another address by %s, where one instance can have told it',
    name => {
      expect(factsOf(projectMoved(name))).toEqual([
        {
          type: 'moved',
          host: HOST,
          repository: 'acme/store',
          from: 'acme/shop',
        },
      ]);
      for (const instances of [
        ['gitlab.com'],
        [...INSTANCES, 'other.example'],
      ]) {
        expect(parse(projectMoved(name), instances)).toMatchObject({
          type: 'ignored',
        });
      }
    },
  );

  it.each(IGNORED)('are ignored: %s %j', (_event, payload) => {
    expect(parse(payload)).toMatchObject({ type: 'ignored' });
  });

  it.each<[string, unknown, string]>([
    [
      'a kind that is new',
      { object_kind: 'sermon' },
      'object_kind, event_name: not of a kind that is known',
    ],
    [
      'a name of a prototype',
      { object_kind: 'constructor' },
      'object_kind, event_name: not of a kind that is known',
    ],
    [
      'no kind',
      { project: project() },
      'object_kind, event_name: neither is a string',
    ],
    ['a list', [1], 'object_kind, event_name: neither is a string'],
    ['null', null, 'object_kind, event_name: neither is a string'],
    [
      'another instance',
      mergeRequestHook(
        'open',
        {},
        {
          project: { ...project(), web_url: 'https://evil.example/acme/shop' },
        },
      ),
      'project.web_url: not of a configured instance',
    ],
    [
      'an instance in the path',
      pushHook({
        project: { ...project(), web_url: `https://evil.example/${HOST}` },
      }),
      'project.web_url: not of a configured instance',
    ],
    [
      'an address that is a script',
      pushHook({
        project: { ...project(), web_url: `${SCRIPT}://${HOST}/%0aalert(1)` },
      }),
      'project.web_url: not of a configured instance',
    ],
    [
      'no address',
      pushHook({ project: { ...project(), web_url: '' } }),
      'project.web_url: not of a configured instance',
    ],
    [
      'a path that leads elsewhere',
      pushHook({ project: { ...project(), path_with_namespace: '../../x' } }),
      'project.path_with_namespace: not the path of a project',
    ],
    [
      'an option as a path',
      pushHook({
        project: { ...project(), path_with_namespace: '--upload-pack=x/y' },
      }),
      'project.path_with_namespace: not the path of a project',
    ],
    [
      'no title',
      mergeRequestHook('open', { title: 7 }),
      'object_attributes.title: Invalid input: expected string, received number',
    ],
    [
      'a secret instead of a list',
      mergeRequestHook('open', {}, { reviewers: 'hidden' }),
      'reviewers: Invalid input: expected array, received string',
    ],
    [
      'another status',
      deploymentHook('hidden'),
      'status: Invalid option: expected one of "created"|"running"|"blocked"|"success"|"failed"|"canceled"|"skipped"',
    ],
    [
      'a note on nothing',
      noteHook({}, { merge_request: null }),
      'merge_request: Invalid input: expected object, received null',
    ],
  ])('are not understood with %s', (_name, payload, reason) => {
    expect(parse(payload)).toEqual({ type: 'not-understood', reason });
  });

  it.each<[string, Buffer, string]>([
    ['half of it', Buffer.from('{"object_kind":'), 'body: not JSON'],
    ['another encoding', Buffer.from([0xff, 0xfe]), 'body: not UTF-8'],
    [
      'a million brackets',
      Buffer.alloc(1_000_000, '['),
      'body: nested more than 64 levels deep',
    ],
  ])('are not understood if they are %s', (_name, body, reason) => {
    expect(parseBytes(body)).toEqual({ type: 'not-understood', reason });
  });
});

describe('whatever is delivered', () => {
  it.each(TELLING)('tells something: %s %j', (_event, payload) => {
    expect(factsOf(payload).length).toBeGreaterThan(0);
  });

  it('does the same for the same bytes', () => {
    for (const [, payload] of TELLING) {
      expect(parse(payload)).toEqual(parse(payload));
    }
  });

  it('never throws, and never repeats what it does not understand', () => {
    const payloads = [...TELLING, ...IGNORED].map(([, payload]) => payload);
    const canary = 'canary-4711';
    fc.assert(
      fc.property(
        fc.constantFrom(...payloads),
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.oneof(
              fc.constantFrom(undefined, null, canary, [canary], -1, 1e300),
              fc.constantFrom({}, [], '', true, { id: canary }, '\u0000'),
              fc.jsonValue(),
            ),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        (payload, mutations) => {
          const mutated = structuredClone(payload);
          for (const [at, value] of mutations) {
            mutate(mutated, at, structuredClone(value));
          }
          const parsed = parse(mutated);
          const reason = parsed.type === 'facts' ? '' : parsed.reason;
          expect(reason).not.toContain('4711');
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('never throws at bytes that were changed, cut or repeated', () => {
    const bodies = TELLING.map(([, payload]) =>
      Buffer.from(JSON.stringify(payload)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        fc.nat(),
        fc.nat(255),
        fc.constantFrom('set', 'cut', 'repeat'),
        (body, at, byte, how) => {
          const place = at % body.length;
          const changed = Buffer.from(body);
          changed[place] = byte;
          const mutated = {
            set: changed,
            cut: body.subarray(0, place),
            repeat: Buffer.concat([body.subarray(0, place), body]),
          }[how];
          expect(['facts', 'ignored', 'not-understood']).toContain(
            parseBytes(mutated as Buffer).type,
          );
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

/** Sets one of the values in a payload, by its place among all of them. */
function mutate(payload: JsonObject, at: number, value: unknown): void {
  const places: Array<[Record<string, unknown>, string]> = [];
  const walk = (node: unknown) => {
    if (node && typeof node === 'object') {
      for (const key of Object.keys(node)) {
        places.push([node as Record<string, unknown>, key]);
        walk((node as Record<string, unknown>)[key]);
      }
    }
  };
  walk(payload);
  const [node, key] = places[at % places.length];
  node[key] = value;
}

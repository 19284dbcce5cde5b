import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { HostCheck } from '@understanding-dev/backstage-plugin-understanding-node';
import {
  approvedBy,
  attributes,
  basicUser,
  commit,
  diff,
  diffNote,
  note,
  standInMergeRequest,
  systemNote,
} from './__testUtils__/answers';
import { ALICE, BOB, GHOST, HEAD, HOST, user } from './__testUtils__/payloads';
import { Fault, StandInGitlab } from './__testUtils__/StandInGitlab';
import { readGitlabConfig } from './config';
import { GitlabHost } from './GitlabHost';

jest.setTimeout(60_000);

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

let gitlab: StandInGitlab;
let host: GitlabHost;
let counted: number;

function hostWith(integration: JsonObject = {}): GitlabHost {
  const config = readGitlabConfig(
    mockServices.rootConfig({
      data: {
        integrations: {
          gitlab: [
            {
              host: HOST,
              apiBaseUrl: gitlab.url,
              baseUrl: `https://${HOST}`,
              token: gitlab.token,
              ...integration,
            },
          ],
        },
        understanding: { gitlab: { webhookTokens: ['a-token-of-this-test'] } },
      },
    }),
  );
  return GitlabHost.create({ ...config!, now: () => new Date() });
}

function options(signal = AbortSignal.timeout(10_000)) {
  return {
    signal,
    onRequest: () => {
      counted++;
    },
  };
}

beforeEach(async () => {
  gitlab = new StandInGitlab();
  await gitlab.listen();
  gitlab.projects.set('acme/shop', [standInMergeRequest()]);
  counted = 0;
  host = hostWith();
});

afterEach(() => gitlab.close());

const read = (number = 7) =>
  host.readChange({ ...REPOSITORY, number }, options());

describe('readChange', () => {
  it('reads what a merge request is, with five requests', async () => {
    await expect(read()).resolves.toEqual({
      change: CHANGE,
      files: [
        {
          path: 'src/refund.ts',
          status: 'modified',
          additions: 2,
          deletions: 1,
        },
      ],
      filesTruncated: false,
      commits: [
        {
          sha: HEAD,
          message: 'Refund twice paid orders\n',
          email: 'alice@acme.example',
        },
      ],
      reviews: [],
    });
    expect(gitlab.requests.map(({ path }) => path)).toEqual(
      ['', '/diffs', '/commits', '/approvals', '/notes'].map(
        part => `/api/v4/projects/acme%2Fshop/merge_requests/7${part}`,
      ),
    );
    expect(counted).toBe(5);
  });

  it.each<[string, JsonObject, object]>([
    [
      'merged',
      {
        state: 'merged',
        merged_at: '2026-01-03T09:00:00.999Z',
        merge_commit_sha: 'b'.repeat(40),
        squash_commit_sha: 'c'.repeat(40),
      },
      {
        state: 'merged',
        mergedAt: '2026-01-03T09:00:00.000Z',
        mergeSha: 'b'.repeat(40),
      },
    ],
    [
      'squashed',
      {
        state: 'merged',
        merged_at: '2026-01-03T09:00:00Z',
        squash_commit_sha: 'c'.repeat(40),
      },
      { state: 'merged', mergeSha: 'c'.repeat(40) },
    ],
    [
      'merged without a commit of its own',
      { state: 'merged', merged_at: '2026-01-03T09:00:00Z' },
      { state: 'merged', mergeSha: HEAD },
    ],
    ['closed', { state: 'closed' }, { state: 'closed' }],
    ['a draft', { draft: true }, { draft: true }],
    [
      'of somebody whose account was deleted',
      { author: basicUser(GHOST) },
      { author: undefined },
    ],
    [
      'of a bot',
      { author: basicUser(user(99, 'project_5_bot_1a2b3c')) },
      { author: { login: 'project_5_bot_1a2b3c', bot: true } },
    ],
    [
      'of a fork that was deleted',
      { source_project_id: null, description: null, reviewers: [] },
      { description: '', requestedReviewers: [] },
    ],
  ])('reads one that is %s', async (_name, told, change) => {
    gitlab.projects.set('acme/shop', [
      standInMergeRequest({ attributes: attributes(told) }),
    ]);
    const reading = await read();
    expect(reading?.change).toMatchObject(change);
  });

  it('reads what became of files, and how many lines of each', async () => {
    gitlab.projects.set('acme/shop', [
      standInMergeRequest({
        diffs: [
          diff('new.ts', { new_file: true, diff: '@@ -0,0 +1 @@\n+one' }),
          diff('gone.ts', {
            deleted_file: true,
            diff: '--- a/gone.ts\n+++ /dev/null\n@@ -1,2 +0,0 @@\n--- a\n-b\n',
          }),
          diff('to.ts', {
            old_path: 'from.ts',
            renamed_file: true,
            diff: '',
          }),
          diff('large.bin', { too_large: true, diff: null }),
        ],
      }),
    ]);
    expect((await read())?.files).toEqual([
      { path: 'new.ts', status: 'added', additions: 1, deletions: 0 },
      { path: 'gone.ts', status: 'removed', additions: 0, deletions: 2 },
      {
        path: 'to.ts',
        previousPath: 'from.ts',
        status: 'renamed',
        additions: 0,
        deletions: 0,
      },
      { path: 'large.bin', status: 'modified', additions: 0, deletions: 0 },
    ]);
  });

  it.each([
    [250, '250', 250, false],
    [3000, '3000', 3000, false],
    [3001, '3001', 3000, true],
    [100, '100+', 100, true],
  ])(
    'reads %i files, of which GitLab counts %s',
    async (there, changes_count, files, filesTruncated) => {
      gitlab.projects.set('acme/shop', [
        standInMergeRequest({
          attributes: attributes({ changes_count }),
          diffs: Array.from({ length: there }, (_, n) => diff(`${n}.ts`)),
        }),
      ]);
      const reading = await read();
      expect(reading?.files).toHaveLength(files);
      expect(reading?.filesTruncated).toBe(filesTruncated);
    },
  );

  it('reads all commits and notes', async () => {
    gitlab.projects.set('acme/shop', [
      standInMergeRequest({
        commits: Array.from({ length: 120 }, (_, n) =>
          commit(n.toString(16).padStart(40, '0'), 'x'),
        ),
        notes: [
          ...Array.from({ length: 150 }, () =>
            note(ALICE, 'x', '2026-01-02T09:00:00Z'),
          ),
          diffNote(BOB, '2026-01-01T12:00:00Z'),
        ],
      }),
    ]);
    const reading = await read();
    expect(reading?.commits).toHaveLength(120);
    // Where there are more than can be read, the last ones count.
    expect(gitlab.requests.at(-1)?.query).toEqual({
      order_by: 'created_at',
      sort: 'desc',
      per_page: '100',
      page: '2',
    });
    expect(reading?.reviews).toMatchObject([{ verdict: 'commented' }]);
    expect(counted).toBe(7);
  });

  it('says that one is gone only where its project is not', async () => {
    await expect(read(8)).resolves.toBeUndefined();
    gitlab.projects.clear();
    await expect(read()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says that one is gone which has nothing in it', async () => {
    gitlab.projects.set('acme/shop', [
      standInMergeRequest({ attributes: attributes({ sha: null }) }),
    ]);
    await expect(read()).resolves.toBeUndefined();
  });

  it('finds a project that has another name now', async () => {
    gitlab.projects.set('acme/store', gitlab.projects.get('acme/shop')!);
    gitlab.moved.set('acme/shop', 'acme/store');
    await expect(read()).resolves.toMatchObject({ change: { number: 7 } });
    expect(counted).toBe(10);
  });

  it('takes its token nowhere else', async () => {
    const elsewhere = new StandInGitlab();
    const location = `${await elsewhere.listen()}/projects/5`;
    gitlab.faults.push({ status: 302, headers: { location } });
    await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });
});

describe('reviews', () => {
  const reviewsWith = async (approvals: JsonObject, ...notes: JsonObject[]) => {
    gitlab.projects.set('acme/shop', [
      standInMergeRequest({ approvals, notes }),
    ]);
    return (await read())?.reviews;
  };
  const approval = (verdict: string, submittedAt: string) => ({
    id: `${CHANGE.id}/approvals/12`,
    changeId: CHANGE.id,
    reviewer: { login: 'bob', bot: false },
    verdict,
    body: '',
    submittedAt,
    url: CHANGE.url,
  });
  const approved = (at: string) =>
    systemNote(BOB, 'approved this merge request', at);
  const unapproved = (at: string) =>
    systemNote(BOB, 'unapproved this merge request', at);

  it('are approvals, when they were given', async () => {
    expect(
      await reviewsWith(
        approvedBy([BOB, '2026-01-02T09:00:00.500Z']),
        approved('2026-01-02T09:00:01Z'),
      ),
    ).toEqual([approval('approved', '2026-01-02T09:00:00.000Z')]);
  });

  it('have the time of a note where approvals have none', async () => {
    expect(
      await reviewsWith(
        approvedBy([BOB, undefined]),
        approved('2026-01-03T09:00:00Z'),
        unapproved('2026-01-02T10:00:00Z'),
        approved('2026-01-02T09:00:00Z'),
      ),
    ).toEqual([approval('approved', '2026-01-03T09:00:00.000Z')]);
    expect(await reviewsWith(approvedBy([BOB, undefined]))).toEqual([
      approval('approved', CHANGE.updatedAt),
    ]);
  });

  it('are dismissed when they were taken back, or a push took them', async () => {
    expect(
      await reviewsWith(
        approvedBy(),
        unapproved('2026-01-02T10:00:00Z'),
        approved('2026-01-02T09:00:00Z'),
      ),
    ).toEqual([approval('dismissed', '2026-01-02T10:00:00.000Z')]);
    expect(
      await reviewsWith(approvedBy(), approved('2026-01-02T09:00:00Z')),
    ).toEqual([approval('dismissed', '2026-01-02T09:00:00.000Z')]);
  });

  it('are requests for changes', async () => {
    expect(
      await reviewsWith(
        approvedBy(),
        systemNote(BOB, 'requested changes', '2026-01-02T10:00:00Z'),
      ),
    ).toEqual([approval('changes-requested', '2026-01-02T10:00:00.000Z')]);
  });

  it('are remarks on the diff of somebody else, the last one of each', async () => {
    const carol = user(14, 'Carol');
    expect(
      await reviewsWith(
        approvedBy(),
        diffNote(BOB, '2026-01-03T09:00:00Z'),
        diffNote(ALICE, '2026-01-02T12:00:00Z'),
        diffNote(carol, '2026-01-02T11:00:00Z'),
        diffNote(BOB, '2026-01-02T09:00:00Z'),
        note(user(15, 'Dan'), 'Nice', '2026-01-02T08:00:00Z'),
        note(BOB, 'approved this merge request', '2026-01-02T08:00:00Z'),
      ),
    ).toEqual([
      {
        ...approval('commented', '2026-01-03T09:00:00.000Z'),
        id: `${CHANGE.id}/remarks/12`,
      },
      {
        ...approval('commented', '2026-01-02T11:00:00.000Z'),
        id: `${CHANGE.id}/remarks/14`,
        reviewer: { login: 'carol', bot: false },
      },
    ]);
  });
});

describe('listChanges', () => {
  it('lists the last updated first, a hundred with a request', async () => {
    gitlab.projects.set(
      'acme/shop',
      Array.from({ length: 230 }, (_, n) =>
        standInMergeRequest({
          attributes: attributes({
            iid: n + 1,
            updated_at: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
          }),
        }),
      ),
    );
    const numbers: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await host.listChanges({ ...REPOSITORY, cursor }, options());
      numbers.push(...page.changes.map(({ number }) => number));
      cursor = page.nextCursor;
    } while (cursor);
    expect(numbers).toEqual(Array.from({ length: 230 }, (_, n) => 230 - n));
    expect(counted).toBe(3);
    expect(gitlab.requests[0].query).toMatchObject({
      state: 'all',
      order_by: 'updated_at',
      sort: 'desc',
    });
  });

  it('tells the same of a change as reading it does', async () => {
    const { changes } = await host.listChanges(REPOSITORY, options());
    expect(changes).toEqual([(await read())?.change]);
  });
});

describe('writeCheck', () => {
  const check: HostCheck = {
    ...REPOSITORY,
    headSha: HEAD,
    name: 'understanding',
    state: 'pending',
    title: 'An explanation is asked for',
    summary: '# Long',
    url: 'https://backstage.acme.example/understanding/explanations/1',
  };
  const write = (changed: Partial<HostCheck>) =>
    host.writeCheck({ ...check, ...changed }, options());

  it.each([
    ['pending', 'pending', check.title],
    ['success', 'success', check.title],
    ['failure', 'failed', check.title],
    ['neutral', 'success', `Advisory: ${check.title}`],
  ] as const)('shows %s as %s', async (state, shown, description) => {
    await write({ state });
    expect(gitlab.statuses).toEqual([
      {
        sha: HEAD,
        name: 'understanding',
        state: shown,
        description,
        target_url: check.url,
      },
    ]);
  });

  it('may be repeated', async () => {
    await write({});
    await write({});
    await write({ state: 'success' });
    await write({ state: 'success' });
    await write({});
    expect(gitlab.statuses).toMatchObject([{ state: 'pending' }]);
  });

  it('cuts what GitLab would refuse', async () => {
    await write({
      title: '🙂'.repeat(300),
      url: `https://x/${'y'.repeat(300)}`,
    });
    const [{ description, target_url }] = gitlab.statuses;
    expect(description).toBe('🙂'.repeat(255));
    expect(target_url).toBeUndefined();
  });

  it('fails where there is no such head, or no such project any more', async () => {
    gitlab.faults.push({ status: 404 });
    await expect(write({})).rejects.toMatchObject({ code: 'not-found' });
    gitlab.faults.push({
      status: 400,
      body: '{"message":"State is required"}',
    });
    await expect(write({})).rejects.toMatchObject({ code: 'unavailable' });
    gitlab.moved.set('acme/shop', 'acme/store');
    await expect(write({})).rejects.toMatchObject({ code: 'not-found' });
    expect(gitlab.statuses).toEqual([]);
  });
});

describe('cloneAddress', () => {
  it('has the token in a header alone', async () => {
    const { url, headers } = await host.cloneAddress(REPOSITORY);
    expect(url).toBe(`https://${HOST}/acme/shop.git`);
    const [scheme, basic] = headers.authorization.split(' ');
    expect(scheme).toBe('Basic');
    expect(Buffer.from(basic, 'base64').toString()).toBe(
      `oauth2:${gitlab.token}`,
    );
  });

  it('has none where none is configured', async () => {
    await expect(
      hostWith({ token: undefined }).cloneAddress(REPOSITORY),
    ).resolves.toEqual({ url: `https://${HOST}/acme/shop.git`, headers: {} });
  });

  it('is below the address of the instance', async () => {
    await expect(
      hostWith({ baseUrl: `https://${HOST}/git` }).cloneAddress(REPOSITORY),
    ).resolves.toMatchObject({ url: `https://${HOST}/git/acme/shop.git` });
  });

  it.each([
    [HOST, '..', /not a path of a project/],
    [HOST, 'acme', /not a path of a project/],
    [HOST, 'acme/..', /not a path of a project/],
    [HOST, '/acme/shop', /not a path of a project/],
    [HOST, 'acme//shop', /not a path of a project/],
    [HOST, 'acme/../../evil', /not a path of a project/],
    [HOST, '-oProxyCommand=x/y', /not a path of a project/],
    [HOST, 'acme/shop?x', /not a path of a project/],
    ['evil.example', 'acme/shop', /not one of integrations.gitlab/],
  ])('is none for %s and %s', async (instance, repository, message) => {
    const failure = {
      code: 'not-found',
      message: expect.stringMatching(message),
    };
    const where = { host: instance, repository };
    await expect(host.cloneAddress(where)).rejects.toMatchObject(failure);
    await expect(host.listChanges(where, options())).rejects.toMatchObject(
      failure,
    );
    expect(gitlab.requests).toEqual([]);
  });
});

describe('what GitLab answers instead', () => {
  it.each<[string, Fault, object]>([
    ['401', { status: 401 }, { code: 'forbidden' }],
    ['403', { status: 403 }, { code: 'forbidden' }],
    [
      '429',
      { status: 429, headers: { 'retry-after': '42' } },
      { code: 'rate-limited', retryAfterSeconds: 42 },
    ],
    [
      '429 without a time',
      { status: 429 },
      { code: 'rate-limited', retryAfterSeconds: undefined },
    ],
    ['500', { status: 500 }, { code: 'unavailable' }],
    [
      '503',
      { status: 503, headers: { 'retry-after': '5' } },
      { code: 'unavailable' },
    ],
    ['a closed connection', 'reset', { code: 'unavailable' }],
    ['half an answer', 'cut', { code: 'unavailable' }],
    [
      'an answer without end',
      'flood',
      {
        code: 'unavailable',
        message: `${HOST} gave an answer that is too large`,
      },
    ],
    ['a page', { status: 200, body: '<html>' }, { code: 'unavailable' }],
    [
      'another form',
      { status: 200, body: '{"secret":1}' },
      { code: 'unavailable' },
    ],
    [
      'a loop',
      { status: 302, headers: { location: '/elsewhere' } },
      { code: 'unavailable' },
    ],
  ])('is told apart: %s', async (_name, fault, failure) => {
    const at = gitlab.requests.length;
    for (const call of [
      () => read(),
      () => host.listChanges(REPOSITORY, options()),
    ]) {
      gitlab.faults.push(
        typeof fault === 'object'
          ? { ...fault, body: fault.body ?? `secret ${gitlab.token}` }
          : fault,
      );
      const error = await call().catch(thrown => thrown);
      expect(error).toMatchObject({ name: 'ChangeHostError', ...failure });
      expect(`${error.message} ${error.stack}`).not.toMatch(
        /secret|glpat|Bearer/,
      );
    }
    // Whoever called decides when to ask again.
    expect(gitlab.requests.length - at).toBe(2);
    expect(counted).toBe(2);
  });

  it.each([0, 1, 2, 3, 4])('is told also after %i good answers', async good => {
    const call = host.readChange(
      { ...REPOSITORY, number: 7 },
      {
        ...options(),
        onRequest: () => {
          if (gitlab.requests.length === good) {
            gitlab.faults.push({ status: 502 });
          }
        },
      },
    );
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
    expect(gitlab.requests).toHaveLength(good + 1);
  });

  it('is nothing for ever, until the signal aborts', async () => {
    const abort = new AbortController();
    gitlab.faults.push('hang');
    const call = host.readChange(
      { ...REPOSITORY, number: 7 },
      {
        ...options(abort.signal),
        onRequest: () => setImmediate(() => abort.abort()),
      },
    );
    await expect(call).rejects.toMatchObject({
      code: 'unavailable',
      message: `${HOST} was given up before it answered`,
    });
  });

  it('is nothing where nobody listens', async () => {
    await gitlab.close();
    await expect(read()).rejects.toMatchObject({
      code: 'unavailable',
      message: `${HOST} gave no answer (ECONNREFUSED)`,
    });
    await gitlab.listen();
  });

  it('ends when there is no budget left for another request', async () => {
    let left = 2;
    const call = host.readChange(
      { ...REPOSITORY, number: 7 },
      {
        ...options(),
        onRequest: () => {
          if (left-- === 0) {
            throw new Error('The budget is spent');
          }
        },
      },
    );
    await expect(call).rejects.toThrow('The budget is spent');
    expect(gitlab.requests).toHaveLength(2);
  });

  it('is not asked for again here, also where Backstage does so', async () => {
    const retrying = hostWith({
      retry: { maxRetries: 3, retryStatusCodes: [503] },
    });
    gitlab.faults.push({ status: 503 });
    await expect(
      retrying.listChanges(REPOSITORY, options()),
    ).rejects.toMatchObject({ code: 'unavailable' });
    expect(gitlab.requests).toHaveLength(1);
  });

  it('does not wait for its turn once the signal aborts', async () => {
    const spaced = hostWith({ retry: { maxApiRequestsPerMinute: 1 } });
    await spaced.listChanges(REPOSITORY, options());
    const abort = new AbortController();
    const call = spaced.listChanges(REPOSITORY, {
      ...options(abort.signal),
      onRequest: () => setImmediate(() => abort.abort()),
    });
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
    expect(gitlab.requests).toHaveLength(1);
  });
});

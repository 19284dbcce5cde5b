import {
  ChangeHostError,
  HostCheck,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { GithubHost } from './GithubHost';
import { ScriptedAnswer } from './__testUtils__/ScriptedServer';
import { StandInGithub, sha } from './__testUtils__/StandInGithub';

const NOW = new Date('2026-03-10T12:00:00.000Z');
const SHOP = { host: 'github.com', repository: 'acme/shop' };

const CHECK: HostCheck = {
  ...SHOP,
  headSha: sha(1),
  name: 'understanding',
  state: 'pending',
  title: 'Waits for an explanation',
  summary: 'Nobody has explained it yet.',
  url: 'https://backstage.acme.example/understanding',
};

jest.setTimeout(60_000);

describe('GithubHost', () => {
  let github: StandInGithub;
  let requests: number;

  beforeEach(async () => {
    github = await StandInGithub.start();
    github.addRepository('Acme/Shop');
    requests = 0;
  });

  afterEach(() => github.stop());

  const options = (signal = AbortSignal.timeout(60_000)) => ({
    signal,
    onRequest: () => {
      requests += 1;
    },
  });

  const hostWith = (credentials: 'app' | 'token' | 'none') =>
    GithubHost.create({
      instances: [github.integration(credentials)],
      secrets: [],
      now: () => NOW,
      second: 1,
    });

  const failureOf = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => undefined,
      thrown => thrown,
    );
    for (const secret of github.secrets) {
      expect(`${error?.message} ${error?.stack}`).not.toContain(secret);
    }
    return error;
  };

  describe('readChange', () => {
    it('tells the change, its files, commits and submitted reviews', async () => {
      const pull = github.openPull('Acme/Shop', {
        body: 'Because of rounding.',
        user: { login: 'copilot[bot]', type: 'Bot' },
        labels: [{ name: 'z' }, { name: 'ai' }],
        requested_reviewers: [
          { login: 'Grace' },
          { name: 'a team' },
          { login: 'barbara' },
        ],
        state: 'closed',
        updated_at: '2026-03-02T11:00:00+01:00',
        merged_at: '2026-03-02T10:00:00Z',
        merge_commit_sha: sha(99),
      });
      pull.files.push(
        {
          filename: 'a.ts',
          status: 'added',
          additions: 3,
          deletions: 0,
          sha: sha(77),
        },
        {
          filename: 'new.ts',
          previous_filename: 'old.ts',
          status: 'renamed',
          additions: 1,
          deletions: 2,
        },
        {
          filename: 'copy.ts',
          previous_filename: 'a.ts',
          status: 'copied',
          additions: 0,
          deletions: 0,
        },
        { filename: 'b.png', status: 'to come', additions: 0, deletions: 0 },
      );
      pull.commits.push(
        {
          sha: sha(5),
          commit: {
            message: 'Round\n\nAssisted-by: Copilot',
            author: { email: 'ada@acme.example' },
          },
          author: { login: 'Ada' },
        },
        { sha: sha(6), commit: { message: '', author: null }, author: {} },
      );
      const review = {
        user: { login: 'Grace', type: 'User' },
        body: '',
        commit_id: sha(1),
        html_url: 'https://github.com/Acme/Shop/pull/1#pullrequestreview-7',
      };
      pull.reviews.push(
        {
          ...review,
          id: 7,
          state: 'APPROVED',
          submitted_at: '2026-03-02T09:00:00Z',
        },
        { ...review, id: 8, state: 'PENDING' },
        {
          ...review,
          id: 9,
          user: null,
          state: 'CHANGES_REQUESTED',
          submitted_at: '2026-03-02T09:30:00Z',
        },
      );

      const reading = await hostWith('app').readChange(
        { ...SHOP, number: 1 },
        options(),
      );

      expect(reading).toEqual({
        change: {
          host: 'github.com',
          repository: 'acme/shop',
          id: expect.stringMatching(
            /^github\.com\/repositories\/\d+\/pull\/1$/,
          ),
          number: 1,
          url: 'https://github.com/Acme/Shop/pull/1',
          title: 'Change 1',
          description: 'Because of rounding.',
          author: { login: 'copilot[bot]', bot: true },
          headSha: sha(1),
          baseBranch: 'main',
          state: 'merged',
          draft: false,
          labels: ['ai', 'z'],
          requestedReviewers: ['barbara', 'grace'],
          createdAt: '2026-03-01T10:00:00.000Z',
          updatedAt: '2026-03-02T10:00:00.000Z',
          mergedAt: '2026-03-02T10:00:00.000Z',
          mergeSha: sha(99),
        },
        files: [
          {
            path: 'a.ts',
            status: 'added',
            additions: 3,
            deletions: 0,
            digest: sha(77),
          },
          {
            path: 'new.ts',
            previousPath: 'old.ts',
            status: 'renamed',
            additions: 1,
            deletions: 2,
          },
          { path: 'copy.ts', status: 'added', additions: 0, deletions: 0 },
          { path: 'b.png', status: 'modified', additions: 0, deletions: 0 },
        ],
        filesTruncated: false,
        commitsTruncated: false,
        commits: [
          {
            sha: sha(5),
            message: 'Round\n\nAssisted-by: Copilot',
            email: 'ada@acme.example',
            login: 'ada',
          },
          { sha: sha(6), message: '' },
        ],
        reviews: [
          {
            id: 'github.com/reviews/7',
            changeId: reading?.change.id,
            reviewer: { login: 'grace', bot: false },
            verdict: 'approved',
            headSha: sha(1),
            body: '',
            submittedAt: '2026-03-02T09:00:00.000Z',
            url: review.html_url,
          },
          expect.objectContaining({
            id: 'github.com/reviews/9',
            reviewer: undefined,
            verdict: 'changes-requested',
          }),
        ],
      });
      expect(requests).toBe(github.requests.length);
    });

    it('reads page after page, and says where GitHub tells no more', async () => {
      const pull = github.openPull('Acme/Shop', { changed_files: 4_000 });
      const file = { status: 'modified', additions: 1, deletions: 0 };
      for (let index = 0; index < 3_100; index += 1) {
        pull.files.push({ ...file, filename: `src/${index}.ts` });
      }
      const commit = { commit: { message: 'c', author: null }, author: null };
      for (let index = 1; index <= 260; index += 1) {
        pull.commits.push({ ...commit, sha: sha(index) });
      }
      for (let id = 1; id <= 101; id += 1) {
        pull.reviews.push({
          id,
          user: { login: 'grace' },
          state: 'COMMENTED',
          submitted_at: '2026-03-02T09:00:00Z',
        });
      }

      const reading = await hostWith('token').readChange(
        { ...SHOP, number: 1 },
        options(),
      );

      expect(reading?.files).toHaveLength(3_000);
      expect(reading?.filesTruncated).toBe(true);
      // Of which it lists 250, and a comparison all.
      expect(reading?.commits).toHaveLength(260);
      expect(reading?.commitsTruncated).toBe(false);
      expect(reading?.reviews).toHaveLength(101);
      expect(requests).toBe(1 + 30 + 3 + 3 + 2);
    });

    it('says where not all commits are told of', async () => {
      const pull = github.openPull('Acme/Shop', { commits: 3_001 });
      pull.commits.push({
        sha: sha(1),
        commit: { message: 'c', author: null },
        author: null,
      });

      const read = async () =>
        hostWith('token').readChange({ ...SHOP, number: 1 }, options());

      expect((await read())?.commitsTruncated).toBe(true);
      github.isComparable = false;
      expect(await read()).toMatchObject({
        commits: [{ sha: sha(1) }],
        commitsTruncated: true,
      });
    });

    it('follows a repository to its new name, and the change stays the same', async () => {
      github.openPull('Acme/Shop');
      const host = hostWith('token');
      const before = await host.readChange({ ...SHOP, number: 1 }, options());
      github.renameRepository('Acme/Shop', 'Acme/Store');
      const after = await host.readChange({ ...SHOP, number: 1 }, options());
      expect(after?.change.repository).toBe('acme/store');
      expect(after?.change.id).toBe(before?.change.id);
    });

    it('reads as an App that is installed for some repositories only', async () => {
      github.isInstalledForAll = false;
      github.openPull('Acme/Shop');
      await expect(
        hostWith('app').readChange({ ...SHOP, number: 1 }, options()),
      ).resolves.toMatchObject({ change: { number: 1 } });
    });

    it('is undefined for a change that is gone', async () => {
      await expect(
        hostWith('token').readChange({ ...SHOP, number: 7 }, options()),
      ).resolves.toBeUndefined();
    });
  });

  describe('listChanges', () => {
    it('tells all changes, the last updated first, with one request a page', async () => {
      for (let number = 1; number <= 205; number += 1) {
        const at = new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString();
        github.openPull('Acme/Shop', { updated_at: at });
      }
      const host = hostWith('app');
      const numbers: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await host.listChanges({ ...SHOP, cursor }, options());
        numbers.push(...page.changes.map(({ number }) => number));
        cursor = page.nextCursor;
      } while (cursor);
      expect(numbers).toEqual(
        Array.from({ length: 205 }, (_, index) => 205 - index),
      );
      expect(requests).toBe(3);
      expect(github.requests[0].path).toContain('sort=updated&direction=desc');
    });

    it('refuses a cursor of somebody else', async () => {
      await expect(
        hostWith('app').listChanges({ ...SHOP, cursor: '1&page=2' }, options()),
      ).rejects.toThrow('cursor');
      expect(github.requests).toEqual([]);
    });

    it('says that a repository is not found', async () => {
      const failure = await failureOf(
        hostWith('app').listChanges(
          { host: 'github.com', repository: 'acme/none' },
          options(),
        ),
      );
      expect(failure).toMatchObject({ code: 'not-found' });
    });

    it('knows no instance but those of the integrations', async () => {
      await expect(
        hostWith('app').listChanges(
          { ...SHOP, host: 'evil.example' },
          options(),
        ),
      ).rejects.toThrow('integrations.github has no evil.example');
    });
  });

  describe('requestRedelivery', () => {
    const SINCE = '2026-03-10T10:00:00.500Z';
    const redeliver = (signal?: AbortSignal) =>
      hostWith('app').requestRedelivery?.(
        { host: 'github.com', since: SINCE },
        options(signal),
      );

    const arrived = () =>
      new Set(
        github.deliveries
          .filter(({ status_code: status }) => status === 200)
          .map(({ guid }) => guid),
      );
    const missed = (guid: string, at: number) =>
      github.addDelivery({ guid, at: new Date(at), status: 502 });

    it('asks for what never arrived since then', async () => {
      missed('too old', Date.UTC(2026, 2, 10, 9, 59, 59));
      missed('oldest', Date.UTC(2026, 2, 10, 10));
      missed('arrived later', Date.UTC(2026, 2, 10, 11));
      github.redeliver(github.deliveries[0].id);
      github.addDelivery({ guid: 'arrived', at: NOW, status: 202 });
      missed('newest', NOW.getTime());

      await expect(redeliver()).resolves.toBe(2);
      expect(
        github.deliveries
          .filter(({ redelivery }) => redelivery)
          .map(({ guid }) => guid),
      ).toEqual(['oldest', 'newest', 'arrived later']);
      await expect(redeliver()).resolves.toBe(0);
    });

    it('finds all of them however few requests it may make, each once', async () => {
      for (let index = 0; index < 230; index += 1) {
        missed(`guid-${index}`, Date.UTC(2026, 2, 10, 10, 1, index));
      }
      const host = hostWith('app');
      const ends: string[] = [];
      const call = async (since: string) => {
        let budget = 60;
        const onRequest = () => {
          budget -= 1;
          if (budget < 0) {
            throw new Error('The budget is spent');
          }
        };
        await host
          .requestRedelivery?.(
            { host: 'github.com', since },
            { ...options(), onRequest },
          )
          .then(
            () => ends.push('done'),
            error => ends.push(error.message),
          );
      };
      github.answerNext({ body: {} }, { status: 502 }, 'reset');
      for (let index = 0; !ends.includes('done') && index < 9; index += 1) {
        await call(`2026-03-10T10:00:0${index}.000Z`);
        // What is missed meanwhile is found as well.
        missed(`meanwhile-${index}`, NOW.getTime());
      }
      expect(ends).toEqual([
        expect.stringContaining('not as it documents it'),
        ...Array.from({ length: ends.length - 2 }, () => 'The budget is spent'),
        'done',
      ]);
      expect(arrived().size).toBe(230 + ends.length - 1);
      const guids = github.deliveries
        .filter(({ redelivery }) => redelivery)
        .map(({ guid }) => guid);
      expect(guids).toHaveLength(new Set(guids).size);
    });

    it('gets through more than it may look at in one call', async () => {
      missed('first of all', Date.UTC(2026, 2, 10, 10));
      for (let index = 0; index < 500; index += 1) {
        github.addDelivery({ guid: `guid-${index}`, at: NOW, status: 202 });
      }
      const host = hostWith('app');
      for (let call = 0; call < 3; call += 1) {
        let budget = 4;
        await host
          .requestRedelivery?.(
            { host: 'github.com', since: SINCE },
            {
              ...options(),
              onRequest: () => {
                budget -= 1;
                if (budget < 0) {
                  throw new Error('The budget is spent');
                }
              },
            },
          )
          .catch(() => {});
      }
      expect([...arrived()]).toEqual(['first of all']);
    });

    it('leaves alone what is refused again and again', async () => {
      missed('refused', NOW.getTime());
      github.redeliveryStatus = 401;
      for (let call = 0; call < 8; call += 1) {
        await redeliver();
      }
      expect(
        github.deliveries.filter(({ redelivery }) => redelivery),
      ).toHaveLength(5);
    });

    it('goes on where GitHub has forgotten one', async () => {
      missed('forgotten', NOW.getTime());
      missed('kept', NOW.getTime());
      github.answerNext({ body: github.deliveries }, { status: 404 });
      await expect(redeliver()).resolves.toBe(1);
    });

    it('is not there with a token only', () => {
      expect(hostWith('token').requestRedelivery).toBeUndefined();
      expect(hostWith('app').requestRedelivery).toBeDefined();
    });
  });

  describe('readFile', () => {
    const PATH = 'services/shop/catalog-info.yaml';
    const read = (ref = 'main') =>
      hostWith('app').readFile(
        { ...SHOP, path: PATH, ref, maxBytes: 10 },
        options(),
      );
    const content = (text: string, more = {}) => ({
      type: 'file',
      size: Buffer.byteLength(text),
      encoding: 'base64',
      content: Buffer.from(text).toString('base64'),
      ...more,
    });

    it('reads a file of a commit or branch', async () => {
      github.contents.set(`main ${PATH}`, content('a: é'));
      await expect(read()).resolves.toEqual({ text: 'a: é' });
      await expect(read('other')).resolves.toBeUndefined();
    });

    it.each([
      ['too much', content('x'.repeat(11)), { tooLarge: 11 }],
      [
        'so much that GitHub leaves it out',
        content('', { encoding: 'none', size: 2_000_000 }),
        { tooLarge: 2_000_000 },
      ],
      ['a folder', [content('a')], undefined],
      ['a submodule', { type: 'submodule', size: 0 }, undefined],
    ])('tells no text of %s', async (_, body, expected) => {
      github.contents.set(`main ${PATH}`, body);
      await expect(read()).resolves.toEqual(expected);
    });

    it('says what GitHub answers instead', async () => {
      github.answerNext({ status: 403, body: {} });
      await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
    });
  });

  describe('cloneAddress', () => {
    it.each(['app', 'token'] as const)(
      'keeps the credentials of the %s out of the address',
      async credentials => {
        const { url, headers } = await hostWith(credentials).cloneAddress(
          SHOP,
          options(),
        );
        expect(url).toBe('https://github.com/acme/shop.git');
        const [scheme, encoded] = headers.authorization.split(' ');
        expect(scheme).toBe('Basic');
        expect(Buffer.from(encoded, 'base64').toString()).toMatch(
          credentials === 'app'
            ? /^x-access-token:ghs_/
            : /^x-access-token:ghp_/,
        );
      },
    );

    it('needs none where none are configured', async () => {
      await expect(
        hostWith('none').cloneAddress(SHOP, options()),
      ).resolves.toEqual({
        url: 'https://github.com/acme/shop.git',
        headers: {},
      });
    });
  });

  describe('writeCheck', () => {
    it('keeps one run of a name as it goes on', async () => {
      const host = hostWith('app');
      await host.writeCheck(CHECK, options());
      await host.writeCheck({ ...CHECK, title: 'Still waits' }, options());
      await host.writeCheck(
        { ...CHECK, state: 'success', title: 'Explained' },
        options(),
      );
      expect(github.checkRuns('Acme/Shop')).toEqual([
        expect.objectContaining({
          name: 'understanding',
          head_sha: sha(1),
          status: 'completed',
          conclusion: 'success',
          details_url: CHECK.url,
          output: { title: 'Explained', summary: CHECK.summary },
        }),
      ]);
    });

    it('has buttons where there is an explanation to assess', async () => {
      const explanation = 'e'.repeat(64);
      const host = hostWith('app');
      await host.writeCheck(CHECK, options());
      await host.writeCheck(
        { ...CHECK, state: 'failure', explanation },
        options(),
      );
      expect(github.checkRuns('Acme/Shop')).toEqual([
        expect.objectContaining({
          external_id: explanation,
          actions: ['genuine', 'surface', 'not-assessable'].map(identifier =>
            expect.objectContaining({ identifier }),
          ),
        }),
      ]);
      await host.writeCheck({ ...CHECK, state: 'failure' }, options());
      expect(github.checkRuns('Acme/Shop').at(-1)).not.toHaveProperty(
        'actions',
      );
    });

    it.each(['pending', 'failure', 'neutral'] as const)(
      'shows %s after a success, which GitHub does not take back',
      async state => {
        const host = hostWith('app');
        await host.writeCheck({ ...CHECK, state: 'success' }, options());
        await host.writeCheck({ ...CHECK, state }, options());
        expect(github.checkRuns('Acme/Shop').at(-1)).toMatchObject(
          state === 'pending'
            ? { status: 'in_progress' }
            : { status: 'completed', conclusion: state },
        );
      },
    );

    it.each([
      ['pending', 'pending'],
      ['success', 'success'],
      ['neutral', 'success'],
      ['failure', 'failure'],
    ] as const)(
      'shows %s as the commit status %s with a token',
      async (state, shown) => {
        await hostWith('token').writeCheck({ ...CHECK, state }, options());
        expect(github.statuses('Acme/Shop')).toEqual([
          {
            sha: sha(1),
            state: shown,
            context: 'understanding',
            description:
              state === 'neutral' ? `No verdict: ${CHECK.title}` : CHECK.title,
            target_url: CHECK.url,
          },
        ]);
      },
    );

    it.each(['app', 'token'] as const)(
      'knows whether GitHub still shows what it has written, as %s',
      async credentials => {
        const host = hostWith(credentials);
        const checks = (['pending', 'failure', 'neutral'] as const).map(
          state => ({ ...CHECK, state, title: `${state} ${'x'.repeat(300)}` }),
        );
        await expect(host.showsCheck(checks[0], options())).resolves.toBe(
          false,
        );
        for (const check of checks) {
          await host.writeCheck(check, options());
          for (const one of checks) {
            await expect(host.showsCheck(one, options())).resolves.toBe(
              one === check,
            );
          }
        }
        // Somebody has it run again, or writes something else there.
        const [run] = github.checkRuns('Acme/Shop').slice(-1);
        const [status] = github.statuses('Acme/Shop').slice(-1);
        Object.assign(run ?? {}, { status: 'queued', conclusion: null });
        Object.assign(status ?? {}, { state: 'success', description: 'Fine' });
        await expect(host.showsCheck(checks[2], options())).resolves.toBe(
          false,
        );
      },
    );

    it.each(['app', 'token'] as const)(
      'cuts texts that are longer than GitHub takes, as %s',
      async credentials => {
        const long = {
          ...CHECK,
          title: '😀é'.repeat(300),
          summary: '😀é'.repeat(20_000),
        };
        await hostWith(credentials).writeCheck(long, options());
        const [run] = github.checkRuns('Acme/Shop');
        const [status] = github.statuses('Acme/Shop');
        for (const text of run
          ? Object.values(run.output as Record<string, string>)
          : [String(status.description)]) {
          expect(text).toMatch(/^(?:😀é){40,}😀?…$/u);
        }
      },
    );
  });

  describe('mayReview', () => {
    it.each([
      ['admin', true],
      ['write', true],
      ['read', false],
      ['none', false],
      [undefined, false],
    ])('is by rights to write: %s', async (permission, may) => {
      if (permission) {
        github.permissions.set('grace', permission);
      }
      await expect(
        hostWith('app').mayReview({ ...SHOP, login: 'grace' }, options()),
      ).resolves.toBe(may);
    });

    it('says so where GitHub does not tell', async () => {
      github.answerNext({ status: 403, body: { message: 'No' } });
      await expect(
        hostWith('token').mayReview({ ...SHOP, login: 'grace' }, options()),
      ).rejects.toMatchObject({ code: 'forbidden' });
    });
  });

  describe('when GitHub fails', () => {
    const list = (signal?: AbortSignal) =>
      hostWith('app').listChanges(SHOP, options(signal));

    it.each<[string, ScriptedAnswer[]]>([
      ['502 and 503', [{ status: 502 }, { status: 503 }]],
      ['two lost connections', ['reset', 'reset']],
    ])('gets over %s', async (_name, answers) => {
      github.openPull('Acme/Shop');
      github.answerNext(...answers);
      const page = await list();
      expect(page.changes).toHaveLength(1);
      expect(requests).toBe(3);
      expect(github.requests).toHaveLength(3);
    });

    it.each<[string, ScriptedAnswer, Partial<ChangeHostError>]>([
      [
        'a secondary limit',
        {
          status: 403,
          headers: { 'retry-after': '30' },
          body: { message: 'You have exceeded a secondary rate limit' },
        },
        { code: 'rate-limited', retryAfterSeconds: 30 },
      ],
      [
        'a secondary limit that names no time',
        {
          status: 403,
          body: { message: 'You have exceeded a secondary rate limit' },
        },
        { code: 'rate-limited', retryAfterSeconds: 60 },
      ],
      [
        'a spent limit',
        {
          status: 403,
          headers: {
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': String(NOW.getTime() / 1_000 + 90),
          },
        },
        { code: 'rate-limited', retryAfterSeconds: 90 },
      ],
      [
        'a spent limit that is over already',
        {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
        },
        { code: 'rate-limited', retryAfterSeconds: 1 },
      ],
      ['429', { status: 429 }, { code: 'rate-limited', retryAfterSeconds: 60 }],
      ['403', { status: 403 }, { code: 'forbidden' }],
      ['401', { status: 401 }, { code: 'forbidden' }],
      ['404', { status: 404 }, { code: 'not-found' }],
      ['422', { status: 422 }, { code: 'not-found' }],
      [
        'an answer of another form',
        { body: [{ number: 'wordsOfTheStandIn' }] },
        { code: 'unavailable', message: expect.stringContaining('0.number') },
      ],
    ])('tells %s at once', async (_name, answer, failure) => {
      github.answerNext(answer);
      const error = await failureOf(list());
      expect(error).toBeInstanceOf(ChangeHostError);
      expect(error).toMatchObject(failure);
      expect(github.requests).toHaveLength(1);
    });

    it.each<[string, ScriptedAnswer]>([
      ['errors', { status: 500, body: { message: 'wordsOfTheStandIn' } }],
      ['lost connections', 'reset'],
    ])('gives up after three %s', async (_name, answer) => {
      github.answerNext(answer, answer, answer);
      await expect(failureOf(list())).resolves.toMatchObject({
        code: 'unavailable',
      });
      expect(github.requests).toHaveLength(3);
    });

    it('stops waiting as soon as the signal says so', async () => {
      const abort = new AbortController();
      github.answerNext('hang');
      const failure = failureOf(list(abort.signal));
      while (github.requests.length === 0) {
        await new Promise(setImmediate);
      }
      abort.abort();
      await expect(failure).resolves.toMatchObject({ code: 'unavailable' });
    });

    it('asks nothing when the signal has said so before', async () => {
      await expect(failureOf(list(AbortSignal.abort()))).resolves.toMatchObject(
        { code: 'unavailable' },
      );
      expect(github.requests).toEqual([]);
    });

    it('passes on what a budget throws, and asks no more', async () => {
      const refusal = new Error('The budget is spent');
      const refused = hostWith('app').listChanges(SHOP, {
        ...options(),
        onRequest: () => {
          throw refusal;
        },
      });
      await expect(refused).rejects.toBe(refusal);
      expect(github.requests).toEqual([]);
    });

    it('tells without credentials of it where the App may not act for the owner', async () => {
      const failure = await failureOf(
        hostWith('app').writeCheck(
          { ...CHECK, repository: 'elsewhere/shop' },
          options(),
        ),
      );
      expect(failure).toBeInstanceOf(ChangeHostError);
      expect(github.checkRuns('Acme/Shop')).toEqual([]);
    });

    it('says that a private key cannot be used', async () => {
      const [app] = github.integration('app').apps || [];
      const host = GithubHost.create({
        instances: [
          {
            ...github.integration('none'),
            apps: [{ ...app, privateKey: 'not a PRIVATE KEY' }],
          },
        ],
        secrets: [],
        now: () => NOW,
        second: 1,
      });
      const failure = await failureOf(
        host.requestRedelivery?.(
          { host: 'github.com', since: NOW.toISOString() },
          options(),
        ) as Promise<number>,
      );
      expect(failure).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('privateKey of the App 4711'),
      });
    });
  });
});

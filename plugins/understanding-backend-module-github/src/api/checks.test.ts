import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { sha } from '../__testUtils__/StandInGithub';
import { CHECK, NOW, SHOP, hostFixture } from '../__testUtils__/hostFixture';

jest.setTimeout(60_000);

describe('checks on GitHub', () => {
  const fixture = hostFixture();
  const { options, hostWith, failureOf } = fixture;

  describe('writeCheck', () => {
    it('keeps one run of a name as it goes on', async () => {
      const host = hostWith('app');
      await host.writeCheck(CHECK, options());
      await host.writeCheck({ ...CHECK, title: 'Still waits' }, options());
      await host.writeCheck(
        { ...CHECK, state: 'success', title: 'Explained' },
        options(),
      );
      expect(fixture.github.checkRuns('Acme/Shop')).toEqual([
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
      expect(fixture.github.checkRuns('Acme/Shop')).toEqual([
        expect.objectContaining({
          external_id: explanation,
          actions: ['genuine', 'surface', 'not-assessable'].map(identifier =>
            expect.objectContaining({ identifier }),
          ),
        }),
      ]);
      await host.writeCheck({ ...CHECK, state: 'failure' }, options());
      expect(fixture.github.checkRuns('Acme/Shop').at(-1)).not.toHaveProperty(
        'actions',
      );
    });

    it.each(['pending', 'failure', 'neutral'] as const)(
      'shows %s after a success, which GitHub does not take back',
      async state => {
        const host = hostWith('app');
        await host.writeCheck({ ...CHECK, state: 'success' }, options());
        await host.writeCheck({ ...CHECK, state }, options());
        expect(fixture.github.checkRuns('Acme/Shop').at(-1)).toMatchObject(
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
        expect(fixture.github.statuses('Acme/Shop')).toEqual([
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
        const [run] = fixture.github.checkRuns('Acme/Shop').slice(-1);
        const [status] = fixture.github.statuses('Acme/Shop').slice(-1);
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
        const [run] = fixture.github.checkRuns('Acme/Shop');
        const [status] = fixture.github.statuses('Acme/Shop');
        for (const text of run
          ? Object.values(run.output as Record<string, string>)
          : [String(status.description)]) {
          expect(text).toMatch(/^(?:😀é){40,}😀?…$/u);
        }
      },
    );
  });

  describe('listMergeGroups', () => {
    const list = (branch: string, repository = SHOP.repository) =>
      hostWith('app').listMergeGroups(
        { ...SHOP, repository, branch },
        options(),
      );

    it('tells what the queue of a branch tries, as its deliveries do', async () => {
      const entry = (number: number, head: number | null, base: number) => ({
        headCommit: head && { oid: sha(head) },
        baseCommit: { oid: sha(base) },
        pullRequest: { number },
      });
      fixture.github.queue('Acme/Shop', 'main', [
        entry(7, 100, 99),
        entry(8, 101, 100),
        // It has its turn later.
        entry(9, null, 101),
      ]);
      const groups = await list('main');
      const id = groups[0].changeId.replace(/7$/, '');
      expect(id).toMatch(/^github\.com\/repositories\/\d+\/pull\/$/);
      expect(groups).toEqual(
        [
          [7, 100, 99],
          [8, 101, 100],
        ].map(([number, head, base]) => ({
          ...SHOP,
          id: `${id}${number}/merge-group/${sha(head)}`,
          changeId: `${id}${number}`,
          headSha: sha(head),
          baseSha: sha(base),
          over: false,
        })),
      );
      expect(fixture.requests).toBe(1);
    });

    it('tells of none where a branch has no queue', async () => {
      await expect(list('main')).resolves.toEqual([]);
    });

    it.each([
      ['NOT_FOUND', { code: 'not-found' }],
      ['FORBIDDEN', { code: 'forbidden' }],
      ['RATE_LIMITED', { code: 'rate-limited', retryAfterSeconds: 90 }],
    ])('says so where GitHub answers %s', async (type, expected) => {
      const message = 'wordsOfTheStandIn';
      fixture.github.answerNext({
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(NOW.getTime() / 1_000 + 90),
        },
        body: { data: null, errors: [{ type, message }] },
      });
      const failure = await failureOf(list('main'));
      expect(failure).toBeInstanceOf(ChangeHostError);
      expect(failure).toMatchObject(expected);
    });
  });
});

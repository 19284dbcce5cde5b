import { sha } from '../__testUtils__/StandInGithub';
import { SHOP, hostFixture } from '../__testUtils__/hostFixture';

jest.setTimeout(60_000);

describe('changes of GitHub', () => {
  const fixture = hostFixture();
  const { options, hostWith, failureOf } = fixture;

  describe('readChange', () => {
    it('tells the change, its files, commits and submitted reviews', async () => {
      const pull = fixture.github.openPull('Acme/Shop', {
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
      expect(fixture.requests).toBe(fixture.github.requests.length);
    });

    it('reads page after page, and says where GitHub tells no more', async () => {
      const pull = fixture.github.openPull('Acme/Shop', {
        changed_files: 4_000,
      });
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
      expect(fixture.requests).toBe(1 + 30 + 3 + 3 + 2);
    });

    it('says where not all commits are told of', async () => {
      const pull = fixture.github.openPull('Acme/Shop', { commits: 3_001 });
      pull.commits.push({
        sha: sha(1),
        commit: { message: 'c', author: null },
        author: null,
      });

      const read = async () =>
        hostWith('token').readChange({ ...SHOP, number: 1 }, options());

      expect((await read())?.commitsTruncated).toBe(true);
      fixture.github.isComparable = false;
      expect(await read()).toMatchObject({
        commits: [{ sha: sha(1) }],
        commitsTruncated: true,
      });
    });

    it('follows a repository to its new name, and the change stays the same', async () => {
      fixture.github.openPull('Acme/Shop');
      const host = hostWith('token');
      const before = await host.readChange({ ...SHOP, number: 1 }, options());
      fixture.github.renameRepository('Acme/Shop', 'Acme/Store');
      const after = await host.readChange({ ...SHOP, number: 1 }, options());
      expect(after?.change.repository).toBe('acme/store');
      expect(after?.change.id).toBe(before?.change.id);
    });

    it('reads as an App that is installed for some repositories only', async () => {
      fixture.github.isInstalledForAll = false;
      fixture.github.openPull('Acme/Shop');
      await expect(
        hostWith('app').readChange({ ...SHOP, number: 1 }, options()),
      ).resolves.toMatchObject({ change: { number: 1 } });
    });

    it('tells of the repository that it would be merged into, whatever its fork', async () => {
      const forks = [
        { id: 99, full_name: 'Fred/Shop', owner: { login: 'Fred' } },
        // It was deleted since.
        null,
      ];
      for (const repo of forks) {
        fixture.github.openPull('Acme/Shop', {
          user: { login: 'Fred', type: 'User' },
          head: { sha: sha(7), ref: 'main', repo },
        });
      }
      const [own, deleted] = await Promise.all(
        [1, 2].map(number =>
          hostWith('app').readChange({ ...SHOP, number }, options()),
        ),
      );
      for (const reading of [own, deleted]) {
        expect(reading?.change).toMatchObject({
          ...SHOP,
          author: { login: 'fred' },
          headSha: sha(7),
          baseBranch: 'main',
        });
      }
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
        fixture.github.openPull('Acme/Shop', { updated_at: at });
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
      expect(fixture.requests).toBe(3);
      expect(fixture.github.requests[0].path).toContain(
        'sort=updated&direction=desc',
      );
    });

    it('refuses a cursor of somebody else', async () => {
      await expect(
        hostWith('app').listChanges({ ...SHOP, cursor: '1&page=2' }, options()),
      ).rejects.toThrow('cursor');
      expect(fixture.github.requests).toEqual([]);
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
});

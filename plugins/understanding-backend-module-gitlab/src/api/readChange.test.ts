import { JsonObject } from '@backstage/types';
import {
  attributes,
  basicUser,
  commit,
  diff,
  diffNote,
  note,
} from '../__testUtils__/answers';
import { CHANGE } from '../__testUtils__/expected';
import { Instance } from '../__testUtils__/Instance';
import { ALICE, BOB, GHOST, HEAD, user } from '../__testUtils__/payloads';
import { StandInGitlab } from '../__testUtils__/StandInGitlab';

jest.setTimeout(60_000);

let instance: Instance;

beforeEach(async () => {
  instance = await Instance.start();
});

afterEach(() => instance.stop());

describe('readChange', () => {
  it('reads what a merge request is, with five requests', async () => {
    await expect(instance.read()).resolves.toEqual({
      change: CHANGE,
      files: [
        {
          path: 'src/refund.ts',
          status: 'modified',
          additions: 2,
          digest: expect.any(String),
          deletions: 1,
        },
      ],
      filesTruncated: false,
      commitsTruncated: false,
      commits: [
        {
          sha: HEAD,
          message: 'Refund twice paid orders\n',
          email: 'alice@acme.example',
        },
      ],
      reviews: [],
    });
    expect(instance.gitlab.requests.map(({ path }) => path)).toEqual(
      ['', '/diffs', '/commits', '/approvals', '/notes'].map(
        part => `/api/v4/projects/acme%2Fshop/merge_requests/7${part}`,
      ),
    );
    expect(instance.counted).toBe(5);
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
    instance.has({ attributes: attributes(told) });
    const reading = await instance.read();
    expect(reading?.change).toMatchObject(change);
  });

  it('reads what became of files, and how many lines of each', async () => {
    instance.has({
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
    });
    expect((await instance.read())?.files).toEqual([
      {
        path: 'new.ts',
        status: 'added',
        additions: 1,
        deletions: 0,
        digest: expect.any(String),
      },
      {
        path: 'gone.ts',
        status: 'removed',
        additions: 0,
        deletions: 2,
        digest: expect.any(String),
      },
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
      instance.has({
        attributes: attributes({ changes_count }),
        diffs: Array.from({ length: there }, (_, n) => diff(`${n}.ts`)),
      });
      const reading = await instance.read();
      expect(reading?.files).toHaveLength(files);
      expect(reading?.filesTruncated).toBe(filesTruncated);
    },
  );

  it('reads all commits and notes', async () => {
    instance.has({
      commits: Array.from({ length: 120 }, (_, n) =>
        commit(n.toString(16).padStart(40, '0'), 'x'),
      ),
      notes: [
        ...Array.from({ length: 150 }, () =>
          note(ALICE, 'x', '2026-01-02T09:00:00Z'),
        ),
        diffNote(BOB, '2026-01-01T12:00:00Z'),
      ],
    });
    const reading = await instance.read();
    expect(reading?.commits).toHaveLength(120);
    expect(reading?.commitsTruncated).toBe(false);
    // Where there are more than can be read, the last ones count.
    expect(instance.gitlab.requests.at(-1)?.query).toEqual({
      order_by: 'created_at',
      sort: 'desc',
      per_page: '100',
      page: '2',
    });
    expect(reading?.reviews).toMatchObject([{ verdict: 'commented' }]);
    expect(instance.counted).toBe(7);
  });

  it('says where it does not read all commits', async () => {
    instance.has({
      commits: Array.from({ length: 1001 }, (_, n) =>
        commit(n.toString(16).padStart(40, '0'), 'x'),
      ),
    });
    const reading = await instance.read();
    expect(reading?.commits).toHaveLength(1000);
    expect(reading?.commitsTruncated).toBe(true);
  });

  it('says that one is gone only where its project is not', async () => {
    await expect(instance.read({}, 8)).resolves.toBeUndefined();
    instance.gitlab.projects.clear();
    await expect(instance.read()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says that one is gone which has nothing in it', async () => {
    instance.has({ attributes: attributes({ sha: null }) });
    await expect(instance.read()).resolves.toBeUndefined();
  });

  it('finds a project that has another name now', async () => {
    instance.gitlab.projects.set(
      'acme/store',
      instance.gitlab.projects.get('acme/shop')!,
    );
    instance.gitlab.moved.set('acme/shop', 'acme/store');
    await expect(instance.read()).resolves.toMatchObject({
      change: { number: 7 },
    });
    expect(instance.counted).toBe(10);
  });

  it('takes its token nowhere else', async () => {
    const elsewhere = new StandInGitlab();
    const location = `${await elsewhere.listen()}/projects/5`;
    instance.gitlab.faults.push({ status: 302, headers: { location } });
    await expect(instance.read()).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('tells the same of a diff wherever in its file it stands', async () => {
    const digestOf = async (text: string) => {
      instance.has({
        diffs: [
          {
            old_path: 'a.ts',
            new_path: 'a.ts',
            new_file: false,
            renamed_file: false,
            deleted_file: false,
            diff: text,
          },
        ],
      });
      return (await instance.read())?.files[0].digest;
    };
    const digest = await digestOf('@@ -1,2 +1,2 @@\n-a\n+b\n');
    await expect(digestOf('@@ -9,2 +11,2 @@\n-a\n+b\n')).resolves.toBe(digest);
    await expect(digestOf('@@ -1,2 +1,2 @@\n-a\n+c\n')).resolves.not.toBe(
      digest,
    );
  });
});

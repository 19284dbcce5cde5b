import childProcess, { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ann, bob, commit, day, dayText } from '../__testUtils__/commits';
import { filesOf, read, requestFor } from '../__testUtils__/reading';
import { git, useRepositories } from '../__testUtils__/repositories';
import { readHistoryInChild } from '../child/readHistoryInChild';
import { streamGit } from '../git/git';
import { Int32Column } from '../history/columns';
import {
  commitTree,
  outcomeOf,
  writeBomb,
  writeDeepTree,
  writeTree,
  writeZeros,
} from './__testUtils__/builders';

const repositories = useRepositories();
const GIB = 1024 ** 3;
const DOCUMENTS = { documents: ['**/*.md'] };

/** Does something, and tells how much memory this process took meanwhile at most. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  look();
  const before = peak;
  const timer = setInterval(look, 20);
  try {
    await work();
  } finally {
    clearInterval(timer);
    look();
  }
  return peak - before;
}

/** The processes started meanwhile that run on. */
async function leftAfter(
  work: () => Promise<unknown>,
): Promise<Array<number | undefined>> {
  const spawned = jest.spyOn(childProcess, 'spawn');
  try {
    await work();
    const children: ChildProcess[] = spawned.mock.results.map(one => one.value);
    expect(children).not.toEqual([]);
    const stillRun = () =>
      children.filter(one => one.exitCode === null && one.signalCode === null);
    // Who was ended may need a moment to give back its memory.
    for (let look = 0; look < 200 && stillRun().length > 0; look += 1) {
      await sleep(50);
    }
    return stillRun().map(one => one.pid);
  } finally {
    spawned.mockRestore();
  }
}

describe('a repository of ten objects and a thousand million files', () => {
  let bomb: string;
  /** The same, but the head has no more than a file. */
  let defused: string;

  beforeAll(() => {
    [bomb, defused] = [0, 1].map(() => {
      const repository = repositories.create();
      const tree = writeBomb(repository, { width: 10, depth: 9 });
      commitTree(repository, tree);
      return repository;
    });
    commitTree(defused, writeBomb(defused, { width: 1, depth: 1 }));
  });

  it('is too large, and soon', async () => {
    let outcome: number | string = 0;
    let peak = 0;
    const left = await leftAfter(async () => {
      peak = await peakOf(async () => {
        outcome = await outcomeOf(read(bomb));
      });
    });
    expect(outcome).toBe('too-large');
    expect(peak).toBeLessThan(1.5 * GIB);
    expect(left).toEqual([]);
  });

  it('is too large for a child, too, which nobody here feels', async () => {
    const peak = await peakOf(async () => {
      expect(await outcomeOf(readHistoryInChild(requestFor(bomb)))).toBe(
        'too-large',
      );
    });
    expect(peak).toBeLessThan(0.2 * GIB);
  });

  it('is given up in time where the head shows nothing of it', async () => {
    const left = await leftAfter(async () => {
      const outcome = await outcomeOf(
        read(defused, { limits: { seconds: 2 } }),
      );
      expect(['timeout', 'too-large']).toContain(outcome);
    });
    expect(left).toEqual([]);
  });

  it('takes git no more memory than it may have', async () => {
    const log = streamGit(defused, ['log', '--raw', '--root'], {
      memoryMb: 200,
    });
    const drained = (async () => {
      for await (const chunk of log) {
        expect(chunk.length).toBeGreaterThan(0);
      }
    })();
    await expect(drained).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'too-large',
      message: `git needs more than 200 MiB of memory for ${defused}: something in it is too large to be read; read fewer commits, or leave it out.`,
    });
  });
});

describe('a commit', () => {
  it('may have a million files, of which not all count', async () => {
    const repository = repositories.create();
    commitTree(repository, writeBomb(repository, { width: 10, depth: 6 }));
    const { commits, problems, territory } = await read(repository, {
      paths: ['f0/f0'],
    });
    expect(commits).toBe(1);
    expect(problems).toEqual([
      {
        code: 'large-commit',
        message: expect.stringContaining('1 commits change over 5000 files'),
      },
    ]);
    expect(territory).toMatchObject({
      files: 10_000,
      people: [{ name: 'Eve', authoredFiles: 5000 }],
    });
  });

  it('may have a message of 100 MB', async () => {
    const message = Buffer.alloc(100_000_000, 'x y\n');
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }, { message }),
      commit(bob, { 'a.ts': '2', 'README.md': '1' }),
    ]);
    const peak = await peakOf(async () => {
      expect(await outcomeOf(read(repository, DOCUMENTS))).toBe(2);
    });
    expect(peak).toBeLessThan(0.2 * GIB);
  });

  it('may name ten thousand co-authors, of whom twenty count', async () => {
    const named = (count: number, key = 'Co-authored-by') =>
      Array.from({ length: count }, (_, n) => `${key}: P <p${n}@x>\n`).join('');
    const { territory } = await read(
      repositories.create([
        commit(ann, { 'a.ts': '1' }, { message: `One\n\n${named(10_000)}` }),
        commit(
          bob,
          { 'b.ts': '1' },
          { message: `Two\n\n${named(10_000, 'Reviewed-by')}` },
        ),
      ]),
    );
    expect(territory.people).toHaveLength(22);
    expect(territory.reviewers).toHaveLength(20);
  });

  it('is too large with co-authors of 70 MB', async () => {
    const message = `One\n\n${'Co-authored-by: P <p@x>\n'.repeat(2_900_000)}`;
    const repository = repositories.create([
      commit(ann, { 'a.ts': '1' }, { message }),
    ]);
    const failed = await read(repository).catch(error => error);
    expect(failed).toMatchObject({ code: 'too-large' });
  });
});

describe('a file of a gigabyte', () => {
  it('is loaded nowhere, whatever it is called', async () => {
    const repository = repositories.create();
    const hash = writeZeros(repository, GIB);
    const tree = (blob: string) =>
      writeTree(
        repository,
        ['.gitattributes', '.mailmap', 'README.md', 'a.ts'].map(name => ({
          mode: '100644',
          name,
          hash: blob,
        })),
      );
    const small = git(
      repository,
      ['hash-object', '-w', '--stdin'],
      'x\n',
    ).trim();
    commitTree(repository, tree(small));
    commitTree(repository, tree(hash));
    const peak = await peakOf(async () => {
      for (const renames of ['exact', 'similar'] as const) {
        const { commits, problems, territory } = await read(repository, {
          ...DOCUMENTS,
          renames,
        });
        expect(commits).toBe(2);
        expect(problems).toMatchObject([{ code: 'mailmap' }]);
        expect(territory.documents).toMatchObject([
          { path: 'README.md', covers: [], changesSince: 0 },
        ]);
      }
    });
    expect(peak).toBeLessThan(0.2 * GIB);
  });
});

describe('a history', () => {
  it('may have 100,000 commits by as many addresses', async () => {
    const count = 100_000;
    const repository = repositories.create();
    git(
      repository,
      ['fast-import', '--quiet'],
      Array.from({ length: count }, (_, n) => {
        // Half of them are one person.
        const email =
          n % 2 === 0 ? `p${n}@x` : `${n}+eve@users.noreply.github.com`;
        return `commit refs/heads/main\ncommitter P <${email}> ${
          day(0) + n
        } +0000\ndata 0\nM 644 inline a.ts\ndata ${`${n}`.length}\n${n}\n`;
      }).join(''),
    );
    const { commits, territory } = await read(repository);
    expect(commits).toBe(count);
    expect(territory.people).toHaveLength(count / 2 + 1);
    const emails = territory.people.map(one => one.emails.length);
    expect(Math.max(0, ...emails.slice(0, 10))).toBe(count / 2);
    expect(territory.lastChangeAt).toBe(
      new Date((day(0) + count - 1) * 1000).toISOString(),
    );
  });

  const long = (n: number) => `${n}${'x'.repeat(1_000_000)}`;

  it('may hold names and addresses of a megabyte', async () => {
    const { territory } = await read(
      repositories.create([
        commit({ name: long(1), email: `${long(1)}@x` }, { 'a.ts': '1' }),
        commit({ name: long(2), email: `${long(2)}@x` }, { 'a.ts': '2' }),
      ]),
    );
    expect(territory.people.map(one => one.name.length)).toEqual([
      1_000_001, 1_000_001,
    ]);
  });

  it('is too large with a hundred and fifty megabytes of them', async () => {
    const repository = repositories.create();
    for (let part = 0; part < 3; part += 1) {
      git(
        repository,
        ['-c', 'core.compression=1', 'fast-import', '--quiet'],
        Array.from({ length: 50 }, (_, n) =>
          [
            'commit refs/heads/main',
            `author ${long(part * 50 + n)} <a@b> ${day(0)} +0000`,
            `committer C <c@d> ${day(0)} +0000`,
            'data 0',
            ...(part > 0 && n === 0 ? ['from refs/heads/main^0'] : []),
            `M 644 inline a.ts\ndata 2\n${n % 2}\n`,
            '',
          ].join('\n'),
        ).join(''),
      );
    }
    await expect(read(repository)).rejects.toMatchObject({
      name: 'GitKnowledgeError',
      code: 'too-large',
      message: expect.stringContaining('read fewer commits'),
    });
  }, 300_000);

  it('is too large with more changes than can be counted', () => {
    const column = new Int32Column({
      values: new Int32Array(64 * 1024 * 1024),
      length: 64 * 1024 * 1024,
    });
    expect(() => column.push(1)).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });
});

describe('a path', () => {
  it.each([2000, 5000])('may be %d folders deep', async depth => {
    const path = `${'d/'.repeat(depth)}a.ts`;
    const { problems, territory } = await read(
      repositories.create([
        commit(ann, { [path]: '1', 'a.ts': '1' }),
        commit(bob, { [path]: '2' }),
      ]),
    );
    expect(territory.files).toBe(path.length > 4096 ? 1 : 2);
    expect(problems).toHaveLength(path.length > 4096 ? 1 : 0);
  });

  it('is refused where it is so deep that git fails', async () => {
    const repository = repositories.create();
    commitTree(repository, writeDeepTree(repository, 50_000));
    const failed = await read(repository).catch(error => error);
    expect(failed).toMatchObject({ name: 'GitKnowledgeError', code: 'failed' });
  });

  it('of a document that is too long for a command is left out', async () => {
    const deep = `${`${'d'.repeat(250)}/`.repeat(800)}a.md`;
    const { problems, territory } = await read(
      repositories.create([
        commit(ann, { [deep]: '1', 'a.md': '1', 'a.ts': '1' }),
        commit(bob, { [deep]: '2', 'a.md': '2', 'a.ts': '2' }),
      ]),
      DOCUMENTS,
    );
    expect(problems).toMatchObject([{ code: 'large-commit' }]);
    expect(territory.documents).toMatchObject([
      { path: 'a.md', contentChangedAt: dayText(1) },
    ]);
    expect(filesOf(territory)).toEqual({ Ann: [1, 1], Bob: [1, 1] });
  });
});

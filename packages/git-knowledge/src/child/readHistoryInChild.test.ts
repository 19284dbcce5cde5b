import childProcess, { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ann, bob, commit, lines } from '../__testUtils__/commits';
import { hangingPipe } from '../__testUtils__/hangingPipe';
import { requestFor } from '../__testUtils__/reading';
import { useRepositories } from '../__testUtils__/repositories';
import { readHistory } from '../readHistory';
import { HistoryRequest } from '../schemas';
import { readHistoryInChild } from './readHistoryInChild';

const repositories = useRepositories();
const PROGRAM = join(__dirname, '../../bin/git-knowledge');

function create(): string {
  return repositories.create([
    commit(ann, { 'a.ts': lines('a'), 'README.md': '# T\n\n`a.ts` ä€😀\n' }),
    commit(bob, { 'b.ts': '1' }, { moves: { 'a.ts': 'c.ts' } }),
  ]);
}

/** What becomes of a reading that is expected to fail. */
async function failure(reading: Promise<unknown>) {
  const error = await reading.then(
    () => new Error('It did not fail.'),
    reason => reason,
  );
  return { name: error.name, code: error.code, message: error.message };
}

describe('readHistoryInChild', () => {
  it('reads the same as this process', async () => {
    const request: HistoryRequest = {
      ...requestFor(create(), { documents: ['**/*.md'] }),
      identities: [{ email: 'bob@example.com', personId: 'bob', active: true }],
    };
    const answer = await readHistory(request);
    expect(answer.territories[0].documents).toHaveLength(1);
    // Between processes what is undefined is not there.
    expect(await readHistoryInChild(request)).toEqual(
      JSON.parse(JSON.stringify(answer)),
    );
  });

  it.each<[string, () => Partial<HistoryRequest>]>([
    ['not-found', () => ({ repository: '/nowhere/at/all' })],
    ['not-a-repository', () => ({ repository: repositories.folder() })],
    ['empty', () => ({ repository: repositories.create() })],
    ['unknown-ref', () => ({ repository: create(), at: '-x' })],
  ])('fails with %s as this process does', async (code, make) => {
    const request = { ...requestFor('/'), ...make() };
    const failed = await failure(readHistoryInChild(request));
    expect(failed).toEqual(await failure(readHistory(request)));
    expect(failed).toMatchObject({ name: 'GitKnowledgeError', code });
  });

  it('refuses what is no request', async () => {
    const request = { ...requestFor(create()), now: 'soon' };
    expect(await failure(readHistoryInChild(request))).toMatchObject({
      name: 'ZodError',
    });
  });

  it('says so when git is missing', async () => {
    const path = process.env.PATH;
    const request = requestFor(create());
    process.env.PATH = repositories.folder();
    try {
      expect(await failure(readHistoryInChild(request))).toEqual({
        name: 'GitKnowledgeError',
        code: 'git-missing',
        message:
          'git is not installed on this machine: install git 2.31 or newer.',
      });
    } finally {
      process.env.PATH = path;
    }
  });

  it('gives up when it takes too long, and ends its git', async () => {
    const repository = create();
    const pipe = hangingPipe(repository);
    const reading = failure(
      readHistoryInChild(requestFor(repository, { limits: { seconds: 2 } })),
    );
    const hanging = await pipe.reached();
    expect(await reading).toEqual({
      name: 'GitKnowledgeError',
      code: 'timeout',
      message: `Reading ${repository} took more than 2 seconds and was given up: raise the limit.`,
    });
    expect(hanging.isLeft()).toBe(true);
  });

  it('ends a child that is too busy to see that its time is up', async () => {
    const repository = repositories.create([
      commit(
        ann,
        Object.fromEntries(
          Array.from({ length: 2000 }, (_, index) => [`${index}.md`, '1']),
        ),
      ),
    ]);
    expect(
      await failure(
        readHistoryInChild(
          requestFor(repository, {
            documents: new Array(500_000).fill('*x'),
            limits: { seconds: 0.5 },
          }),
        ),
      ),
    ).toMatchObject({ name: 'GitKnowledgeError', code: 'timeout' });
  });

  it('ends the child and its git when it is stopped', async () => {
    const repository = create();
    const pipe = hangingPipe(repository);
    const stop = new AbortController();
    const reading = failure(
      readHistoryInChild(requestFor(repository), { signal: stop.signal }),
    );
    const hanging = await pipe.reached();
    stop.abort();
    expect(await reading).toMatchObject({
      name: 'GitKnowledgeError',
      code: 'aborted',
    });
    expect(hanging.isLeft()).toBe(true);
  });

  it('does not begin when it is stopped already', async () => {
    const signal = AbortSignal.abort();
    expect(
      await failure(readHistoryInChild(requestFor(create()), { signal })),
    ).toMatchObject({ name: 'GitKnowledgeError', code: 'aborted' });
  });

  it('says so when the memory is not enough', async () => {
    expect(
      await failure(
        readHistoryInChild(requestFor(create(), { limits: { memoryMb: 8 } })),
      ),
    ).toEqual({
      name: 'GitKnowledgeError',
      code: 'too-large',
      message: 'The history needs more than 8 MiB of memory: raise the limit.',
    });
  });

  it('says so when the child is killed', async () => {
    const repository = create();
    const pipe = hangingPipe(repository);
    const spawned = jest.spyOn(childProcess, 'spawn');
    const reading = failure(readHistoryInChild(requestFor(repository)));
    const child: ChildProcess = spawned.mock.results[0].value;
    spawned.mockRestore();
    await pipe.reached();
    child.kill('SIGKILL');
    expect(await reading).toEqual({
      name: 'GitKnowledgeError',
      code: 'failed',
      message: 'The reading was ended by SIGKILL, without an answer.',
    });
  });

  it('says so when no child can be started', async () => {
    const { execPath } = process;
    process.execPath = '/nowhere/node';
    try {
      expect(
        await failure(readHistoryInChild(requestFor(create()))),
      ).toMatchObject({
        name: 'GitKnowledgeError',
        code: 'failed',
        message: expect.stringContaining('/nowhere/node ENOENT'),
      });
    } finally {
      process.execPath = execPath;
    }
  });
});

describe('the child', () => {
  function start(): ChildProcess {
    return childProcess.spawn(process.execPath, [PROGRAM, 'child'], {
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    });
  }

  it('ends with its git when its caller is gone', async () => {
    const repository = create();
    const pipe = hangingPipe(repository);
    const child = start();
    const ended = once(child, 'exit');
    child.stdin?.end(JSON.stringify(requestFor(repository)));
    const hanging = await pipe.reached();
    child.disconnect();
    expect(await ended).toEqual([0, null]);
    expect(hanging.isLeft()).toBe(true);
  });

  it.each(['', 'nonsense', '{}', '[]'])(
    'answers %j with an error',
    async input => {
      const child = start();
      child.stdin?.end(input);
      const reply = await text(child.stdout ?? Readable.from([]));
      expect(JSON.parse(reply)).toMatchObject({
        type: 'error',
        code: 'failed',
      });
    },
  );
});

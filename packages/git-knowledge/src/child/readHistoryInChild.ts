import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { GitKnowledgeError } from '../GitKnowledgeError';
import {
  HistoryAnswer,
  HistoryRequest,
  historyRequestSchema,
} from '../schemas';
import { childReplySchema, outOfMemory } from './protocol';

const PROGRAM = 'bin/git-knowledge';
/** After its own limit the child has so long to answer that it gave up. */
const GRACE_SECONDS = 10;
/** And so long to end its git when it is told to stop. */
const KILL_SECONDS = 2;

interface End {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
}

/**
 * Reads a history in a process of its own: the caller's event loop stays free, and
 * time and memory have a limit that holds. The process and its git end when the
 * signal aborts, when time is up, and when the caller dies.
 *
 * @throws GitKnowledgeError
 * @public
 */
export async function readHistoryInChild(
  request: HistoryRequest,
  options: { signal?: AbortSignal } = {},
): Promise<HistoryAnswer> {
  const { signal } = options;
  const { limits, repository } = historyRequestSchema.parse(request);
  if (signal?.aborted) {
    throw new GitKnowledgeError('aborted', 'The reading was stopped.');
  }
  let late = false;
  let stop = () => {};
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, (limits.seconds + GRACE_SECONDS) * 1000);
  try {
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${limits.memoryMb}`,
        resolve(packageFolder(), PROGRAM),
        'child',
      ],
      {
        stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
        env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
        shell: false,
      },
    );
    stop = () => {
      // Closing the channel lets the child end its git first.
      if (child.connected) {
        child.disconnect();
      }
      setTimeout(() => child.kill('SIGKILL'), KILL_SECONDS * 1000).unref();
    };
    signal?.addEventListener('abort', stop, { once: true });
    const ended = new Promise<End>((done, fail) => {
      child.on('error', fail);
      // Not `close`, which never comes once we have closed the channel ourselves.
      child.on('exit', (code, killedBy) => done({ code, killedBy }));
    });
    // A child that died early does not read its input; its end tells why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(JSON.stringify(request));
    const [output, errors, end] = await Promise.all([
      text(child.stdout ?? Readable.from([])),
      text(child.stderr ?? Readable.from([])),
      ended,
    ]);
    if (signal?.aborted) {
      throw new GitKnowledgeError('aborted', 'The reading was stopped.');
    }
    if (late) {
      throw new GitKnowledgeError(
        'timeout',
        `Reading ${repository} took more than ${limits.seconds} seconds and was given up: raise the limit.`,
      );
    }
    return parseReply(output, errors, end, limits.memoryMb);
  } catch (error) {
    throw error instanceof GitKnowledgeError
      ? error
      : new GitKnowledgeError(
          'failed',
          `The reading failed in its own process: ${(error as Error).message}`,
        );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function parseReply(
  output: string,
  errors: string,
  { code, killedBy }: End,
  memoryMb: number,
): HistoryAnswer {
  if (code !== 0 || output === '') {
    if (/heap out of memory/i.test(errors)) {
      throw outOfMemory(memoryMb);
    }
    throw new GitKnowledgeError(
      'failed',
      killedBy
        ? `The reading was ended by ${killedBy}, without an answer.`
        : `The reading ended with code ${code} and no answer: ${
            errors.trim().split('\n').pop() ?? ''
          }`,
    );
  }
  const reply = childReplySchema.parse(JSON.parse(output));
  if (reply.type === 'error') {
    throw new GitKnowledgeError(reply.code, reply.message);
  }
  return reply.answer;
}

// Beside `dist` when published, beside `src` here; bundled into one file or not.
function packageFolder(): string {
  return resolve(
    require.resolve('@understanding-dev/git-knowledge/package.json'),
    '..',
  );
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { GitKnowledgeError } from '../GitKnowledgeError';

/**
 * Settings that a repository's own configuration must not change: nothing in it may
 * run a program, reach the network, or alter what is printed.
 */
const SETTINGS: ReadonlyArray<readonly [string, string]> = [
  ['safe.directory', '*'],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['core.pager', 'cat'],
  ['core.attributesFile', '/dev/null'],
  ['protocol.allow', 'never'],
  ['diff.external', ''],
  ['diff.noprefix', 'false'],
  ['diff.mnemonicPrefix', 'false'],
  ['diff.renames', 'true'],
  ['diff.algorithm', 'myers'],
  ['log.showSignature', 'false'],
  ['log.mailmap', 'true'],
  ['log.follow', 'false'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['color.ui', 'false'],
];

const ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_CEILING_DIRECTORIES: '',
  GIT_CONFIG_COUNT: String(SETTINGS.length),
  ...Object.fromEntries(
    SETTINGS.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
};

const MAX_STDERR = 4000;

/**
 * Runs git in a repository and yields what it prints, as it comes. No shell, no
 * configuration of the machine, none of the caller's `GIT_*` variables. When the
 * consumer stops early, git is ended.
 *
 * @throws GitKnowledgeError
 */
export async function* streamGit(
  repository: string,
  args: readonly string[],
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<Buffer> {
  const { signal } = options;
  if (signal?.aborted) {
    throw abortedError(signal);
  }
  if (!existsSync(repository)) {
    throw new GitKnowledgeError(
      'not-found',
      `There is no folder ${repository}: clone the repository there, or correct the location.`,
    );
  }
  const child = spawn('git', ['--no-pager', ...args], {
    cwd: repository,
    env: ENVIRONMENT,
    shell: false,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const abort = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // Awaited below; until then a failure must not count as unhandled.
  ended.catch(() => {});
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    const code = await ended;
    if (signal?.aborted) {
      throw abortedError(signal);
    }
    if (code !== 0) {
      throw toError(repository, stderr);
    }
  } catch (error) {
    if (isMissing(error)) {
      throw new GitKnowledgeError(
        'git-missing',
        'git is not installed on this machine: install git 2.30 or newer.',
      );
    }
    throw signal?.aborted ? abortedError(signal) : error;
  } finally {
    signal?.removeEventListener('abort', abort);
    child.kill('SIGKILL');
  }
}

/**
 * Runs git and returns what it prints.
 *
 * @param options.maxBytes - more output than this is an error, 64 MiB by default
 */
export async function runGit(
  repository: string,
  args: readonly string[],
  options: { signal?: AbortSignal; maxBytes?: number } = {},
): Promise<Buffer> {
  const maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of streamGit(repository, args, options)) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new GitKnowledgeError(
        'too-large',
        `git ${args[0]} printed more than ${maxBytes} bytes in ${repository}.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function abortedError(signal: AbortSignal): GitKnowledgeError {
  return signal.reason instanceof GitKnowledgeError
    ? signal.reason
    : new GitKnowledgeError('aborted', 'The reading was stopped.');
}

function toError(repository: string, stderr: string): GitKnowledgeError {
  if (/not a git repository/i.test(stderr)) {
    return new GitKnowledgeError(
      'not-a-repository',
      `${repository} is not a git repository: run git init or git clone there, or correct the location.`,
    );
  }
  return new GitKnowledgeError(
    'failed',
    `git could not read ${repository}: ${
      stderr.trim().split('\n').pop() || 'it ended without a message'
    }`,
  );
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException)?.code === 'ENOENT';
}

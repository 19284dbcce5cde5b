import { ChildProcessByStdio, spawn } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
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
  ['core.bigFileThreshold', '512m'],
  ['core.pager', 'cat'],
  ['core.attributesFile', '/dev/null'],
  ['mailmap.blob', 'HEAD:.mailmap'],
  ['mailmap.file', ''],
  ['diff.external', ''],
  ['diff.orderFile', '/dev/null'],
  ['diff.relative', 'false'],
  ['diff.noprefix', 'false'],
  ['diff.mnemonicPrefix', 'false'],
  ['diff.renames', 'true'],
  ['diff.renameLimit', '1000'],
  ['diff.algorithm', 'myers'],
  ['log.showSignature', 'false'],
  ['log.mailmap', 'true'],
  ['log.follow', 'false'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['color.ui', 'false'],
  ['color.diff', 'false'],
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
  // No protocol at all; the configuration of a repository could allow one.
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/nonexistent',
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
  const cwd = folderOf(repository);
  let child: ChildProcessByStdio<null, Readable, Readable> | undefined;
  const abort = () => child?.kill('SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const started = spawn('git', ['--no-pager', ...args], {
      cwd,
      // A repository further up is another one.
      env: { ...ENVIRONMENT, GIT_CEILING_DIRECTORIES: dirname(cwd) },
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const ended = new Promise<number | null>((resolve, reject) => {
      started.on('error', reject);
      started.on('close', resolve);
    });
    // Awaited below; until then a failure must not count as unhandled.
    ended.catch(() => {});
    let stderr = '';
    // Without free file descriptors there is no stream, and `ended` tells why.
    started.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-MAX_STDERR);
    });
    yield* (started.stdout ?? []) as AsyncIterable<Buffer>;
    const code = await ended;
    if (signal?.aborted) {
      throw abortedError(signal);
    }
    if (code !== 0) {
      throw toError(repository, stderr);
    }
  } catch (error) {
    throw signal?.aborted ? abortedError(signal) : asKnown(error, repository);
  } finally {
    signal?.removeEventListener('abort', abort);
    child?.kill('SIGKILL');
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
    return notARepository(repository);
  }
  return new GitKnowledgeError(
    'failed',
    `git could not read ${repository}: ${
      stderr.trim().split('\n').pop() || 'it ended without a message'
    }`,
  );
}

function asKnown(error: unknown, repository: string): GitKnowledgeError {
  if (error instanceof GitKnowledgeError) {
    return error;
  }
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
    return new GitKnowledgeError(
      'git-missing',
      'git is not installed on this machine: install git 2.31 or newer.',
    );
  }
  return new GitKnowledgeError(
    'failed',
    `git could not be run in ${repository}: ${(error as Error).message}`,
  );
}

/** The folder of a repository, free of links. */
function folderOf(repository: string): string {
  let isFolder: boolean;
  try {
    isFolder = statSync(repository).isDirectory();
  } catch {
    throw new GitKnowledgeError(
      'not-found',
      `There is no folder ${repository}: clone the repository there, or correct the location.`,
    );
  }
  if (!isFolder) {
    throw notARepository(repository);
  }
  return realpathSync(repository);
}

function notARepository(repository: string): GitKnowledgeError {
  return new GitKnowledgeError(
    'not-a-repository',
    `${repository} is not a git repository: run git init or git clone there, or correct the location.`,
  );
}

import { ChildProcess, spawn } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
  // Whatever is larger is binary to git, so that no difference loads it.
  ['core.bigFileThreshold', '16m'],
  // Both only make git faster, and may say something else than the commits.
  ['core.commitGraph', 'false'],
  ['core.multiPackIndex', 'false'],
  ['core.packedGitLimit', '1g'],
  ['core.pager', 'cat'],
  ['core.attributesFile', '/dev/null'],
  // Lines that begin with it are no trailers.
  ['core.commentChar', '#'],
  ['trailer.separators', ':'],
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
  ['log.mailmap', 'false'],
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
  // Otherwise git writes every commit by itself, and we wake up for each.
  GIT_FLUSH: '0',
  // No protocol at all; the configuration of a repository could allow one.
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/nonexistent',
  // It could hold attributes, and nothing that was committed.
  GIT_INDEX_FILE: '/nonexistent',
  GIT_CONFIG_COUNT: String(SETTINGS.length),
  ...Object.fromEntries(
    SETTINGS.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
};

const MAX_STDERR = 4000;
const MAX_WORDS = 300;

/** Memory that one git may ask for; what it maps of packs is a part of it. */
const MAX_MEMORY_MB = 4096;
/**
 * The only way to limit another process's memory that every system has: a script of
 * one line, into which nothing is inserted. Where there is no such limit, git runs
 * without one.
 */
const START = 'ulimit -v "$0" 2>/dev/null; exec git --no-pager "$@"';
const NO_SUCH_PROGRAM = 127;

interface End {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
}

/**
 * Runs git in a repository and yields what it prints, as it comes. No configuration of
 * the machine, none of the caller's `GIT_*` variables. When the consumer stops early,
 * git is ended.
 *
 * @param options.input - what git reads from its standard input
 * @param options.memoryMb - what git may ask for, 4 GiB by default
 * @throws GitKnowledgeError
 */
export async function* streamGit(
  repository: string,
  args: readonly string[],
  options: {
    signal?: AbortSignal;
    input?: string | Buffer;
    memoryMb?: number;
  } = {},
): AsyncGenerator<Buffer> {
  const { signal, memoryMb = MAX_MEMORY_MB } = options;
  if (signal?.aborted) {
    throw abortedError(signal);
  }
  const cwd = folderOf(repository);
  let child: ChildProcess | undefined;
  const abort = () => child?.kill('SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const started = spawn(
      '/bin/sh',
      ['-c', START, String(memoryMb * 1024), ...args],
      {
        cwd,
        env: {
          ...ENVIRONMENT,
          // A repository further up is another one.
          GIT_DIR: existsSync(join(cwd, '.git')) ? '.git' : '.',
        },
        stdio: [
          options.input === undefined ? 'ignore' : 'pipe',
          'pipe',
          'pipe',
        ],
      },
    );
    child = started;
    const ended = new Promise<End>((resolve, reject) => {
      started.on('error', reject);
      started.on('close', (code, killedBy) => resolve({ code, killedBy }));
    });
    // Awaited below; until then a failure must not count as unhandled.
    ended.catch(() => {});
    // git may end before it has read everything, and its exit code tells why.
    started.stdin?.on('error', () => {});
    started.stdin?.end(options.input);
    let stderr = '';
    // Without free file descriptors there is no stream, and `ended` tells why.
    started.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-MAX_STDERR);
    });
    yield* (started.stdout ?? []) as AsyncIterable<Buffer>;
    const end = await ended;
    if (signal?.aborted) {
      throw abortedError(signal);
    }
    if (end.code !== 0) {
      throw toError(repository, end, { stderr, memoryMb });
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
  options: {
    signal?: AbortSignal;
    input?: string | Buffer;
    maxBytes?: number;
  } = {},
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
  return signal.reason instanceof GitKnowledgeError ? signal.reason : stopped();
}

function stopped(): GitKnowledgeError {
  return new GitKnowledgeError('aborted', 'The reading was stopped.');
}

function toError(
  repository: string,
  { code, killedBy }: End,
  { stderr, memoryMb }: { stderr: string; memoryMb: number },
): GitKnowledgeError {
  if (code === NO_SUCH_PROGRAM) {
    return gitMissing();
  }
  // Whoever interrupts us may have interrupted git first.
  if (killedBy === 'SIGINT' || killedBy === 'SIGTERM') {
    return stopped();
  }
  if (/not a git repository/i.test(stderr)) {
    return notARepository(repository);
  }
  if (/permission denied/i.test(stderr)) {
    return mayNotBeRead(repository);
  }
  if (/out of memory|cannot allocate memory/i.test(stderr)) {
    return new GitKnowledgeError(
      'too-large',
      `git needs more than ${memoryMb} MiB of memory for ${repository}: something in it is too large to be read; read fewer commits, or leave it out.`,
    );
  }
  const [words = `it was ended by ${killedBy ?? code}`] = stderr
    .trim()
    .split('\n')
    .slice(-1)
    .filter(Boolean);
  return new GitKnowledgeError(
    'failed',
    `git could not read ${repository}: ${words
      // It may quote what it found in a file.
      .replace(/\p{Cc}/gu, '?')
      .slice(0, MAX_WORDS)}; run git fsck there, or clone it anew.`,
  );
}

function asKnown(error: unknown, repository: string): GitKnowledgeError {
  if (error instanceof GitKnowledgeError) {
    return error;
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return gitMissing();
  }
  if (code === 'EACCES') {
    return mayNotBeRead(repository);
  }
  return new GitKnowledgeError(
    'failed',
    `git could not be run in ${repository}: ${(error as Error).message}`,
  );
}

function mayNotBeRead(repository: string): GitKnowledgeError {
  return new GitKnowledgeError(
    'failed',
    `This user may not read ${repository}, or something in it: change its permissions, or call this as its owner.`,
  );
}

function gitMissing(): GitKnowledgeError {
  return new GitKnowledgeError(
    'git-missing',
    'git is not installed on this machine: install git 2.31 or newer.',
  );
}

/** The folder of a repository, free of links. */
function folderOf(repository: string): string {
  let isFolder: boolean;
  try {
    isFolder = statSync(repository).isDirectory();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EACCES'
      ? mayNotBeRead(repository)
      : new GitKnowledgeError(
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

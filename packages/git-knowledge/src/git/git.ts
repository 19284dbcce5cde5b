import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GitKnowledgeError } from '../GitKnowledgeError';
import {
  End,
  abortedError,
  asKnown,
  mayNotBeRead,
  notARepository,
  toError,
} from './gitErrors';

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

/** Memory that one git may ask for; what it maps of packs is a part of it. */
const MAX_MEMORY_MB = 4096;
/**
 * The only way to limit another process's memory that every system has: a script, into
 * which nothing is inserted. Where there is no such limit, git runs without one.
 */
const LIMIT = 'ulimit -v "$0" 2>/dev/null';
const START = `${LIMIT}; exec git --no-pager "$@"`;
/**
 * The same of two, of which one is like the above. The first argument tells how many of
 * the others are the second one's, which prints to descriptors of its own: 3, and 4 for
 * what it says, with how it ended in the last line.
 */
const START_TWO = `${LIMIT}
{
  count=$1; shift
  for word do
    shift
    [ "$count" -gt 0 ] && set -- "$@" "$word"
    count=$((count - 1))
  done
  git --no-pager "$@"
  printf '\\n%s' "$?" >&2
} >&3 2>&4 3>&- 4>&- &
shift "$(($1 + 1))"
exec git --no-pager "$@" 3>&- 4>&-`;

interface GitOptions {
  readonly signal?: AbortSignal;
  /** What git reads from its standard input. */
  readonly input?: string | Buffer;
  /** What git may ask for, 4 GiB by default. */
  readonly memoryMb?: number;
}

/** One git that was started. */
interface Running {
  readonly stdout: Readable | null;
  /** With what it said on standard error. */
  readonly ended: Promise<[End, string]>;
  readonly stop: () => void;
}

/**
 * Runs git in a repository and yields what it prints, as it comes. No configuration of
 * the machine, none of the caller's `GIT_*` variables. When the consumer stops early,
 * git is ended.
 *
 * @throws GitKnowledgeError
 */
export async function* streamGit(
  repository: string,
  args: readonly string[],
  options: GitOptions = {},
): AsyncGenerator<Buffer> {
  const child = start(repository, [START, args], options);
  const stop = () => void child.kill('SIGKILL');
  stopWith(options.signal, child, stop);
  yield* outputOf(repository, firstOf(child, stop), options);
}

/**
 * Runs two gits side by side, likewise, and starts them at once: for that this process
 * is copied, which takes longer the larger it is, and so is done once. Whoever stops
 * reading the second one early ends both.
 *
 * @throws GitKnowledgeError
 */
export function streamGits(
  repository: string,
  [args, argsBeside]: readonly [readonly string[], readonly string[]],
  options: Pick<GitOptions, 'signal'> = {},
): [AsyncGenerator<Buffer>, AsyncGenerator<Buffer>] {
  const child = start(
    repository,
    [START_TWO, [String(argsBeside.length), ...argsBeside, ...args]],
    options,
    // The second one is no child of ours, and is reached as one of this group.
    { detached: true, descriptors: 2 },
  );
  const running = new Set<Running>();
  const first = firstOf(child, () => void child.kill('SIGKILL'));
  const second = secondOf(child, () => {
    // Once it has ended, somebody else may have its number.
    if (running.has(second)) {
      killGroup(child);
    }
  });
  for (const one of [first, second]) {
    running.add(one);
    const forget = () => void running.delete(one);
    one.ended.then(forget, forget);
    // What nobody reads yet would be thrown away when the first one ends.
    one.stdout?.on('readable', () => {});
  }
  stopWith(options.signal, child, () => {
    if (running.size > 0) {
      killGroup(child);
    }
  });
  return [
    outputOf(repository, first, options),
    outputOf(repository, second, options),
  ];
}

function start(
  repository: string,
  [script, args]: readonly [string, readonly string[]],
  { signal, input, memoryMb = MAX_MEMORY_MB }: GitOptions,
  { detached = false, descriptors = 0 } = {},
): ChildProcess {
  if (signal?.aborted) {
    throw abortedError(signal);
  }
  const cwd = folderOf(repository);
  let child: ChildProcess;
  try {
    child = spawn('/bin/sh', ['-c', script, String(memoryMb * 1024), ...args], {
      cwd,
      env: {
        ...ENVIRONMENT,
        // A repository further up is another one.
        GIT_DIR: existsSync(join(cwd, '.git')) ? '.git' : '.',
      },
      stdio: [
        input === undefined ? 'ignore' : 'pipe',
        ...new Array<'pipe'>(2 + descriptors).fill('pipe'),
      ],
      detached,
    });
  } catch (error) {
    throw asKnown(error, repository);
  }
  // git may end before it has read everything, and its exit code tells why.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return child;
}

/** Lets an abort end what runs, for as long as it does. */
function stopWith(
  signal: AbortSignal | undefined,
  child: ChildProcess,
  stop: () => void,
): void {
  const forget = () => signal?.removeEventListener('abort', stop);
  signal?.addEventListener('abort', stop, { once: true });
  child.once('close', forget);
  child.once('error', forget);
}

function killGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-Number(pid), 'SIGKILL');
  } catch {
    // All of it has ended, or never began.
  }
}

/** The git that a child has become. */
function firstOf(child: ChildProcess, stop: () => void): Running {
  const exited = new Promise<End>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killedBy) => resolve({ code, killedBy }));
  });
  return {
    stdout: child.stdout,
    ended: Promise.all([exited, textOf(child.stderr)]),
    stop,
  };
}

/** The one that runs beside it. */
function secondOf(child: ChildProcess, stop: () => void): Running {
  const [stdout, stderr] = child.stdio.slice(3) as Array<Readable | null>;
  const ended = async (): Promise<[End, string]> => {
    const [text] = await Promise.all([textOf(stderr), once(child, 'spawn')]);
    const end = text.lastIndexOf('\n');
    const code = end < 0 ? null : Number(text.slice(end));
    return [{ code, killedBy: null }, text.slice(0, Math.max(end, 0))];
  };
  return { stdout, ended: ended(), stop };
}

async function* outputOf(
  repository: string,
  { stdout, ended, stop }: Running,
  { signal, memoryMb = MAX_MEMORY_MB }: GitOptions,
): AsyncGenerator<Buffer> {
  // Awaited below; until then a failure must not count as unhandled.
  ended.catch(() => {});
  try {
    // Without free file descriptors there is no stream, and `ended` tells why.
    yield* (stdout ?? []) as AsyncIterable<Buffer>;
    const [end, stderr] = await ended;
    if (signal?.aborted) {
      throw abortedError(signal);
    }
    if (end.code !== 0) {
      throw toError(repository, end, { stderr, memoryMb });
    }
  } catch (error) {
    throw signal?.aborted ? abortedError(signal) : asKnown(error, repository);
  } finally {
    stop();
  }
}

/** All of a text that comes, or its end. */
async function textOf(stream: Readable | null | undefined): Promise<string> {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  await (stream && once(stream, 'close'));
  return text;
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

import { spawn } from 'node:child_process';
import { CloneAddress } from '@understanding-dev/backstage-plugin-understanding-node';

/** Memory that one git may ask for, in KiB; as in git-knowledge, 4 GiB. */
const MAX_MEMORY_KB = 4 * 1024 * 1024;
/** In which `ulimit -f` counts, by POSIX. */
const BLOCK_BYTES = 512;
const MAX_OUTPUT = 64 * 1024;

/**
 * Nothing is inserted into it. git and what it starts are a group of processes of low
 * priority that lives as long as its standard input is open: closing that ends all of
 * them, and so does the end of this process, however it ends. The limit on files holds
 * for whatever a host sends, since a pack is one file.
 */
const START = `
exec 3<&0
ulimit -v "$1" 2>/dev/null
ulimit -f "$2" || exit 126
shift 2
(read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 &
nice -n 10 git "$@" </dev/null 3<&-
code=$?
kill -KILL "$!"
exit "$code"`;

/**
 * Nothing in a repository may run a program, and nothing that a host says leads git
 * elsewhere or makes it start anything in the background.
 */
const SETTINGS: ReadonlyArray<readonly [string, string]> = [
  ['safe.directory', '*'],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  // What is larger is written through, and never held in memory.
  ['core.bigFileThreshold', '16m'],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['pack.threads', '1'],
  ['pack.windowMemory', '256m'],
  ['protocol.version', '2'],
  ['http.followRedirects', 'false'],
  // So many bytes a second for so many seconds are no answer.
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
  ['fetch.recurseSubmodules', 'false'],
  // One fetch is one file, on which there is a limit.
  ['fetch.unpackLimit', '1'],
  ['transfer.fsckObjects', 'true'],
  // Old tools wrote these; they do no harm, and GitLab takes them, too.
  ['fetch.fsck.badTimezone', 'ignore'],
  ['fetch.fsck.missingSpaceBeforeDate', 'ignore'],
  ['fetch.fsck.zeroPaddedFilemode', 'ignore'],
];

/** How the network is reached is a matter of the machine. */
const PASSED_ON = [
  'PATH',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** How a git ended. */
export interface GitEnd {
  /** Absent where a signal ended it. */
  readonly code?: number;
  readonly stdout: string;
  /** The last lines in which git itself tells of an error; hosts' words are left out. */
  readonly errors: string;
}

/**
 * Runs git for a mirror: without the configuration of the machine, with the one protocol
 * of the address and no other, and with credentials in its environment only. Nobody else
 * can read that, and neither the folder nor the list of processes shows it.
 *
 * @param options.folder - of the mirror; git starts there
 * @param options.address - that may be fetched from; none without it
 * @param options.maxFileBytes - the largest file that may be written
 * @param options.signal - ends git and all that it started
 */
export async function runSandboxedGit(
  args: readonly string[],
  options: {
    folder: string;
    address?: CloneAddress;
    maxFileBytes: number;
    signal: AbortSignal;
  },
): Promise<GitEnd> {
  const { folder, address, maxFileBytes, signal } = options;
  signal.throwIfAborted();
  const child = spawn(
    '/bin/sh',
    [
      ...['-c', START, 'git', String(MAX_MEMORY_KB)],
      String(Math.ceil(maxFileBytes / BLOCK_BYTES)),
      ...args,
    ],
    {
      cwd: folder,
      env: environmentOf(address),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const stop = () => child.stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  let stdout = '';
  let stderr = '';
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('latin1');
    if (stdout.length > MAX_OUTPUT) {
      stop();
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('latin1')).slice(-MAX_OUTPUT);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { code: code ?? undefined, stdout, errors: errorsIn(stderr) };
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function environmentOf(address: CloneAddress | undefined): NodeJS.ProcessEnv {
  const settings = [
    ...SETTINGS,
    ...Object.entries(address?.headers ?? {}).map(
      ([name, value]) =>
        [`http.${address?.url}.extraHeader`, `${name}: ${value}`] as const,
    ),
  ];
  return {
    ...Object.fromEntries(PASSED_ON.map(name => [name, process.env[name]])),
    LC_ALL: 'C',
    TZ: 'UTC',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: address
      ? new URL(address.url).protocol.slice(0, -1)
      : '',
    // A repository further up is another one.
    GIT_DIR: '.',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

function errorsIn(stderr: string): string {
  return stderr
    .split(/[\r\n]+/)
    .filter(line => /^(fatal|error): (?!remote error)/.test(line))
    .join('\n');
}

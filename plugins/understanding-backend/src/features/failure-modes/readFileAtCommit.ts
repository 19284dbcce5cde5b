import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const TIMEOUT_MILLIS = 30_000;
const REGULAR_FILE = /^100(644|755)$/;

/** Nothing of the repository's or the machine's configuration may run or reach out. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
};

/**
 * Reads one file as it was committed, whatever lies in the work tree.
 *
 * @param path - relative to the root of the repository
 * @returns undefined when the commit has no such file; a link counts as none
 */
export async function readFileAtCommit(options: {
  repository: string;
  commit: string;
  path: string;
  maxBytes: number;
  signal: AbortSignal;
}): Promise<{ text: string } | { tooLarge: number } | undefined> {
  const { commit, maxBytes, path, repository, signal } = options;
  const git = async (...args: string[]) => {
    const { stdout } = await run(
      'git',
      ['-c', 'safe.directory=*', '-C', repository, ...args],
      {
        env: ENVIRONMENT,
        signal,
        timeout: TIMEOUT_MILLIS,
        maxBuffer: maxBytes + 4096,
      },
    );
    return stdout;
  };
  const listed = await git(
    '--literal-pathspecs',
    'ls-tree',
    '--full-tree',
    '-z',
    '-l',
    commit,
    '--',
    path,
  );
  const [mode, type, object, size] = listed.split('\t')[0].split(/ +/);
  if (type !== 'blob' || !REGULAR_FILE.test(mode)) {
    return undefined;
  }
  return Number(size) > maxBytes
    ? { tooLarge: Number(size) }
    : { text: await git('cat-file', 'blob', object) };
}

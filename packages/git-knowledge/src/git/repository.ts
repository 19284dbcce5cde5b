import { GitKnowledgeError } from '../GitKnowledgeError';
import { runGit } from './git';

/**
 * The commit that a reference names, and what the repository is like.
 * @public
 */
export interface RepositoryHead {
  readonly head: string;
  /** Committer time of the head, ISO 8601. */
  readonly headAt: string;
  readonly shallow: boolean;
  /** Whether blobs may be missing, as in a clone with a filter. */
  readonly partial: boolean;
}

/** Commits may claim any time or none, and not all of them are dates. */
const LATEST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/** A reference that cannot be taken for an option, a range or a pathspec. */
const REF = /^(?!-)[A-Za-z0-9_][A-Za-z0-9._/@-]*$/;

/**
 * Looks at the head of a repository; cheap, and reads no history.
 *
 * @throws GitKnowledgeError `not-found`, `not-a-repository`, `empty`, `unknown-ref`
 * @public
 */
export async function readHead(
  repository: string,
  options: { ref?: string; signal?: AbortSignal } = {},
): Promise<RepositoryHead> {
  const { ref = 'HEAD', signal } = options;
  if (!REF.test(ref) || ref.includes('..')) {
    throw new GitKnowledgeError(
      'unknown-ref',
      `"${ref}" is not the name of a branch, tag or commit.`,
    );
  }
  const shallow = await print(
    repository,
    ['rev-parse', '--is-shallow-repository'],
    signal,
  );
  const commit = await runGit(
    repository,
    [
      'log',
      '-1',
      '--format=%H %ct',
      '--end-of-options',
      `${ref}^{commit}`,
      '--',
    ],
    { signal },
  ).catch(async error => {
    throw error instanceof GitKnowledgeError && error.code === 'failed'
      ? await withoutCommit(repository, ref, error)
      : error;
  });
  const [head, seconds] = commit.toString('utf8').trim().split(' ');
  const filters = await print(
    repository,
    [
      'config',
      '--get-regexp',
      '^(remote\\..*\\.promisor|extensions\\.partialclone)$',
    ],
    signal,
  ).catch(() => '');
  return {
    head,
    headAt: new Date(
      Math.min((Number(seconds) || 0) * 1000, LATEST_TIME),
    ).toISOString(),
    shallow: shallow === 'true',
    partial: filters !== '',
  };
}

/** The commits at which a shallow clone was cut; their parents are not here. */
export async function readShallowBoundary(
  repository: string,
  signal?: AbortSignal,
): Promise<Set<string>> {
  const commits = await print(
    repository,
    ['rev-list', '--max-parents=0', '--all'],
    signal,
  );
  return new Set(commits.split('\n').filter(Boolean));
}

/** Whether a commit has more commits behind it than that, without merges. */
export async function hasMoreCommits(
  repository: string,
  commit: string,
  than: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const count = await print(
    repository,
    ['rev-list', '--count', '--no-merges', `--max-count=${than + 1}`, commit],
    signal,
  );
  return Number(count) > than;
}

/** All files of a commit: the name of the content by path. */
export async function listFiles(
  repository: string,
  commit: string,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const output = await runGit(
    repository,
    ['ls-tree', '-r', '-z', '--full-tree', commit],
    { signal, maxBytes: 512 * 1024 * 1024 },
  );
  return new Map(
    output
      .toString('utf8')
      .split('\0')
      .flatMap(entry => {
        // Submodules are commits, and symbolic links point elsewhere.
        const match = /^100\d{3} blob ([\da-f]+)\t/.exec(entry);
        return match ? [[entry.slice(match[0].length), match[1]]] : [];
      }),
  );
}

/** Text of a file; undefined when it is larger than allowed. */
export async function readFileAt(
  repository: string,
  blob: string,
  options: { signal?: AbortSignal; maxBytes: number },
): Promise<string | undefined> {
  const size = await print(
    repository,
    ['cat-file', '-s', blob],
    options.signal,
  );
  if (Number(size) > options.maxBytes) {
    return undefined;
  }
  const content = await runGit(repository, ['cat-file', 'blob', blob], options);
  return content.toString('utf8');
}

async function print(
  repository: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  return (await runGit(repository, args, { signal })).toString('utf8').trim();
}

async function withoutCommit(
  repository: string,
  ref: string,
  error: GitKnowledgeError,
): Promise<GitKnowledgeError> {
  const ask = (...args: string[]) => print(repository, args).catch(() => '');
  if ((await ask('for-each-ref', '--count=1', '--format=%(refname)')) === '') {
    return new GitKnowledgeError(
      'empty',
      `${repository} has no commit yet: make one, and it is read.`,
    );
  }
  // Something is there, and its object is not: the repository is damaged.
  if (ref === 'HEAD' && (await ask('rev-parse', '--verify', ref)) !== '') {
    return error;
  }
  return new GitKnowledgeError(
    'unknown-ref',
    `${repository} has no branch, tag or commit "${ref}".`,
  );
}

import { GitKnowledgeError } from '../GitKnowledgeError';
import { runGit } from './git';

/** The commit that a reference names, and what the repository is like. */
export interface RepositoryHead {
  readonly head: string;
  /** Committer time of the head, ISO 8601. */
  readonly headAt: string;
  readonly shallow: boolean;
  /** Whether blobs may be missing, as in a clone with a filter. */
  readonly partial: boolean;
}

/** A reference that cannot be taken for an option, a range or a pathspec. */
const REF = /^(?!-)[A-Za-z0-9_][A-Za-z0-9._/@-]*$/;

/**
 * Looks at the head of a repository; cheap, and reads no history.
 *
 * @throws GitKnowledgeError `not-found`, `not-a-repository`, `empty`, `unknown-ref`
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
  const shallow = await print(repository, ['rev-parse', '--is-shallow-repository'], signal);
  const commit = await runGit(
    repository,
    ['log', '-1', '--format=%H %ct', '--end-of-options', `${ref}^{commit}`, '--'],
    { signal },
  ).catch(async error => {
    throw error instanceof GitKnowledgeError && error.code === 'failed'
      ? await unknownRef(repository, ref)
      : error;
  });
  const [head, seconds] = commit.toString('utf8').trim().split(' ');
  const filters = await print(
    repository,
    ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$'],
    signal,
  ).catch(() => '');
  return {
    head,
    headAt: new Date(Number(seconds) * 1000).toISOString(),
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

/** Paths of all files of a commit. */
export async function listFiles(
  repository: string,
  commit: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const output = await runGit(
    repository,
    ['ls-tree', '-r', '-z', '--full-tree', commit],
    { signal, maxBytes: 512 * 1024 * 1024 },
  );
  return output
    .toString('utf8')
    .split('\0')
    .flatMap(entry => {
      const tab = entry.indexOf('\t');
      // Submodules are commits, and symbolic links point elsewhere.
      return tab > 0 && /^100/.test(entry) ? [entry.slice(tab + 1)] : [];
    });
}

/** Text of a file at a commit; undefined when it is larger than allowed. */
export async function readFileAt(
  repository: string,
  commit: string,
  path: string,
  options: { signal?: AbortSignal; maxBytes: number },
): Promise<string | undefined> {
  const object = `${commit}:${path}`;
  const size = await print(repository, ['cat-file', '-s', object], options.signal);
  if (Number(size) > options.maxBytes) {
    return undefined;
  }
  const content = await runGit(repository, ['cat-file', 'blob', object], options);
  return content.toString('utf8');
}

async function print(
  repository: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  return (await runGit(repository, args, { signal })).toString('utf8').trim();
}

async function unknownRef(repository: string, ref: string) {
  const refs = await print(repository, ['for-each-ref', '--count=1']).catch(() => '');
  return refs === ''
    ? new GitKnowledgeError(
        'empty',
        `${repository} has no commit yet: make one, and it is read.`,
      )
    : new GitKnowledgeError(
        'unknown-ref',
        `${repository} has no branch, tag or commit "${ref}".`,
      );
}

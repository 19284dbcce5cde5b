import { GitKnowledgeError } from '../GitKnowledgeError';
import { streamGit } from '../git/git';
import { splitNul } from '../git/splitNul';

const COUNT = [
  '-r',
  '-z',
  '--numstat',
  '-M50%',
  '-l0',
  '--root',
  '--no-ext-diff',
  '--no-textconv',
];
const COUNTED = /^\n?(\d+|-)\t(?:\d+|-)\t(.*)$/s;
/** The tree of no files, as both kinds of repositories name it. */
const EMPTY_TREE: Readonly<Record<number, string>> = {
  40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

/** How many lines a commit added to which path; binary files have none. */
export interface LinesAdded {
  readonly hash: string;
  readonly byPath: ReadonlyMap<string, number>;
}

/**
 * Counts the lines that commits added to each file, in the order in which the commits
 * are given; those that change nothing are left out. git compares all contents for it.
 *
 * @throws GitKnowledgeError
 */
export async function* linesAddedBy(
  repository: string,
  hashes: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<LinesAdded> {
  yield* count(repository, ['--stdin', '--format=%H'], {
    signal,
    input: hashes.map(hash => `${hash}\n`).join(''),
  });
}

/** How many lines every file of a commit has. */
export async function linesOfFiles(
  repository: string,
  commit: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const trees = [EMPTY_TREE[commit.length], commit];
  for await (const { byPath } of count(repository, trees, { signal })) {
    return byPath;
  }
  return new Map();
}

async function* count(
  repository: string,
  args: readonly string[],
  options: { signal?: AbortSignal; input?: string },
): AsyncGenerator<LinesAdded> {
  const tokens = splitNul(
    streamGit(repository, ['diff-tree', ...COUNT, ...args], options),
  );
  let hash = '';
  let byPath = new Map<string, number>();
  try {
    for await (const token of tokens) {
      const [, added, path] = COUNTED.exec(token) ?? [];
      if (added === undefined) {
        if (byPath.size > 0) {
          yield { hash, byPath };
        }
        hash = token.trim();
        byPath = new Map();
      } else {
        // Of a renamed file the old path comes, then the new one.
        const to = path || (await second(tokens));
        byPath.set(to, added === '-' ? 0 : Number(added));
      }
    }
  } catch (error) {
    throw error instanceof GitKnowledgeError && error.code === 'failed'
      ? new GitKnowledgeError(
          'failed',
          `Lines cannot be counted, because contents are missing or damaged: run git fsck in ${repository}, clone anew, or choose another model. (${error.message})`,
        )
      : error;
  }
  if (byPath.size > 0) {
    yield { hash, byPath };
  }
}

async function second(tokens: AsyncGenerator<string>): Promise<string> {
  await tokens.next();
  const { value } = await tokens.next();
  return value ?? '';
}

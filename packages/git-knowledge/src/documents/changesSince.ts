import { streamGit } from '../git/git';
import { splitNul } from '../git/parseLog';

/** Significant changes of some files in a range of commits. */
export interface ChangesSince {
  /** Commits, without merges and those of bots. */
  readonly commits: number;
  /** Paths that they touched, as they were called then. */
  readonly touched: ReadonlySet<string>;
}

/** Three fields, each ended by NUL: a commit, and who made it. */
const FORMAT = '%H%x00%aN%x00%aE';
const HEADER_FIELDS = 3;
const NUMSTAT = /^\n?(\d+|-)\t(\d+|-)\t([\s\S]*)$/;

/**
 * Reads what changed after a commit, apart from white space. "After" means not
 * reachable from it, so that no forged date moves a change across.
 *
 * @param options.paths - folders and files to look at; an empty one means all
 * @param options.counts - whether a path counts
 * @param options.isBot - whether a commit of that name and address counts as nothing
 */
export async function readChangesSince(options: {
  repository: string;
  since: string;
  head: string;
  paths: readonly string[];
  counts: (path: string) => boolean;
  isBot: (name: string, email: string) => boolean;
  maxCommits: number;
  signal?: AbortSignal;
}): Promise<ChangesSince> {
  const { repository, since, head, paths, counts, isBot, signal } = options;
  const whole = paths.some(path => path === '');
  const output = streamGit(
    repository,
    [
      'log',
      '-z',
      '--no-merges',
      '--numstat',
      '-w',
      '--ignore-blank-lines',
      '-M',
      '--no-ext-diff',
      '--no-textconv',
      `--max-count=${options.maxCommits}`,
      `--format=${FORMAT}`,
      '--end-of-options',
      `${since}..${head}`,
      '--',
      ...(whole ? [] : paths.map(path => `:(top,literal)${path}`)),
    ],
    { signal },
  );

  const touched = new Set<string>();
  let commits = 0;
  let header: string[] = [];
  let significant = false;
  let renamed: string[] | undefined;
  let renamedChanges = false;
  const note = (path: string, changed: boolean) => {
    const [, name, email] = header;
    if (changed && counts(path) && !isBot(name, email)) {
      touched.add(path);
      significant = true;
    }
  };
  const finish = () => {
    commits += significant ? 1 : 0;
    significant = false;
  };
  for await (const token of splitNul(output)) {
    if (renamed) {
      renamed.push(token);
      if (renamed.length === 2) {
        note(renamed[1], renamedChanges);
        renamed = undefined;
      }
    } else if (header.length > 0 && header.length < HEADER_FIELDS) {
      header.push(token);
    } else {
      const match = NUMSTAT.exec(token);
      if (match) {
        // A dash stands for a binary file, whose lines nobody counts.
        const changed = match[1] !== '0' || match[2] !== '0';
        if (match[3] === '') {
          renamed = [];
          renamedChanges = changed;
        } else {
          note(match[3], changed);
        }
      } else if (token.trim() !== '') {
        finish();
        header = [token.trim()];
      }
    }
  }
  finish();
  return { commits, touched };
}

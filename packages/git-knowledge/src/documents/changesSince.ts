import { GitKnowledgeError } from '../GitKnowledgeError';
import { runGit, streamGit } from '../git/git';
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
/** Commits in one call; far below what any system allows. */
const BATCH = 500;
const MAX_GRAPH_BYTES = 512 * 1024 * 1024;

/**
 * What changed after each of several commits, apart from white space, from one pass
 * over all that came after the first of them.
 */
export class ChangeLog {
  readonly #parents: ReadonlyMap<string, readonly string[]>;
  readonly #changed: ReadonlyMap<string, readonly string[]>;

  /**
   * @param options.since - commits that may be asked about
   * @param options.paths - folders and files to look at; an empty one means all
   * @param options.counts - whether a path counts
   * @param options.isBot - whether a commit of that name and address counts as nothing
   */
  static async read(options: {
    repository: string;
    since: readonly string[];
    head: string;
    paths: readonly string[];
    counts: (path: string) => boolean;
    isBot: (name: string, email: string) => boolean;
    maxCommits: number;
    signal?: AbortSignal;
  }): Promise<ChangeLog> {
    const { repository, head, signal } = options;
    const base = await commonAncestor(repository, options.since, signal);
    const range = base ? `${base}..${head}` : head;
    const graph = await runGit(
      repository,
      ['rev-list', '--parents', '--end-of-options', range, '--'],
      { signal, maxBytes: MAX_GRAPH_BYTES },
    );
    const parents = new Map<string, string[]>();
    for (const line of graph.toString('latin1').split('\n')) {
      const [commit, ...before] = line.split(' ');
      parents.set(commit, before);
    }
    return new ChangeLog(parents, await readChanges(range, options));
  }

  private constructor(
    parents: ReadonlyMap<string, readonly string[]>,
    changed: ReadonlyMap<string, readonly string[]>,
  ) {
    this.#parents = parents;
    this.#changed = changed;
  }

  /**
   * What changed after a commit. "After" means not reachable from it, so that no forged
   * date moves a change across.
   *
   * @param contains - whether a path is to be looked at
   */
  since(commit: string, contains: (path: string) => boolean): ChangesSince {
    const before = this.#reachableFrom(commit);
    const touched = new Set<string>();
    let commits = 0;
    for (const [hash, paths] of this.#changed) {
      const relevant = before.has(hash) ? [] : paths.filter(contains);
      relevant.forEach(path => touched.add(path));
      commits += relevant.length > 0 ? 1 : 0;
    }
    return { commits, touched };
  }

  #reachableFrom(commit: string): Set<string> {
    const reachable = new Set<string>();
    const next = [commit];
    for (let hash = next.pop(); hash !== undefined; hash = next.pop()) {
      const before = this.#parents.get(hash);
      if (before && !reachable.has(hash)) {
        reachable.add(hash);
        next.push(...before);
      }
    }
    return reachable;
  }
}

/** A commit from which all of these can be reached, if there is one. */
async function commonAncestor(
  repository: string,
  commits: readonly string[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  const others = [...new Set(commits)];
  let base = others.shift();
  while (base && others.length > 0) {
    const output = await runGit(
      repository,
      ['merge-base', '--octopus', base, ...others.splice(0, BATCH)],
      { signal },
    ).catch(error => {
      // Histories that have nothing in common.
      if (error instanceof GitKnowledgeError && error.code === 'failed') {
        return Buffer.alloc(0);
      }
      throw error;
    });
    base = output.toString('latin1').split('\n')[0];
  }
  return base || undefined;
}

/** Of each commit, the paths that count and that it changed. */
async function readChanges(
  range: string,
  options: Parameters<typeof ChangeLog.read>[0],
): Promise<Map<string, string[]>> {
  const { repository, paths, counts, isBot, signal } = options;
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
      range,
      '--',
      ...(whole ? [] : paths.map(path => `:(top,literal)${path}`)),
    ],
    { signal },
  );

  const commits = new Map<string, string[]>();
  let header: string[] = [];
  let renamed: string[] | undefined;
  let renamedChanges = false;
  const note = (path: string, changed: boolean) => {
    const [hash, name, email] = header;
    if (changed && counts(path) && !isBot(name, email)) {
      const noted = commits.get(hash);
      if (noted) {
        noted.push(path);
      } else {
        commits.set(hash, [path]);
      }
    }
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
        header = [token.trim()];
      }
    }
  }
  return commits;
}

import { join } from 'node:path';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { runGit } from './git';
import { PlainClone, contentOf, readPlainClone } from './readPlainClone';

/**
 * The commit that a reading is of, and what the repository is like.
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

const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/;
/** What a configuration must hold that says so, or that leads to another one. */
const MAY_SPEAK_OF_FILTERS = /promisor|partialclone|include|worktreeconfig/i;
const MAX_CONTENTS_BYTES = 512 * 1024 * 1024;
const NEWLINE = 10;

/**
 * The instant that a text names, in milliseconds: a day means its end, in UTC.
 *
 * @returns undefined for what is no date
 */
export function instantIn(at: string): number | undefined {
  const text = DAY.test(at) ? `${at}T23:59:59.999Z` : at;
  const time = INSTANT.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) || !isDay(at.slice(0, 10)) ? undefined : time;
}

/** Not the 31st of February, which would be taken for a day of March. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00Z`).toISOString().startsWith(day);
}

/** A repository, with the commit that it is to be read at. */
export interface Clone extends PlainClone {
  /** Whether contents may be missing, as in a clone with a filter. */
  readonly partial: boolean;
}

/**
 * Finds the commit that a reading is of, with what must be known of its repository; in
 * as few calls as possible, for every one of them is felt on small histories.
 *
 * @param at - as in {@link readHead}
 * @throws GitKnowledgeError `not-found`, `not-a-repository`, `empty`, `unknown-ref`
 */
export async function openClone(
  repository: string,
  at: string,
  signal?: AbortSignal,
): Promise<Clone> {
  const instant = instantIn(at);
  if (instant === undefined && (!REF.test(at) || at.includes('..'))) {
    throw new GitKnowledgeError(
      'unknown-ref',
      `"${at}" is not the name of a branch, tag or commit, nor a date such as 2024-01-31.`,
    );
  }
  const ref = instant === undefined ? at : 'HEAD';
  const found =
    (ref === 'HEAD' && readPlainClone(repository)) ||
    (await askForClone(repository, ref, signal));
  return {
    ...found,
    head:
      instant === undefined
        ? found.head
        : await commitBefore(repository, found.head, { at, instant }, signal),
    partial: await mayLackContents(repository, found.folder, signal),
  };
}

async function askForClone(
  repository: string,
  ref: string,
  signal?: AbortSignal,
): Promise<PlainClone> {
  const output = await print(
    repository,
    [
      'rev-parse',
      '--is-shallow-repository',
      '--path-format=absolute',
      '--git-common-dir',
      `${ref}^{commit}`,
      '--',
    ],
    signal,
  ).catch(async error => {
    throw error instanceof GitKnowledgeError && error.code === 'failed'
      ? await withoutCommit(repository, ref, error)
      : error;
  });
  // A folder may have line breaks in its name.
  const [shallow, ...rest] = output.replace(/\n--$/, '').split('\n');
  const head = rest.pop() ?? '';
  return { head, shallow: shallow === 'true', folder: rest.join('\n') };
}

/** Whether it is a clone with a filter. */
async function mayLackContents(
  repository: string,
  folder: string,
  signal?: AbortSignal,
): Promise<boolean> {
  // Few configurations speak of it, and to start git for the others would be felt.
  const config = contentOf(join(folder, 'config'));
  if (config !== undefined && !MAY_SPEAK_OF_FILTERS.test(config)) {
    return false;
  }
  const filters = await print(
    repository,
    [
      'config',
      '--get-regexp',
      '^(remote\\..*\\.promisor|extensions\\.partialclone)$',
    ],
    signal,
  ).catch(() => '');
  return filters !== '';
}

/** Not the bare seconds: git takes those before 1973 for something else. */
function gitTime(instant: number): string {
  return `@${Math.max(0, Math.floor(instant / 1000))} +0000`;
}

/**
 * Looks at a commit of a repository; cheap, and reads no history.
 *
 * @param options - `at`: a branch, tag or commit; or a date, for what the main line of
 * `HEAD` was then: `2024-01-31`, which means its end in UTC, or an instant in ISO 8601.
 * `HEAD` by default.
 * @throws GitKnowledgeError `not-found`, `not-a-repository`, `empty`, `unknown-ref`
 * @public
 */
export async function readHead(
  repository: string,
  options: { at?: string; signal?: AbortSignal } = {},
): Promise<RepositoryHead> {
  const { at = 'HEAD', signal } = options;
  const { head, shallow, partial } = await openClone(repository, at, signal);
  const seconds = await print(
    repository,
    ['log', '-1', '--format=%ct', '--end-of-options', head, '--'],
    signal,
  );
  return { head, headAt: toInstant(Number(seconds)), shallow, partial };
}

/** A time that a commit claims, ISO 8601: it may claim any, or none. */
export function toInstant(seconds: number): string {
  const time = Math.max(0, Math.min((seconds || 0) * 1000, LATEST_TIME));
  return new Date(time).toISOString();
}

/** The newest commit of a main line that is not newer than an instant. */
async function commitBefore(
  repository: string,
  tip: string,
  { at, instant }: { at: string; instant: number },
  signal?: AbortSignal,
): Promise<string> {
  const commit = await print(
    repository,
    [
      'rev-list',
      '-1',
      '--first-parent',
      `--before=${gitTime(instant)}`,
      '--end-of-options',
      tip,
      '--',
    ],
    signal,
  );
  if (commit === '') {
    throw new GitKnowledgeError(
      'unknown-ref',
      `${repository} has no commit up to ${at}: name a later date.`,
    );
  }
  return commit;
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

/**
 * Texts of files, by the names of their contents; without those that are larger than
 * allowed.
 *
 * @param options.maxBytes - of one file
 */
export async function readFiles(
  repository: string,
  blobs: Iterable<string>,
  options: { signal?: AbortSignal; maxBytes: number },
): Promise<Map<string, string>> {
  const { signal, maxBytes } = options;
  const texts = new Map<string, string>();
  const names = [...new Set(blobs)];
  if (names.length === 0) {
    return texts;
  }
  // Contents may be of any size, so that git is asked for it first.
  const sizes = await print(repository, ['cat-file', '--batch-check'], signal, {
    input: names.map(name => `${name}\n`).join(''),
  });
  const sized = sizes.split('\n').flatMap(line => {
    const [name, type, size] = line.split(' ');
    return type === 'blob' && Number(size) <= maxBytes
      ? [{ name, size: Number(size) }]
      : [];
  });
  const contents = await runGit(repository, ['cat-file', '--batch'], {
    signal,
    input: sized.map(({ name }) => `${name}\n`).join(''),
    maxBytes: MAX_CONTENTS_BYTES,
  });
  let at = 0;
  for (const { name, size } of sized) {
    // "<name> blob <size>", a line break, the content, a line break.
    const start = contents.indexOf(NEWLINE, at) + 1;
    const header = contents.toString('latin1', at, start - 1);
    at = start;
    // It may be gone since it was asked for.
    if (header.endsWith(` blob ${size}`)) {
      texts.set(name, contents.toString('utf8', start, start + size));
      at = start + size + 1;
    }
  }
  return texts;
}

async function print(
  repository: string,
  args: readonly string[],
  signal?: AbortSignal,
  options: { input?: string } = {},
): Promise<string> {
  const output = await runGit(repository, args, { ...options, signal });
  return output.toString('utf8').trim();
}

async function withoutCommit(
  repository: string,
  ref: string,
  error: GitKnowledgeError,
): Promise<GitKnowledgeError> {
  const ask = (...args: string[]) =>
    print(repository, args).catch(() => undefined);
  if ((await ask('for-each-ref', '--count=1', '--format=%(refname)')) === '') {
    return new GitKnowledgeError(
      'empty',
      `${repository} has no commit yet: make one, and it is read.`,
    );
  }
  const branch = ref === 'HEAD' && (await ask('symbolic-ref', '-q', ref));
  if (
    branch &&
    (await ask('for-each-ref', '--format=%(refname)', branch)) === ''
  ) {
    return new GitKnowledgeError(
      'unknown-ref',
      `${repository} is at ${branch}, which is missing or broken: name another branch, or set one with git symbolic-ref HEAD.`,
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

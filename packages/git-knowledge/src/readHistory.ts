import { readAuthorship } from './authorship/authorship';
import {
  DocumentContext,
  latestOf,
  readDocuments,
} from './documents/readDocuments';
import { kindOfFile, readOverrides } from './files/countedFiles';
import { matcherOf } from './files/globs';
import { foldersOf, isBelow, normalisePath } from './files/paths';
import { streamGit } from './git/git';
import { readMailmap } from './git/mailmap';
import { Contact, LOG_FORMAT, LoggedCommit, parseLog } from './git/parseLog';
import {
  RepositoryHead,
  hasMoreCommits,
  listFiles,
  readFileAt,
  readHead,
  readShallowBoundary,
} from './git/repository';
import { GitKnowledgeError } from './GitKnowledgeError';
import { CommitAuthor, CommitTable } from './history/CommitTable';
import { FileHistories } from './history/FileHistories';
import { Person, peopleOf } from './people/people';
import {
  HistoryAnswer,
  HistoryRequest,
  ParsedHistoryRequest,
  historyRequestSchema,
} from './schemas';

const MAX_GITATTRIBUTES_BYTES = 1024 * 1024;
const PROSE = /\.(md|mdx|markdown|adoc|asciidoc|rst|txt)$/i;

/** Undefined for bots. */
type PeopleOf = (name: string, email: string) => Person | undefined;

/**
 * Reads one repository in one pass over its history, oldest commit first: who knows
 * which of its files, and which documents fell behind. Merges and bots count as
 * nothing, renames are followed, `.mailmap` is honoured, co-authors count as authors. Nothing is checked out, and
 * git is never let to fetch.
 *
 * @throws GitKnowledgeError
 * @public
 */
export async function readHistory(
  request: HistoryRequest,
  options: { signal?: AbortSignal } = {},
): Promise<HistoryAnswer> {
  const parsed = historyRequestSchema.parse(request);
  const limit = new AbortController();
  const timer = setTimeout(
    () =>
      limit.abort(
        new GitKnowledgeError(
          'timeout',
          `Reading ${parsed.repository} took more than ${parsed.limits.seconds} seconds and was given up: raise the limit.`,
        ),
      ),
    parsed.limits.seconds * 1000,
  );
  const signal = options.signal
    ? AbortSignal.any([options.signal, limit.signal])
    : limit.signal;
  try {
    return await read(parsed, signal);
  } finally {
    clearTimeout(timer);
  }
}

async function read(
  request: ParsedHistoryRequest,
  signal: AbortSignal,
): Promise<HistoryAnswer> {
  const { repository, limits } = request;
  const head = await readHead(repository, { ref: request.ref, signal });
  const now = Date.parse(request.now) / 1000;
  const personOf = peopleOf(request);
  const problems = problemsOf(head);
  const { histories, commits } = await readCommits({
    request,
    head,
    now,
    personOf,
    problems,
    signal,
  });

  const files = await listFiles(repository, head.head, signal);
  const all = [...files.keys()];
  const gitattributes = head.partial ? undefined : files.get('.gitattributes');
  const overrides = readOverrides(
    (gitattributes &&
      (await readFileAt(repository, gitattributes, {
        signal,
        maxBytes: MAX_GITATTRIBUTES_BYTES,
      }))) ??
      '',
  );
  const isSource = (path: string) => kindOfFile(path, overrides) === 'source';
  const context: DocumentContext = {
    repository,
    head: head.head,
    histories,
    commits,
    files,
    folders: foldersOf(all),
    sourceFiles: new Set(all.filter(isSource)),
    isSource,
    isBot: (name, email) => personOf(name, email) === undefined,
    maxCommits: limits.commits,
    partial: head.partial,
    signal,
  };

  const asked = request.territories.map(({ id, paths, documents }) => {
    // git cannot even be asked about others, and has none.
    const clean = paths
      .map(normalisePath)
      .filter(path => !path.includes('\0') && path.length <= limits.pathLength);
    const contains = (path: string) => clean.some(base => isBelow(path, base));
    const below = all.filter(contains);
    const sources = below.filter(path => context.sourceFiles.has(path));
    const isDocument = matcherOf(documents);
    return {
      id,
      paths: clean,
      contains,
      below,
      sources,
      documents: all.filter(path => PROSE.test(path) && isDocument(path)),
    };
  });
  const documents = await readDocuments(context, asked);
  const territories = asked.map(({ id, below, sources }, index) => {
    const last = latestOf(sources, context);
    return {
      id,
      files: sources.length,
      paths: below.slice(0, limits.listedPaths),
      lastChangeAt: last === undefined ? undefined : commits.instantOf(last),
      lastChangeCommit: last === undefined ? undefined : commits.get(last).hash,
      ...readAuthorship({
        files: sources.map(
          path => histories.files.get(path) ?? { changes: [] },
        ),
        commits,
        now,
        halfLifeDays: request.halfLifeDays,
      }),
      documents: documents[index],
    };
  });
  return {
    head: head.head,
    headAt: head.headAt,
    shallow: head.shallow,
    commits: commits.commits.filter(commit => commit.authors.length > 0).length,
    problems,
    territories,
  };
}

async function readCommits(options: {
  request: ParsedHistoryRequest;
  head: RepositoryHead;
  now: number;
  personOf: PeopleOf;
  problems: HistoryAnswer['problems'];
  signal: AbortSignal;
}) {
  const { request, head, now, personOf, problems, signal } = options;
  const { repository, limits } = request;
  const boundary = head.shallow
    ? await readShallowBoundary(repository, signal)
    : new Set<string>();
  const log = streamGit(
    repository,
    [
      'log',
      '-z',
      '--raw',
      '--no-abbrev',
      '--no-merges',
      '--topo-order',
      '--reverse',
      // Comparing content needs the blobs, which a partial clone lacks.
      head.partial ? '-M100%' : '-M',
      '--no-ext-diff',
      '--no-textconv',
      '--root',
      `--max-count=${limits.commits}`,
      `--format=${LOG_FORMAT}`,
      '--end-of-options',
      head.head,
      '--',
    ],
    { signal },
  );
  const histories = new FileHistories();
  const commits = new CommitTable(now);
  const shared = new Map<
    number,
    Pick<LoggedCommit, keyof Contact | 'coAuthors'>
  >();
  let large = 0;
  let count = 0;
  for await (const commit of parseLog(log, {
    changes: limits.filesPerCommit,
    pathLength: limits.pathLength,
  })) {
    count += 1;
    large += commit.omitted > 0 ? 1 : 0;
    const authors = authorsOf([commit, ...commit.coAuthors], personOf);
    const number = commits.add(commit, authors);
    if (commit.coAuthors.length > 0) {
      shared.set(number, commit);
    }
    histories.add(commit.changes, number, {
      unseenBefore: boundary.has(commit.hash),
      // What bots alone change moves files, and is nobody's.
      counts: authors.length > 0,
    });
  }
  // git applies the mailmap to authors only.
  const mailmap = await readMailmap(
    repository,
    [...shared.values()].flatMap(commit => commit.coAuthors),
    signal,
  );
  for (const [number, commit] of shared) {
    const contacts = [commit, ...commit.coAuthors.map(mailmap)];
    commits.setAuthors(number, authorsOf(contacts, personOf));
  }
  if (
    count === limits.commits &&
    (await hasMoreCommits(repository, head.head, count, signal))
  ) {
    problems.push({
      code: 'commit-limit',
      message: `Only the newest ${limits.commits} commits were read.`,
    });
  }
  if (large > 0) {
    problems.push({
      code: 'large-commit',
      message: `${large} commits change over ${limits.filesPerCommit} files, or paths over ${limits.pathLength} characters; what is beyond that was not counted.`,
    });
  }
  return { histories, commits };
}

/** The people behind contacts, each once and without bots. */
function authorsOf(
  contacts: readonly Contact[],
  personOf: PeopleOf,
): CommitAuthor[] {
  const authors = new Map<Person, CommitAuthor>();
  for (const { name, email } of contacts) {
    const person = personOf(name, email);
    if (person && !authors.has(person)) {
      authors.set(person, { person, name, email });
    }
  }
  return [...authors.values()];
}

function problemsOf(head: RepositoryHead): HistoryAnswer['problems'] {
  const problems: HistoryAnswer['problems'] = [];
  if (head.shallow) {
    problems.push({
      code: 'shallow',
      message:
        'The clone is shallow, so older authors cannot be seen: run git fetch --unshallow.',
    });
  }
  if (head.partial) {
    problems.push({
      code: 'partial',
      message:
        'The clone lacks file contents, so only exact renames were followed and documents were not compared: clone without --filter.',
    });
  }
  return problems;
}

import { matcherOf } from '../files/globs';
import { readFileAt } from '../git/repository';
import { CommitTable } from '../history/CommitTable';
import { FileHistories } from '../history/FileHistories';
import { DocumentHistory } from '../schemas';
import { ChangeLog } from './changesSince';
import { readCitations, readTitle } from './citations';
import { readCovers } from './frontMatter';
import { readLastContentChange } from './lastContentChange';

const MAX_DOCUMENT_BYTES = 1024 * 1024;
const MARKDOWN = /\.(md|mdx|markdown)$/i;

/** What the documents of one territory are read against. */
export interface DocumentContext {
  readonly repository: string;
  readonly head: string;
  readonly histories: FileHistories;
  readonly commits: CommitTable;
  /** All files at the head, with the names of their contents. */
  readonly files: ReadonlyMap<string, string>;
  /** All folders at the head. */
  readonly folders: ReadonlySet<string>;
  /** Source files that count, at the head. */
  readonly sourceFiles: ReadonlySet<string>;
  readonly isSource: (path: string) => boolean;
  readonly isBot: (name: string, email: string) => boolean;
  readonly maxCommits: number;
  /** Blobs may be missing, so that nothing can be compared. */
  readonly partial: boolean;
  readonly signal?: AbortSignal;
}

/** The part of a repository that documents of a territory describe by default. */
export interface DocumentTerritory {
  readonly paths: readonly string[];
  readonly contains: (path: string) => boolean;
}

/** A document as it is, with the commit, by number, that last changed what it says. */
interface Document {
  readonly path: string;
  readonly text?: string;
  readonly covers: readonly string[];
  readonly changedIn: number;
}

/**
 * Reads the documents of territories, each at its paths; those without a history are
 * left out.
 *
 * @returns for each territory its documents
 */
export async function readDocuments(
  context: DocumentContext,
  territories: ReadonlyArray<
    DocumentTerritory & { documents: readonly string[] }
  >,
): Promise<DocumentHistory[][]> {
  const read: Document[][] = [];
  for (const territory of territories) {
    const documents: Document[] = [];
    for (const path of territory.documents) {
      const document = await readDocument(context, path);
      if (document) {
        documents.push(document);
      }
    }
    read.push(documents);
  }

  const all = read.flat();
  const changes =
    all.length > 0 && !context.partial
      ? await ChangeLog.read({
          repository: context.repository,
          since: all.map(one => context.commits.get(one.changedIn).hash),
          head: context.head,
          paths: all.some(one => one.covers.length > 0)
            ? ['']
            : territories
                .filter((_, index) => read[index].length > 0)
                .flatMap(territory => territory.paths),
          counts: context.isSource,
          isBot: context.isBot,
          maxCommits: context.maxCommits,
          signal: context.signal,
        })
      : undefined;
  return territories.map((territory, index) =>
    read[index].map(document =>
      describe(context, territory, document, changes),
    ),
  );
}

async function readDocument(
  context: DocumentContext,
  path: string,
): Promise<Document | undefined> {
  const { repository, head, histories, commits, signal } = context;
  const history = histories.files.get(path);
  const onlyCreated =
    history?.created !== undefined && history.changes.length === 0;
  const found =
    context.partial || onlyCreated
      ? undefined
      : await readLastContentChange({ repository, head, path, signal });
  const changedIn =
    commits.numberOf(found) ??
    history?.changes[history.changes.length - 1] ??
    history?.created;
  if (changedIn === undefined) {
    return undefined;
  }
  const blob = context.partial ? undefined : context.files.get(path);
  const text =
    blob &&
    (await readFileAt(repository, blob, {
      signal,
      maxBytes: MAX_DOCUMENT_BYTES,
    }));
  return { path, text, covers: text ? readCovers(text) : [], changedIn };
}

function describe(
  context: DocumentContext,
  territory: DocumentTerritory,
  { path, text, covers, changedIn }: Document,
  changes: ChangeLog | undefined,
): DocumentHistory {
  const { histories, commits } = context;
  const since = commits.get(changedIn).hash;
  const covered = covers.length > 0 ? matcherOf(covers) : undefined;
  const contains = covered ?? territory.contains;
  const territoryFiles = [...context.sourceFiles].filter(file =>
    contains(file),
  );

  const { commits: changesSince, touched } = changes?.since(
    since,
    contains,
  ) ?? {
    commits: 0,
    touched: [],
  };
  const current = new Set(territoryFiles);
  const touchedNow = new Set(
    [...touched]
      .map(file => (current.has(file) ? file : histories.currentPath(file)))
      .filter(file => file !== undefined && current.has(file)),
  );
  const lastChange = latestOf(territoryFiles, context);
  return {
    path,
    title: text ? readTitle(text) : undefined,
    covers: [...covers],
    contentChangedAt: commits.instantOf(changedIn),
    contentChangedCommit: since,
    changesSince,
    filesTouchedSince: touchedNow.size,
    territoryFiles: territoryFiles.length,
    lastTerritoryChangeAt:
      lastChange === undefined ? undefined : commits.instantOf(lastChange),
    brokenCitations:
      text && MARKDOWN.test(path)
        ? brokenCitations(context, territory, path, text)
        : [],
  };
}

/** The commit, by number, that last changed any of these files. */
export function latestOf(
  files: readonly string[],
  context: Pick<DocumentContext, 'histories' | 'commits'>,
): number | undefined {
  let latest: number | undefined;
  for (const file of files) {
    const history = context.histories.files.get(file);
    const number =
      history?.changes[history.changes.length - 1] ?? history?.created;
    if (
      number !== undefined &&
      (latest === undefined ||
        context.commits.get(number).time >= context.commits.get(latest).time)
    ) {
      latest = number;
    }
  }
  return latest;
}

/**
 * Citations that lead nowhere now and led somewhere before. A citation is read from
 * the root, from the document's folder and from the territory's paths, and holds when
 * any of these readings exists; so what is reported is really gone.
 */
function brokenCitations(
  context: DocumentContext,
  territory: DocumentTerritory,
  path: string,
  text: string,
): DocumentHistory['brokenCitations'] {
  const { histories, commits, files, folders } = context;
  const folder = path.split('/').slice(0, -1).join('/');
  return readCitations(text).flatMap(citation => {
    const readings = [folder, '', ...territory.paths].flatMap(
      base => resolve(base, citation.path) ?? [],
    );
    if (readings.some(one => files.has(one) || folders.has(one))) {
      return [];
    }
    const gone = readings.find(one => histories.removals.has(one));
    const removal = gone ? histories.removals.get(gone) : undefined;
    return gone && removal
      ? [
          {
            citation: citation.text,
            line: citation.line,
            removedAt: commits.instantOf(removal.commit),
            removedCommit: commits.get(removal.commit).hash,
            movedTo: histories.currentPath(gone),
          },
        ]
      : [];
  });
}

function resolve(base: string, path: string): string | undefined {
  const parts: string[] = base === '' ? [] : base.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) {
        return undefined;
      }
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

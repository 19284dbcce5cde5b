import { matcherOf } from '../files/globs';
import { foldersOf } from '../files/paths';
import { readFiles } from '../git/repository';
import { Knowledge } from '../Knowledge';
import { DocumentHistory, HistoryAnswer } from '../schemas';
import { readChangesSince } from './changesSince';
import { readCitations, readTitle } from './citations';
import { readCovers } from './frontMatter';
import { readLastContentChanges } from './lastContentChange';

const MAX_DOCUMENT_BYTES = 1024 * 1024;
const MARKDOWN = /\.(md|mdx|markdown)$/i;

/** The part of a repository that documents of a territory describe by default. */
export interface DocumentTerritory {
  readonly paths: readonly string[];
  readonly contains: (path: string) => boolean;
}

/** A document as it is. */
interface Document {
  readonly path: string;
  readonly text?: string;
  readonly covers: readonly string[];
  /** The commit that last changed what it says. */
  readonly commit: number;
  /** Whether a path is in its territory. */
  readonly contains: (path: string) => boolean;
}

/** What happened in a document's territory since its content changed. */
type Since = Pick<
  DocumentHistory,
  'commitsSince' | 'changesSince' | 'filesTouchedSince'
>;

const NOTHING_SINCE: Since = {
  commitsSince: 0,
  changesSince: 0,
  filesTouchedSince: 0,
};

/**
 * Reads the documents of territories, each at its paths; those without a history are
 * left out.
 *
 * @returns for each territory its documents, and what could not be seen of them
 */
export async function readDocuments(
  knowledge: Knowledge,
  territories: ReadonlyArray<
    DocumentTerritory & { documents: readonly string[] }
  >,
  options: { signal?: AbortSignal },
): Promise<{
  documents: DocumentHistory[][];
  problems: HistoryAnswer['problems'];
}> {
  const { repository, head, files, commits } = knowledge.snapshot;
  const { signal } = options;
  const paths = [...new Set(territories.flatMap(one => one.documents))];
  if (paths.length === 0) {
    return { documents: territories.map(() => []), problems: [] };
  }
  // Without contents there is nothing to compare.
  const compared = head.partial ? [] : paths;
  const texts = await readFiles(
    repository,
    compared.flatMap(path => files.contentOf(path) ?? []),
    { signal, maxBytes: MAX_DOCUMENT_BYTES },
  );
  const contentChanges = await readLastContentChanges(
    repository,
    commits,
    compared,
    { signal },
  );
  const read = territories.map(territory =>
    territory.documents.flatMap((path): Document[] => {
      const commit =
        contentChanges.commits.get(path) ??
        knowledge.lastChangeOf([files.placeOf(path) ?? []].flat());
      if (commit === undefined) {
        return [];
      }
      const text = texts.get(files.contentOf(path) ?? '');
      const covers = text ? readCovers(text) : [];
      const contains =
        covers.length > 0 ? matcherOf(covers) : territory.contains;
      return [{ path, text, covers, commit, contains }];
    }),
  );
  const { since, uncompared } = await readSince(
    knowledge,
    head.partial ? [] : read.flat(),
    signal,
  );

  const folders = foldersOf(files.paths);
  const exists = (path: string) => files.has(path) || folders.has(path);
  return {
    documents: territories.map((territory, index) => {
      const own = stateOf(territory.contains, knowledge);
      return read[index].map(document => ({
        path: document.path,
        title: document.text ? readTitle(document.text) : undefined,
        covers: [...document.covers],
        contentChangedAt: commits.instantOf(document.commit),
        contentChangedCommit: commits.history.hashOf(document.commit),
        contentChangedBy: knowledge.people
          .authorsOf(document.commit)
          .map(person => {
            const { personId, name, emails } = knowledge.people.people[person];
            return { personId, name, emails: [...emails].sort() };
          }),
        ...(since.get(document) ?? NOTHING_SINCE),
        ...(document.contains === territory.contains
          ? own
          : stateOf(document.contains, knowledge)),
        brokenCitations: brokenCitations(
          territory,
          document,
          exists,
          knowledge,
        ),
      }));
    }),
    problems: problemsOf(
      new Set([...contentChanges.uncompared, ...uncompared]).size,
    ),
  };
}

async function readSince(
  knowledge: Knowledge,
  documents: readonly Document[],
  signal?: AbortSignal,
): Promise<{
  since: Map<Document, Since>;
  uncompared: ReadonlySet<number>;
}> {
  const { histories, people } = knowledge;
  const { repository, commits, kindOf } = knowledge.snapshot;
  const { answers, uncompared } = await readChangesSince(documents, {
    repository,
    commits,
    people,
    counts: path => kindOf(path) === 'source',
    signal,
  });
  const names = new Map<string, string | undefined>();
  const nameNow = (path: string) => {
    if (!names.has(path)) {
      names.set(
        path,
        knowledge.isSource(path) ? path : histories.currentPath(path),
      );
    }
    return names.get(path);
  };
  const since = new Map<Document, Since>();
  for (const [document, { commits: all, significant, touched }] of answers) {
    const touchedNow = new Set<string>();
    for (const path of touched) {
      const name = nameNow(path);
      if (
        name !== undefined &&
        knowledge.isSource(name) &&
        document.contains(name)
      ) {
        touchedNow.add(name);
      }
    }
    since.set(document, {
      commitsSince: all,
      changesSince: significant,
      filesTouchedSince: touchedNow.size,
    });
  }
  return { since, uncompared };
}

function stateOf(
  contains: (path: string) => boolean,
  knowledge: Knowledge,
): Pick<DocumentHistory, 'territoryFiles' | 'lastTerritoryChangeAt'> {
  const files = knowledge.sources.filter(file =>
    contains(knowledge.paths[file]),
  );
  const last = knowledge.lastChangeOf(files);
  return {
    territoryFiles: files.length,
    lastTerritoryChangeAt:
      last === undefined
        ? undefined
        : knowledge.snapshot.commits.instantOf(last),
  };
}

function problemsOf(uncompared: number): HistoryAnswer['problems'] {
  return uncompared === 0
    ? []
    : [
        {
          code: 'partial',
          message: `${uncompared} commits could not be compared and were taken for changes of content, because contents are missing or damaged: run git fsck, or clone anew.`,
        },
      ];
}

/**
 * Citations that lead nowhere now and led somewhere before. A citation is read from
 * the root, from the document's folder and from the territory's paths, and holds when
 * any of these readings exists; so what is reported is really gone.
 */
function brokenCitations(
  territory: DocumentTerritory,
  { path, text }: Document,
  exists: (path: string) => boolean,
  { histories, snapshot: { commits } }: Knowledge,
): DocumentHistory['brokenCitations'] {
  if (!text || !MARKDOWN.test(path)) {
    return [];
  }
  const folder = path.split('/').slice(0, -1).join('/');
  return readCitations(text).flatMap(citation => {
    const readings = [folder, '', ...territory.paths].flatMap(
      base => resolve(base, citation.path) ?? [],
    );
    if (readings.some(exists)) {
      return [];
    }
    const gone = readings.find(one => histories.removalOf(one));
    const removal = gone ? histories.removalOf(gone) : undefined;
    return gone && removal
      ? [
          {
            citation: citation.text,
            line: citation.line,
            removedAt: commits.instantOf(removal.commit),
            removedCommit: commits.history.hashOf(removal.commit),
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

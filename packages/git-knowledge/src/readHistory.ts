import { readDocuments } from './documents/readDocuments';
import { matcherOf } from './files/globs';
import { PROSE } from './files/prose';
import { matcherOfPaths, normalisePath } from './files/paths';
import { Knowledge } from './Knowledge';
import { readKnowledge } from './readKnowledge';
import {
  HistoryAnswer,
  HistoryRequest,
  ParsedHistoryRequest,
  historyRequestSchema,
} from './schemas';
import { withTimeLimit } from './timeLimit';

/**
 * Reads one repository: who knows which of its files, as `readKnowledge` does, and
 * which documents fell behind.
 *
 * @throws GitKnowledgeError
 * @public
 */
export async function readHistory(
  request: HistoryRequest,
  options: { signal?: AbortSignal } = {},
): Promise<HistoryAnswer> {
  const { territories, ...reading } = historyRequestSchema.parse(request);
  const { repository, limits } = reading;
  return withTimeLimit(
    { repository, seconds: limits.seconds, signal: options.signal },
    async signal => {
      const knowledge = await readKnowledge(reading, { signal });
      return answer(knowledge, { territories, limits }, signal);
    },
  );
}

async function answer(
  knowledge: Knowledge,
  request: Pick<ParsedHistoryRequest, 'territories' | 'limits'>,
  signal: AbortSignal,
): Promise<HistoryAnswer> {
  const { limits } = request;
  const { snapshot } = knowledge;
  const { commits } = snapshot;
  const asked = request.territories.map(({ id, paths, documents }) => {
    // git cannot even be asked about others, and has none.
    const clean = paths
      .map(normalisePath)
      .filter(path => !path.includes('\0') && path.length <= limits.pathLength);
    const isDocument = matcherOf(documents);
    return {
      id,
      paths: clean,
      contains: matcherOfPaths(clean),
      documents:
        documents.length === 0
          ? []
          : knowledge.paths.filter(
              path =>
                path.length <= limits.pathLength &&
                PROSE.test(path) &&
                isDocument(path),
            ),
    };
  });
  const { documents, problems } = await readDocuments(knowledge, asked, {
    signal,
  });
  const territories = asked.map(({ id, paths, contains }, index) => {
    const sources = knowledge.sourcesBelow(paths);
    const last = knowledge.lastChangeOf(sources);
    const listed = knowledge.paths
      .filter(contains)
      .slice(0, limits.listedPaths);
    const { numbers, ...contributors } = knowledge.contributorsOf(sources);
    return {
      id,
      files: sources.length,
      paths: listed,
      knownBy: knownBy(knowledge, listed, numbers),
      lastChangeAt: last === undefined ? undefined : commits.instantOf(last),
      lastChangeCommit:
        last === undefined ? undefined : commits.history.hashOf(last),
      ...contributors,
      absenceFactor: knowledge.absenceFactorOf(sources),
      authorship: authorship(knowledge, sources, numbers),
      documents: documents[index],
    };
  });
  return {
    head: snapshot.head.head,
    headAt: snapshot.head.headAt,
    shallow: snapshot.head.shallow,
    commits: knowledge.people.countedCommits,
    problems: [...snapshot.problems, ...problems],
    territories,
  };
}

/** Files with the same authors at present, counted; authors as places likewise. */
function authorship(
  knowledge: Knowledge,
  sources: ArrayLike<number>,
  numbers: readonly number[],
): HistoryAnswer['territories'][0]['authorship'] {
  const places = new Map(numbers.map((number, place) => [number, place]));
  const groups = new Map<string, { authors: number[]; files: number }>();
  for (let index = 0; index < sources.length; index += 1) {
    const authors = knowledge
      .authorsOf(sources[index])
      .present.flatMap(number => places.get(number) ?? [])
      .sort((a, b) => a - b);
    const key = authors.join(' ');
    const { files = 0 } = groups.get(key) ?? {};
    groups.set(key, { authors, files: files + 1 });
  }
  return [...groups.values()];
}

/** Of each path, the places of those who know it among the people with these numbers. */
function knownBy(
  knowledge: Knowledge,
  paths: readonly string[],
  numbers: readonly number[],
): number[][] {
  const places = new Map(numbers.map((number, place) => [number, place]));
  return paths.map(path => {
    const file = knowledge.snapshot.files.placeOf(path);
    return file !== undefined && knowledge.isSource(path)
      ? knowledge
          .authorsOf(file)
          .known.flatMap(number => places.get(number) ?? [])
      : [];
  });
}

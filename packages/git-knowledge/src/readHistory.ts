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
    const listed = filesBelow(knowledge, contains, limits.listedPaths);
    const { numbers, ...contributors } = knowledge.contributorsOf(sources);
    return {
      id,
      files: sources.length,
      paths: listed.map(file => knowledge.paths[file]),
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
    bots: [...knowledge.people.bots],
    territories,
  };
}

/** The places of all files that paths contain, up to so many. */
function filesBelow(
  { paths }: Knowledge,
  contains: (path: string) => boolean,
  most: number,
): number[] {
  const files: number[] = [];
  for (let file = 0; file < paths.length && files.length < most; file += 1) {
    if (contains(paths[file])) {
      files.push(file);
    }
  }
  return files;
}

/** Files with the same authors at present, counted; authors as places likewise. */
function authorship(
  knowledge: Knowledge,
  sources: ArrayLike<number>,
  numbers: readonly number[],
): HistoryAnswer['territories'][0]['authorship'] {
  const places = placesOf(knowledge, numbers);
  // Most files have one author or none, and need no key.
  const alone = new Int32Array(numbers.length);
  let nobodys = 0;
  const groups = new Map<string, { authors: number[]; files: number }>();
  for (let index = 0; index < sources.length; index += 1) {
    const present = knowledge.presentOf(sources[index]);
    if (present.length === 1) {
      alone[places[present[0]]] += 1;
    } else if (present.length === 0) {
      nobodys += 1;
    } else {
      const authors = present
        .map(number => places[number])
        .sort((a, b) => a - b);
      const key = authors.join(' ');
      const { files = 0 } = groups.get(key) ?? {};
      groups.set(key, { authors, files: files + 1 });
    }
  }
  if (nobodys > 0) {
    groups.set('', { authors: [], files: nobodys });
  }
  alone.forEach((files, place) => {
    if (files > 0) {
      groups.set(String(place), { authors: [place], files });
    }
  });
  return [...groups.values()];
}

/** Of each person, their place among the people with these numbers. */
function placesOf(
  { people }: Knowledge,
  numbers: readonly number[],
): Int32Array {
  const places = new Int32Array(people.people.length);
  numbers.forEach((number, place) => {
    places[number] = place;
  });
  return places;
}

/** Of each file, the places of those who know it among the people of all of them. */
function knownBy(
  knowledge: Knowledge,
  files: readonly number[],
  numbers: readonly number[],
): number[][] {
  const places = placesOf(knowledge, numbers);
  return files.map(file =>
    knowledge.knownOf(file).map(number => places[number]),
  );
}

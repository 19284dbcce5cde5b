import { readHistory } from '../readHistory';
import { HistoryAnswer, HistoryRequest } from '../schemas';

/** The instant of all readings in the tests, a year after the first commit. */
export const NOW = '2024-12-31T00:00:00.000Z';

/** Asks about the whole repository, and about nothing else. */
export function requestFor(
  repository: string,
  options: Partial<Omit<HistoryRequest, 'territories'>> & {
    paths?: string[];
    documents?: string[];
  } = {},
): HistoryRequest {
  const { paths = [''], documents = [], ...rest } = options;
  return {
    repository,
    now: NOW,
    territories: [{ id: 'all', paths, documents }],
    ...rest,
  };
}

/** Reads the whole repository as one territory. */
export async function read(
  repository: string,
  options: Parameters<typeof requestFor>[1] = {},
): Promise<HistoryAnswer & { territory: HistoryAnswer['territories'][0] }> {
  const answer = await readHistory(requestFor(repository, options));
  return { ...answer, territory: answer.territories[0] };
}

/** Who authors and knows how many files, by name: `{ Ann: [authored, known] }`. */
export function filesOf(territory: HistoryAnswer['territories'][0]) {
  return Object.fromEntries(
    territory.people.map(one => [
      one.name,
      [one.authoredFiles, one.knownFiles],
    ]),
  );
}

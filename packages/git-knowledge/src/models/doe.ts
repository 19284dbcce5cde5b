import { GitKnowledgeError } from '../GitKnowledgeError';
import { TRAILERS } from '../history/messages';
import { CommitPeople } from '../people/CommitPeople';
import { peopleOf } from '../people/people';
import { Snapshot } from '../readSnapshot';
import { linesAddedBy, linesOfFiles } from './linesAdded';
import { Model } from './Model';

const SECONDS_A_DAY = 24 * 60 * 60;
/** An expert's degree, divided by the highest on the file, is at least this. */
const EXPERT_SHARE = 0.7;

/** What somebody has to do with a file. */
interface Share {
  firstAuthor: boolean;
  linesAdded: number;
  /** Seconds since 1970. */
  lastChange: number;
}

/**
 * Degree of expertise of a person on a file:
 * `5.28223 + 0.23173·ln(1 + lines added) + 0.36151·FA − 0.19421·ln(1 + days since their
 * last change of it) − 0.28761·ln(size in lines)`.
 *
 * Cury et al., "Source code expert identification: Models and application", Information
 * and Software Technology 2024, doi:10.1016/j.infsof.2024.107445; the constants are those
 * of the authors' own tools (SERG-UFPI/knowledge-islands at 9b70472).
 */
export function degreeOfExpertise(facts: {
  firstAuthor: boolean;
  linesAdded: number;
  daysSinceLastChange: number;
  /** At least 1. */
  lines: number;
}): number {
  return (
    5.28223 +
    0.23173 * Math.log(1 + facts.linesAdded) +
    0.36151 * (facts.firstAuthor ? 1 : 0) -
    0.19421 * Math.log(1 + facts.daysSinceLastChange) -
    0.28761 * Math.log(facts.lines)
  );
}

/**
 * Experts by their degree of expertise (Cury et al. 2024): at least 0.7 of the highest
 * on the file, and some line added.
 *
 * Unverified: no absence factors by it are published for single repositories, so there
 * is nothing to compare with. It finds many experts, and so gives far higher factors than
 * the degree of authorship. As in the paper, days count from the last change of the file;
 * the authors' tools take the last commit to anything.
 *
 * People, bots and files are those of our own model. Needs the contents of all files of
 * all commits, and takes several times as long as the others.
 */
export const doe: Model = {
  heeds: ['identities', 'bots', 'include', 'exclude'],
  reading: { renames: 50, messages: TRAILERS },

  async authorsIn(snapshot, request, { signal } = {}) {
    const { repository, head, commits, files, sources, now } = snapshot;
    if (head.partial) {
      throw new GitKnowledgeError(
        'failed',
        `${repository} lacks file contents, which the degree of expertise needs: clone without --filter, or choose another model.`,
      );
    }
    const commitPeople = new CommitPeople(
      commits,
      peopleOf(commits.contacts, request, commits.named),
      { now, identitiesGiven: request.identities !== undefined },
    );
    const sharesOf = await readShares(snapshot, commitPeople, signal);
    const lines = await linesOfFiles(repository, head.head, signal);
    const counted = Array.from(sources, file => files.paths[file]);
    return {
      people: commitPeople.people.map(({ name }) => name),
      files: counted,
      authors: counted.map(path =>
        expertsAmong(sharesOf(path), { now, lines: lines.get(path) ?? 0 }),
      ),
    };
  },
};

type Shares = Map<number, Share>;

/** Who has to do with which path, with files followed as `FileHistories` does. */
async function readShares(
  { repository, commits, boundary }: Snapshot,
  people: CommitPeople,
  signal?: AbortSignal,
): Promise<(path: string) => Shares> {
  const { history } = commits;
  const files: Array<Shares | undefined> = [];
  const hashes = Array.from(commits.order)
    .filter(commit => !commits.isMerge(commit))
    .map(commit => history.hashOf(commit));
  for await (const { hash, byPath } of linesAddedBy(
    repository,
    hashes,
    signal,
  )) {
    const commit = history.find(hash) as number;
    const linesAdded = new Map<number | undefined, number>();
    byPath.forEach((lines, path) =>
      linesAdded.set(history.findPath(path), lines),
    );
    history.forEachChange(commit, (status, path, from) => {
      if (status !== 'D') {
        const isNew = status === 'A';
        const shares =
          (!isNew && files[status === 'R' ? from : path]) || new Map();
        files[path] = shares;
        for (const person of people.authorsOf(commit)) {
          const share = shares.get(person);
          shares.set(person, {
            firstAuthor: share?.firstAuthor ?? (isNew && !boundary.has(commit)),
            linesAdded: (share?.linesAdded ?? 0) + (linesAdded.get(path) ?? 0),
            lastChange: Math.max(
              share?.lastChange ?? 0,
              commits.timeOf(commit),
            ),
          });
        }
      }
    });
  }
  return path => {
    const number = history.findPath(path);
    return (number !== undefined && files[number]) || new Map();
  };
}

/** @param file.now - seconds since 1970 */
function expertsAmong(
  shares: Shares,
  file: { now: number; lines: number },
): number[] {
  const degrees = [...shares].map(([person, share]) => ({
    person,
    linesAdded: share.linesAdded,
    degree: degreeOfExpertise({
      firstAuthor: share.firstAuthor,
      linesAdded: share.linesAdded,
      daysSinceLastChange: Math.floor(
        Math.max(0, file.now - share.lastChange) / SECONDS_A_DAY,
      ),
      lines: Math.max(1, file.lines),
    }),
  }));
  const highest = Math.max(...degrees.map(({ degree }) => degree));
  return degrees
    .filter(
      ({ linesAdded, degree }) =>
        linesAdded > 0 && degree / highest >= EXPERT_SHARE,
    )
    .map(({ person }) => person);
}

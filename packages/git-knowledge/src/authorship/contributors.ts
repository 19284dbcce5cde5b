import { Commits } from '../history/Commits';
import { FileHistories } from '../history/FileHistories';
import { CommitPeople } from '../people/CommitPeople';
import { Contributor, Reviewer } from '../schemas';
import { DegreesOfAuthorship } from './doa';

/** What somebody did to a set of files. */
interface Tally {
  commits: number;
  /** The commit of the earliest time, and that of the latest. */
  first: number;
  latest: number;
}

/** By person. */
type Tallies = Array<Tally | undefined>;

/**
 * The people behind a set of files, whoever changed them last first: who changed them,
 * with how many of them each knows and authors, and who reviewed such changes.
 *
 * @param files - numbers of files in the histories
 * @returns `numbers` are those of `people`, in the same order
 */
export function contributorsOf(
  files: Int32Array,
  {
    histories,
    degrees,
    commits,
    people,
  }: {
    histories: FileHistories;
    degrees: DegreesOfAuthorship;
    commits: Commits;
    people: CommitPeople;
  },
): {
  people: Contributor[];
  numbers: number[];
  reviewers: Reviewer[];
  assistedCommits: number;
} {
  const { starts, changes } = histories;
  const known = new Int32Array(people.people.length);
  const authored = new Int32Array(people.people.length);
  const touched = new Uint8Array(commits.history.commitNumbers);
  for (let index = 0; index < files.length; index += 1) {
    const file = files[index];
    countEach(degrees.knownOf(file), known);
    countEach(degrees.authorsOf(file), authored);
    const created = histories.createdBy(file);
    if (created !== undefined) {
      touched[created] = 1;
    }
    for (let at = starts[file]; at < starts[file + 1]; at += 1) {
      touched[changes[at]] = 1;
    }
  }
  const made: Tallies = new Array(people.people.length).fill(undefined);
  const reviewed: Tallies = made.slice();
  let assistedCommits = 0;
  for (let place = 0; place < commits.order.length; place += 1) {
    const commit = commits.order[place];
    if (touched[commit] === 1) {
      count(made, people.authorsOf(commit), commit, commits);
      count(reviewed, people.reviewersOf(commit), commit, commits);
      assistedCommits += people.isAssisted(commit) ? 1 : 0;
    }
  }
  const describe = (
    person: number,
    { commits: own, first, latest }: Tally,
  ) => ({
    personId: people.people[person].personId,
    name: people.people[person].name,
    emails: [...people.people[person].emails].sort(),
    active: people.isActive(person),
    commits: own,
    firstAt: commits.instantOf(first),
    latestAt: commits.instantOf(latest),
    latestCommit: commits.history.hashOf(latest),
  });
  const makers = newestFirst(made, commits);
  return {
    numbers: makers.map(([person]) => person),
    people: makers.map(([person, tally]) => ({
      ...describe(person, tally),
      knownFiles: known[person],
      authoredFiles: authored[person],
    })),
    reviewers: newestFirst(reviewed, commits).map(([person, tally]) =>
      describe(person, tally),
    ),
    assistedCommits,
  };
}

function countEach(people: readonly number[], counts: Int32Array): void {
  for (let index = 0; index < people.length; index += 1) {
    counts[people[index]] += 1;
  }
}

function count(
  tallies: Tallies,
  people: readonly number[],
  commit: number,
  commits: Commits,
): void {
  const time = commits.timeOf(commit);
  for (let index = 0; index < people.length; index += 1) {
    const tally = tallies[people[index]];
    if (!tally) {
      tallies[people[index]] = { commits: 1, first: commit, latest: commit };
    } else {
      tally.commits += 1;
      if (time < commits.timeOf(tally.first)) {
        tally.first = commit;
      }
      if (time >= commits.timeOf(tally.latest)) {
        tally.latest = commit;
      }
    }
  }
}

function newestFirst(
  tallies: Tallies,
  commits: Commits,
): Array<[person: number, tally: Tally]> {
  const told = tallies.flatMap(
    (tally, person): Array<[number, Tally]> => (tally ? [[person, tally]] : []),
  );
  return told.sort(
    ([a, one], [b, other]) =>
      commits.timeOf(other.latest) - commits.timeOf(one.latest) || a - b,
  );
}

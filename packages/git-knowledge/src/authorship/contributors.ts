import { Commits } from '../history/Commits';
import { FileHistory } from '../history/FileHistories';
import { CommitPeople } from '../people/CommitPeople';
import { Contributor, Reviewer } from '../schemas';
import { FileAuthors } from './doa';

/**
 * The people behind a set of files, whoever changed them last first: who changed them,
 * with how many of them each knows and authors, and who reviewed such changes.
 */
export function contributorsOf(
  files: ReadonlyArray<{ history: FileHistory; authors: FileAuthors }>,
  commits: Commits,
  people: CommitPeople,
): { people: Contributor[]; reviewers: Reviewer[]; assistedCommits: number } {
  const known = new Int32Array(people.people.length);
  const authored = new Int32Array(people.people.length);
  const touched = new Uint8Array(commits.history.commitNumbers);
  for (const { history, authors } of files) {
    for (const person of authors.known) {
      known[person] += 1;
    }
    for (const person of authors.authors) {
      authored[person] += 1;
    }
    if (history.created !== undefined) {
      touched[history.created] = 1;
    }
    for (const commit of history.changes) {
      touched[commit] = 1;
    }
  }
  const made = new Map<number, number[]>();
  const reviewed = new Map<number, number[]>();
  let assistedCommits = 0;
  for (const commit of commits.order) {
    if (touched[commit] === 0) {
      continue;
    }
    people.authorsOf(commit).forEach(person => append(made, person, commit));
    people
      .reviewersOf(commit)
      .forEach(person => append(reviewed, person, commit));
    assistedCommits += people.isAssisted(commit) ? 1 : 0;
  }
  const describe = (person: number, own: readonly number[]) => ({
    personId: people.people[person].personId,
    name: people.people[person].name,
    emails: [...people.people[person].emails].sort(),
    active: people.isActive(person),
    commits: own.length,
    ...spanOf(own, commits),
  });
  return {
    people: newestFirst(made, commits).map(([person, own]) => ({
      ...describe(person, own),
      knownFiles: known[person],
      authoredFiles: authored[person],
    })),
    reviewers: newestFirst(reviewed, commits).map(([person, own]) =>
      describe(person, own),
    ),
    assistedCommits,
  };
}

function newestFirst(
  commitsOf: ReadonlyMap<number, readonly number[]>,
  commits: Commits,
): Array<readonly [person: number, commits: readonly number[]]> {
  const latest = (own: readonly number[]) =>
    own.reduce((time, one) => Math.max(time, commits.timeOf(one)), 0);
  return [...commitsOf]
    .map(([person, own]) => ({ person, own, time: latest(own) }))
    .sort((a, b) => b.time - a.time || a.person - b.person)
    .map(({ person, own }) => [person, own] as const);
}

/** The first and the last of some commits, of which there is one at least. */
function spanOf(own: readonly number[], commits: Commits) {
  let [first] = own;
  let [latest] = own;
  for (const commit of own) {
    if (commits.timeOf(commit) < commits.timeOf(first)) {
      first = commit;
    }
    if (commits.timeOf(commit) >= commits.timeOf(latest)) {
      latest = commit;
    }
  }
  return {
    firstAt: commits.instantOf(first),
    latestAt: commits.instantOf(latest),
    latestCommit: commits.history.hashOf(latest),
  };
}

function append(lists: Map<number, number[]>, key: number, value: number) {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}

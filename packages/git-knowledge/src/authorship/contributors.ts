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
  const known = new Map<number, number>();
  const authored = new Map<number, number>();
  const touched = new Uint8Array(commits.history.commitNumbers);
  for (const { history, authors } of files) {
    authors.known.forEach(person => count(known, person));
    authors.authors.forEach(person => count(authored, person));
    if (history.created !== undefined) {
      touched[history.created] = 1;
    }
    history.changes.forEach(commit => {
      touched[commit] = 1;
    });
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
      knownFiles: known.get(person) ?? 0,
      authoredFiles: authored.get(person) ?? 0,
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

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function append(lists: Map<number, number[]>, key: number, value: number) {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}

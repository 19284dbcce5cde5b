import { CommitAuthor, CommitTable } from '../history/CommitTable';
import { FileHistory } from '../history/FileHistories';
import { Contributor } from '../schemas';
import { absenceFactor } from './absenceFactor';
import {
  KNOWN_MINIMUM,
  authorsOf,
  degreeOfAuthorship,
  weightAtAge,
} from './degreeOfAuthorship';

const SECONDS_A_DAY = 24 * 60 * 60;

interface Tally {
  name: string;
  emails: Set<string>;
  commits: Set<number>;
  latest: number;
  earliest: number;
  knownFiles: number;
  authoredFiles: number;
  personId?: string;
}

/**
 * Who knows a set of files, from their histories: the people with the files they know
 * and author, and the contributor absence factor of all time and of the present. In
 * the present only active people count, and changes lose weight with age.
 *
 * @param options.now - seconds since 1970
 */
export function readAuthorship(options: {
  files: readonly FileHistory[];
  commits: CommitTable;
  now: number;
  halfLifeDays: number;
}) {
  const { files, commits, now, halfLifeDays } = options;
  const tallies = new Map<string, Tally>();
  const active = new Set<string>();
  const authorsAllTime: string[][] = [];
  const authorsPresent: string[][] = [];

  for (const file of files) {
    const touches =
      file.created === undefined
        ? file.changes
        : [file.created, ...file.changes];
    for (const number of touches) {
      count(tallies, active, commits, number);
    }
    const allTime = degreesOf(file, commits, () => 1);
    const present = degreesOf(file, commits, number =>
      weightAtAge(
        (now - commits.get(number).time) / SECONDS_A_DAY,
        halfLifeDays,
      ),
    );
    for (const [key, degree] of allTime) {
      const tally = tallies.get(key);
      if (tally && degree >= KNOWN_MINIMUM) {
        tally.knownFiles += 1;
      }
    }
    const authors = authorsOf(allTime);
    for (const key of authors) {
      const tally = tallies.get(key);
      if (tally) {
        tally.authoredFiles += 1;
      }
    }
    authorsAllTime.push(authors);
    authorsPresent.push(
      authorsOf(new Map([...present].filter(([key]) => active.has(key)))),
    );
  }

  return {
    people: [...tallies.values()]
      .sort((a, b) => commits.get(b.latest).time - commits.get(a.latest).time)
      .map(tally => toContributor(tally, commits)),
    absenceFactor: {
      allTime: absenceFactor(authorsAllTime),
      present: absenceFactor(authorsPresent),
    },
  };
}

// Whoever made a commit together has made it each: nobody of them is an "other" of it.
function degreesOf(
  file: FileHistory,
  commits: CommitTable,
  weightOf: (number: number) => number,
): Map<string, number> {
  const creators = new Set(
    file.created === undefined
      ? []
      : commits.get(file.created).authors.map(({ person }) => person.key),
  );
  const own = new Map<string, number>([...creators].map(key => [key, 0]));
  let all = 0;
  for (const number of file.changes) {
    const weight = weightOf(number);
    for (const { person } of commits.get(number).authors) {
      own.set(person.key, (own.get(person.key) ?? 0) + weight);
    }
    all += weight;
  }
  return new Map(
    [...own].map(([key, changes]) => [
      key,
      degreeOfAuthorship({
        firstAuthor: creators.has(key),
        ownChanges: changes,
        otherChanges: Math.max(0, all - changes),
      }),
    ]),
  );
}

function count(
  tallies: Map<string, Tally>,
  active: Set<string>,
  commits: CommitTable,
  number: number,
): void {
  for (const author of commits.get(number).authors) {
    countOne(tallies, active, commits, number, author);
  }
}

function countOne(
  tallies: Map<string, Tally>,
  active: Set<string>,
  commits: CommitTable,
  number: number,
  { person, name, email }: CommitAuthor,
): void {
  const { time } = commits.get(number);
  if (person.active) {
    active.add(person.key);
  }
  const tally = tallies.get(person.key);
  if (!tally) {
    tallies.set(person.key, {
      name,
      personId: person.personId,
      emails: new Set([email.toLowerCase()]),
      commits: new Set([number]),
      latest: number,
      earliest: number,
      knownFiles: 0,
      authoredFiles: 0,
    });
    return;
  }
  tally.emails.add(email.toLowerCase());
  tally.commits.add(number);
  if (time >= commits.get(tally.latest).time) {
    tally.latest = number;
    tally.name = name;
  }
  if (time < commits.get(tally.earliest).time) {
    tally.earliest = number;
  }
}

function toContributor(tally: Tally, commits: CommitTable): Contributor {
  return {
    personId: tally.personId,
    name: tally.name,
    emails: [...tally.emails].sort(),
    commits: tally.commits.size,
    firstAt: commits.instantOf(tally.earliest),
    latestAt: commits.instantOf(tally.latest),
    latestCommit: commits.get(tally.latest).hash,
    knownFiles: tally.knownFiles,
    authoredFiles: tally.authoredFiles,
  };
}

import { Contact, LoggedCommit } from '../git/parseLog';
import { Person } from '../people/people';

/** Somebody who made a commit, by the name that it uses. */
export interface CommitAuthor extends Contact {
  readonly person: Person;
}

/** What is kept of a commit. */
export interface CommitRecord {
  readonly hash: string;
  /** Its author and co-authors, each once; empty when only bots made it. */
  readonly authors: readonly CommitAuthor[];
  /** Seconds since 1970, never after the instant of the reading. */
  readonly time: number;
}

/** The commits of a reading, numbered from the oldest. */
export class CommitTable {
  readonly commits: CommitRecord[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #now: number;
  #latestTime = 0;

  /** @param now - seconds since 1970 */
  constructor(now: number) {
    this.#now = now;
  }

  /** Returns the number of the commit. */
  add(commit: LoggedCommit, authors: readonly CommitAuthor[]): number {
    const { hash } = commit;
    const time = this.#believableTime(commit);
    this.#latestTime = Math.max(this.#latestTime, time);
    const number = this.commits.length;
    this.commits.push({ hash, authors, time });
    this.#numbers.set(hash, number);
    return number;
  }

  /** Corrects who made a commit. */
  setAuthors(number: number, authors: readonly CommitAuthor[]): void {
    this.commits[number] = { ...this.commits[number], authors };
  }

  /** Undefined for commits that were not read. */
  numberOf(hash: string | undefined): number | undefined {
    return hash === undefined ? undefined : this.#numbers.get(hash);
  }

  get(number: number): CommitRecord {
    return this.commits[number];
  }

  /** Time of a commit, ISO 8601. */
  instantOf(number: number): string {
    return new Date(this.commits[number].time * 1000).toISOString();
  }

  // Nobody authenticates these times. One in the future would keep evidence fresh for
  // ever, so it is replaced by the commit's other time or by that of earlier commits.
  #believableTime({ authorTime, committerTime }: LoggedCommit): number {
    const believable = [authorTime, committerTime].find(
      time => time >= 0 && time <= this.#now,
    );
    return believable ?? this.#latestTime;
  }
}

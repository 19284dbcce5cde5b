import { LoggedCommit } from '../git/parseLog';
import { Person } from '../people/people';

/** What is kept of a commit. */
export interface CommitRecord {
  readonly hash: string;
  readonly person: Person;
  readonly name: string;
  readonly email: string;
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
  add(commit: LoggedCommit, person: Person): number {
    const { hash, name, email } = commit;
    const time = this.#believableTime(commit);
    this.#latestTime = Math.max(this.#latestTime, time);
    const number = this.commits.length;
    this.commits.push({ hash, person, name, email, time });
    this.#numbers.set(hash, number);
    return number;
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

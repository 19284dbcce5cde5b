import { Commits } from '../history/Commits';
import { FileHistory } from '../history/FileHistories';
import { CommitPeople } from '../people/CommitPeople';
import {
  KNOWN_MINIMUM,
  authorsAmong,
  degreeOfAuthorship,
  weightAtAge,
} from './degreeOfAuthorship';

const SECONDS_A_DAY = 24 * 60 * 60;
const NOBODY: readonly number[] = [];

/** Who has to do with a file, as numbers of people. */
export interface FileAuthors {
  /** By the published rule, of all time. */
  readonly authors: readonly number[];
  /** The same among active people, with changes that lose weight with age. */
  readonly present: readonly number[];
  /** Who knows the file well enough to be asked. */
  readonly known: readonly number[];
}

/** Tells the authors of files by their histories. */
export class DegreesOfAuthorship {
  readonly #people: CommitPeople;
  readonly #alone: ReadonlyArray<readonly number[]>;
  /** By commit: what a change weighs today. */
  readonly #weights: Float64Array;
  /** By person, of the file at hand; 1 for whoever is found. */
  readonly #isFound: Uint8Array;
  /** By person, of the file at hand: their later changes, and what those weigh. */
  readonly #changes: Float64Array;
  readonly #weighed: Float64Array;

  /**
   * @param options.now - seconds since 1970
   * @param options.halfLifeDays - in which a change loses half of its weight
   */
  constructor(
    commits: Commits,
    people: CommitPeople,
    options: { now: number; halfLifeDays: number },
  ) {
    this.#people = people;
    this.#alone = people.people.map((_, person) => [person]);
    this.#isFound = new Uint8Array(people.people.length);
    this.#changes = new Float64Array(people.people.length);
    this.#weighed = new Float64Array(people.people.length);
    this.#weights = new Float64Array(commits.history.commitNumbers);
    for (const commit of commits.order) {
      this.#weights[commit] = weightAtAge(
        (options.now - commits.timeOf(commit)) / SECONDS_A_DAY,
        options.halfLifeDays,
      );
    }
  }

  authorsOf({ created, changes }: FileHistory): FileAuthors {
    const found: number[] = [];
    const find = (commit: number) => {
      const people = this.#people.authorsOf(commit);
      for (const person of people) {
        if (this.#isFound[person] === 0) {
          this.#isFound[person] = 1;
          this.#changes[person] = 0;
          this.#weighed[person] = 0;
          found.push(person);
        }
      }
      return people;
    };
    const creators = created === undefined ? 0 : find(created).length;
    let allWeighed = 0;
    for (const commit of changes) {
      const weight = this.#weights[commit];
      for (const person of find(commit)) {
        this.#changes[person] += 1;
        this.#weighed[person] += weight;
      }
      allWeighed += weight;
    }
    const allTime: number[] = [];
    const present: number[] = [];
    for (let index = 0; index < found.length; index += 1) {
      const person = found[index];
      const firstAuthor = index < creators;
      this.#isFound[person] = 0;
      allTime.push(degree(firstAuthor, this.#changes[person], changes.length));
      present.push(
        this.#people.isActive(person)
          ? degree(firstAuthor, this.#weighed[person], allWeighed)
          : -Infinity,
      );
    }
    return {
      authors: this.#shared(authorsAmong(allTime).map(index => found[index])),
      present: this.#shared(authorsAmong(present).map(index => found[index])),
      known: this.#shared(
        found.filter((_, index) => allTime[index] >= KNOWN_MINIMUM),
      ),
    };
  }

  /** Most files have one author or none: those lists are kept once. */
  #shared(people: readonly number[]): readonly number[] {
    switch (people.length) {
      case 0:
        return NOBODY;
      case 1:
        return this.#alone[people[0]];
      default:
        return people;
    }
  }
}

/** Whoever made a commit together has made it each: nobody of them is an "other". */
function degree(firstAuthor: boolean, own: number, all: number): number {
  return degreeOfAuthorship({
    firstAuthor,
    ownChanges: own,
    otherChanges: Math.max(0, all - own),
  });
}

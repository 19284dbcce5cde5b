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
  /** By commit: what a change weighs today. */
  readonly #weights: Float64Array;
  /** By person, of the file at hand: the place in the lists below, plus one. */
  readonly #places: Int32Array;

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
    this.#places = new Int32Array(people.people.length);
    this.#weights = new Float64Array(commits.history.commitNumbers);
    for (const commit of commits.order) {
      this.#weights[commit] = weightAtAge(
        (options.now - commits.timeOf(commit)) / SECONDS_A_DAY,
        options.halfLifeDays,
      );
    }
  }

  authorsOf(file: FileHistory): FileAuthors {
    const creators =
      file.created === undefined ? [] : this.#people.authorsOf(file.created);
    const everybody = [...creators];
    const changes = everybody.map(() => 0);
    const weighed = everybody.map(() => 0);
    everybody.forEach((person, index) => {
      this.#places[person] = index + 1;
    });
    let allWeighed = 0;
    for (const commit of file.changes) {
      const weight = this.#weights[commit];
      for (const person of this.#people.authorsOf(commit)) {
        if (this.#places[person] === 0) {
          this.#places[person] = everybody.push(person);
          changes.push(0);
          weighed.push(0);
        }
        changes[this.#places[person] - 1] += 1;
        weighed[this.#places[person] - 1] += weight;
      }
      allWeighed += weight;
    }
    // Whoever made a commit together has made it each: nobody of them is an "other".
    const degrees = (own: readonly number[], all: number) =>
      own.map((ownChanges, index) =>
        degreeOfAuthorship({
          firstAuthor: index < creators.length,
          ownChanges,
          otherChanges: Math.max(0, all - ownChanges),
        }),
      );
    const allTime = degrees(changes, file.changes.length);
    const present = degrees(weighed, allWeighed).map((degree, index) =>
      this.#people.isActive(everybody[index]) ? degree : -Infinity,
    );
    everybody.forEach(person => {
      this.#places[person] = 0;
    });
    return {
      authors: authorsAmong(allTime).map(index => everybody[index]),
      present: authorsAmong(present).map(index => everybody[index]),
      known: everybody.filter((_, index) => allTime[index] >= KNOWN_MINIMUM),
    };
  }
}

import { Commits } from '../history/Commits';
import { FileHistories } from '../history/FileHistories';
import { CommitPeople } from '../people/CommitPeople';
import {
  degreeOf,
  isAuthor,
  isKnower,
  weightAtAge,
} from './degreeOfAuthorship';

const SECONDS_A_DAY = 24 * 60 * 60;
const NOBODY: People = [];

type People = readonly number[];

/** Who has to do with a file, as numbers of people. */
export interface FileAuthors {
  /** By the published rule, of all time. */
  readonly authors: People;
  /** The same among active people, with changes that lose weight with age. */
  readonly present: People;
  /** Who knows the file well enough to be asked. */
  readonly known: People;
}

/**
 * Tells the authors of files by their histories. Loops here and in what is like it go by
 * index: they run before they are compiled, when iterators are slow and leave garbage.
 */
export class DegreesOfAuthorship {
  readonly #histories: FileHistories;
  readonly #people: CommitPeople;
  readonly #alone: readonly People[];
  /** By file, as soon as somebody asks. */
  readonly #authors: Array<People | undefined>;
  readonly #presentAuthors: Array<People | undefined>;
  readonly #known: Array<People | undefined>;
  /** By commit: what a change weighs today. */
  readonly #weights: Float64Array;
  /** Whoever changed the file at hand, its creators first. */
  readonly #found: Int32Array;
  /** Those among them who are its authors, are so at present, and know it. */
  readonly #foundAuthors: Int32Array;
  readonly #foundPresent: Int32Array;
  readonly #foundKnown: Int32Array;
  /** Their degrees of authorship, of all time and at present. */
  readonly #allTime: Float64Array;
  readonly #present: Float64Array;
  /** By person, of the file at hand; 1 for whoever is found. */
  readonly #isFound: Uint8Array;
  /** By person, of the file at hand: their later changes, and what those weigh. */
  readonly #changes: Int32Array;
  readonly #weighed: Float64Array;

  /**
   * @param options.now - seconds since 1970
   * @param options.halfLifeDays - in which a change loses half of its weight
   */
  constructor(
    histories: FileHistories,
    commits: Commits,
    people: CommitPeople,
    options: { now: number; halfLifeDays: number },
  ) {
    this.#histories = histories;
    this.#people = people;
    this.#alone = people.people.map((_, person) => [person]);
    const [authors, presentAuthors, known] = [0, 1, 2].map(() =>
      new Array<People | undefined>(histories.size).fill(undefined),
    );
    this.#authors = authors;
    this.#presentAuthors = presentAuthors;
    this.#known = known;
    const count = people.people.length;
    this.#found = new Int32Array(count);
    this.#foundAuthors = new Int32Array(count);
    this.#foundPresent = new Int32Array(count);
    this.#foundKnown = new Int32Array(count);
    this.#allTime = new Float64Array(count);
    this.#present = new Float64Array(count);
    this.#isFound = new Uint8Array(count);
    this.#changes = new Int32Array(count);
    this.#weighed = new Float64Array(count);
    this.#weights = new Float64Array(commits.history.commitNumbers);
    for (let place = 0; place < commits.order.length; place += 1) {
      const commit = commits.order[place];
      this.#weights[commit] = weightAtAge(
        (options.now - commits.timeOf(commit)) / SECONDS_A_DAY,
        options.halfLifeDays,
      );
    }
  }

  /** @param file - its number among the histories; likewise below */
  authorsOf(file: number): People {
    return this.#toldOf(file, this.#authors);
  }

  /** See {@link FileAuthors.present}. */
  presentOf(file: number): People {
    return this.#toldOf(file, this.#presentAuthors);
  }

  /** See {@link FileAuthors.known}. */
  knownOf(file: number): People {
    return this.#toldOf(file, this.#known);
  }

  #toldOf(file: number, told: Array<People | undefined>): People {
    if (told[file] === undefined) {
      this.#tell(file);
    }
    return told[file] ?? NOBODY;
  }

  #tell(file: number): void {
    const { starts, changes } = this.#histories;
    const created = this.#histories.createdBy(file);
    let found =
      created === undefined
        ? 0
        : this.#find(this.#people.authorsOf(created), 0);
    const creators = found;
    let allWeighed = 0;
    const end = starts[file + 1];
    for (let at = starts[file]; at < end; at += 1) {
      const commit = changes[at];
      const weight = this.#weights[commit];
      const people = this.#people.authorsOf(commit);
      found = this.#find(people, found);
      for (let index = 0; index < people.length; index += 1) {
        this.#changes[people[index]] += 1;
        this.#weighed[people[index]] += weight;
      }
      allWeighed += weight;
    }
    const all = end - starts[file];
    let highest = 0;
    let highestPresent = 0;
    for (let index = 0; index < found; index += 1) {
      const person = this.#found[index];
      const firstAuthor = index < creators;
      this.#isFound[person] = 0;
      this.#allTime[index] = degree(firstAuthor, this.#changes[person], all);
      this.#present[index] = this.#people.isActive(person)
        ? degree(firstAuthor, this.#weighed[person], allWeighed)
        : -Infinity;
      highest = Math.max(highest, this.#allTime[index]);
      highestPresent = Math.max(highestPresent, this.#present[index]);
    }
    let authors = 0;
    let present = 0;
    let known = 0;
    for (let index = 0; index < found; index += 1) {
      const person = this.#found[index];
      if (isAuthor(this.#allTime[index], highest)) {
        this.#foundAuthors[authors] = person;
        authors += 1;
      }
      if (isAuthor(this.#present[index], highestPresent)) {
        this.#foundPresent[present] = person;
        present += 1;
      }
      if (isKnower(this.#allTime[index])) {
        this.#foundKnown[known] = person;
        known += 1;
      }
    }
    this.#authors[file] = this.#listOf(this.#foundAuthors, authors);
    this.#presentAuthors[file] = this.#listOf(this.#foundPresent, present);
    this.#known[file] = this.#listOf(this.#foundKnown, known);
  }

  /** Adds those who made a commit to those found; returns how many these are then. */
  #find(people: People, found: number): number {
    let count = found;
    for (let index = 0; index < people.length; index += 1) {
      const person = people[index];
      if (this.#isFound[person] === 0) {
        this.#isFound[person] = 1;
        this.#changes[person] = 0;
        this.#weighed[person] = 0;
        this.#found[count] = person;
        count += 1;
      }
    }
    return count;
  }

  /** Most files have one author or none: those lists are kept once. */
  #listOf(found: Int32Array, count: number): People {
    if (count < 2) {
      return count === 0 ? NOBODY : this.#alone[found[0]];
    }
    const people = new Array<number>(count);
    for (let index = 0; index < count; index += 1) {
      people[index] = found[index];
    }
    return people;
  }
}

/** Whoever made a commit together has made it each: nobody of them is an "other". */
function degree(firstAuthor: boolean, own: number, all: number): number {
  return degreeOf(firstAuthor, own, Math.max(0, all - own));
}

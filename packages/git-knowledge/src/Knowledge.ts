import { absenceFactor } from './authorship/absenceFactor';
import { contributorsOf } from './authorship/contributors';
import { DegreesOfAuthorship, FileAuthors } from './authorship/doa';
import { matcherOfPaths } from './files/paths';
import { FileHistories } from './history/FileHistories';
import { CommitPeople } from './people/CommitPeople';
import { peopleOf } from './people/people';
import { Snapshot } from './readSnapshot';
import { HistoryAnswer, ParsedHistoryRequest } from './schemas';

/**
 * Who knows what in a repository as it was at a commit, by the degree of authorship.
 * Everything is answered from memory.
 */
export class Knowledge {
  readonly snapshot: Snapshot;
  readonly people: CommitPeople;
  readonly histories: FileHistories;
  /** By place of a file: 1 for those that count. */
  readonly #isSource: Uint8Array;
  readonly #degrees: DegreesOfAuthorship;
  /** By number of a person, that of the first who is the same one. */
  readonly #same: readonly number[];
  /** Whether anybody is told apart. */
  readonly #isApart: boolean;

  constructor(
    snapshot: Snapshot,
    request: Pick<ParsedHistoryRequest, 'identities' | 'bots' | 'halfLifeDays'>,
  ) {
    const { commits, now } = snapshot;
    this.snapshot = snapshot;
    this.people = new CommitPeople(
      commits,
      peopleOf(commits.contacts, request, commits.named),
      { now, identitiesGiven: request.identities !== undefined },
    );
    this.histories = new FileHistories(commits.history, commits.order, {
      unseenBefore: commit => snapshot.boundary.has(commit),
      // What bots alone change moves files, and is nobody's.
      counts: commit => this.people.authorsOf(commit).length > 0,
    });
    this.#degrees = new DegreesOfAuthorship(
      this.histories,
      commits,
      this.people,
      { now, halfLifeDays: request.halfLifeDays },
    );
    const first = new Map<string, number>();
    this.#same = this.people.people.map(({ personId }, number) => {
      if (personId !== undefined && !first.has(personId)) {
        first.set(personId, number);
      }
      return personId === undefined ? number : first.get(personId) ?? number;
    });
    this.#isApart = this.#same.some((one, number) => one !== number);
    this.#isSource = new Uint8Array(snapshot.files.size);
    const { sources } = snapshot;
    for (let index = 0; index < sources.length; index += 1) {
      this.#isSource[sources[index]] = 1;
    }
  }

  /** All files, by their places. */
  get paths(): readonly string[] {
    return this.snapshot.files.paths;
  }

  /** The places of the files that count. */
  get sources(): Int32Array {
    return this.snapshot.sources;
  }

  /** Whether a path is a file that counts. */
  isSource(path: string): boolean {
    const file = this.snapshot.files.placeOf(path);
    return file !== undefined && this.#isSource[file] === 1;
  }

  /** Those of some files and folders that count; an empty path is the root. */
  sourcesBelow(paths: readonly string[]): Int32Array {
    const contains = matcherOfPaths(paths);
    // The root holds all, whatever they are called.
    return contains('')
      ? this.sources
      : this.sources.filter(file => contains(this.paths[file]));
  }

  /** The commit that last changed any of some files. */
  lastChangeOf(files: ArrayLike<number>): number | undefined {
    const { commits } = this.snapshot;
    let last: number | undefined;
    for (let index = 0; index < files.length; index += 1) {
      const commit = this.histories.lastChange(this.#numberOf(files[index]));
      if (
        commit !== undefined &&
        (last === undefined || commits.timeOf(commit) >= commits.timeOf(last))
      ) {
        last = commit;
      }
    }
    return last;
  }

  /** @param file - its place among all files */
  authorsOf(file: number): FileAuthors {
    const number = this.#numberOf(file);
    return {
      authors: this.#degrees.authorsOf(number),
      present: this.#degrees.presentOf(number),
      known: this.#degrees.knownOf(number),
    };
  }

  /** The authors of a file at present; see {@link FileAuthors.present}. */
  presentOf(file: number): readonly number[] {
    return this.#degrees.presentOf(this.#numberOf(file));
  }

  /**
   * Who knows a file well enough to be asked; nobody, where it does not count.
   *
   * @param file - its place among all files
   */
  knownOf(file: number): readonly number[] {
    return this.#isSource[file] === 1
      ? this.#degrees.knownOf(this.#numberOf(file))
      : [];
  }

  /** Who is behind some files. */
  contributorsOf(files: ArrayLike<number>) {
    return contributorsOf(this.#numbersOf(files), {
      histories: this.histories,
      degrees: this.#degrees,
      commits: this.snapshot.commits,
      people: this.people,
    });
  }

  absenceFactorOf(
    files: ArrayLike<number>,
  ): HistoryAnswer['territories'][0]['absenceFactor'] {
    const authors = new Array<readonly number[]>(files.length);
    const present = new Array<readonly number[]>(files.length);
    for (let index = 0; index < files.length; index += 1) {
      const number = this.#numberOf(files[index]);
      authors[index] = this.#joined(this.#degrees.authorsOf(number));
      present[index] = this.#joined(this.#degrees.presentOf(number));
    }
    return { allTime: absenceFactor(authors), present: absenceFactor(present) };
  }

  /** Each once, however many addresses are told apart. */
  #joined(people: readonly number[]): readonly number[] {
    return this.#isApart
      ? [...new Set(people.map(person => this.#same[person]))]
      : people;
  }

  #numbersOf(files: ArrayLike<number>): Int32Array {
    const numbers = new Int32Array(files.length);
    for (let index = 0; index < files.length; index += 1) {
      numbers[index] = this.#numberOf(files[index]);
    }
    return numbers;
  }

  /** The number of a file among the histories. */
  #numberOf(file: number): number {
    return this.histories.findNumber(this.snapshot.files.columns.paths[file]);
  }
}

import { absenceFactor } from './authorship/absenceFactor';
import { contributorsOf } from './authorship/contributors';
import { DegreesOfAuthorship, FileAuthors } from './authorship/doa';
import { matcherOfPaths } from './files/paths';
import { FileHistories, FileHistory } from './history/FileHistories';
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
  /** All files. */
  readonly paths: readonly string[];
  /** Those that count. */
  readonly sources: readonly string[];
  /** By path of a file that counts, its number among the histories. */
  readonly #files: ReadonlyMap<string, number>;
  readonly #degrees: DegreesOfAuthorship;
  /** By the same number, as soon as somebody asks. */
  readonly #authors: FileAuthors[] = [];

  constructor(
    snapshot: Snapshot,
    request: Pick<ParsedHistoryRequest, 'identities' | 'bots' | 'halfLifeDays'>,
  ) {
    const { commits, files, sources, now } = snapshot;
    this.snapshot = snapshot;
    this.people = new CommitPeople(
      commits,
      peopleOf(commits.contacts, request, commits.named),
      { now, identitiesGiven: request.identities !== undefined },
    );
    this.#degrees = new DegreesOfAuthorship(commits, this.people, {
      now,
      halfLifeDays: request.halfLifeDays,
    });
    this.histories = new FileHistories(commits.history, commits.order, {
      unseenBefore: commit => snapshot.boundary.has(commit),
      // What bots alone change moves files, and is nobody's.
      counts: commit => this.people.authorsOf(commit).length > 0,
    });
    this.paths = [...files.keys()];
    this.sources = sources;
    this.#files = new Map(
      sources.map(path => [path, this.histories.find(path)]),
    );
  }

  /** Whether a path is a file that counts. */
  isSource(path: string): boolean {
    return this.#files.has(path);
  }

  /** Those of some files and folders that count; an empty path is the root. */
  sourcesBelow(paths: readonly string[]): string[] {
    return this.sources.filter(matcherOfPaths(paths));
  }

  /** Of any path; of one that is gone, its last history. */
  historyOf(path: string): FileHistory {
    return this.histories.at(this.#numberOf(path));
  }

  authorsOf(path: string): FileAuthors {
    return this.#authorsAt(this.#numberOf(path));
  }

  /** Who is behind some files that count. */
  contributorsOf(sources: readonly string[]) {
    return contributorsOf(
      sources.map(path => {
        const number = this.#numberOf(path);
        return {
          history: this.histories.at(number),
          authors: this.#authorsAt(number),
        };
      }),
      this.snapshot.commits,
      this.people,
    );
  }

  absenceFactorOf(
    sources: readonly string[],
  ): HistoryAnswer['territories'][0]['absenceFactor'] {
    const authors = sources.map(path => this.authorsOf(path));
    return {
      allTime: absenceFactor(authors.map(one => one.authors)),
      present: absenceFactor(authors.map(one => one.present)),
    };
  }

  #numberOf(path: string): number {
    return this.#files.get(path) ?? this.histories.find(path);
  }

  #authorsAt(number: number): FileAuthors {
    this.#authors[number] ??= this.#degrees.authorsOf(
      this.histories.at(number),
    );
    return this.#authors[number];
  }
}

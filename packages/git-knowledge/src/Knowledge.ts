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
  readonly sources: ReadonlySet<string>;
  readonly #degrees: DegreesOfAuthorship;
  readonly #authors = new Map<string, FileAuthors>();

  constructor(
    snapshot: Snapshot,
    request: Pick<ParsedHistoryRequest, 'identities' | 'bots' | 'halfLifeDays'>,
  ) {
    const { commits, files, kindOf, now } = snapshot;
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
    this.sources = new Set(
      this.paths.filter(path => kindOf(path) === 'source'),
    );
  }

  /** Those of some files and folders that count; an empty path is the root. */
  sourcesBelow(paths: readonly string[]): string[] {
    const contains = matcherOfPaths(paths);
    return [...this.sources].filter(contains);
  }

  historyOf(path: string): FileHistory {
    return this.histories.get(path) ?? { changes: [] };
  }

  authorsOf(path: string): FileAuthors {
    let authors = this.#authors.get(path);
    if (!authors) {
      authors = this.#degrees.authorsOf(this.historyOf(path));
      this.#authors.set(path, authors);
    }
    return authors;
  }

  /** Who is behind some files that count. */
  contributorsOf(sources: readonly string[]) {
    return contributorsOf(
      sources.map(path => ({
        history: this.historyOf(path),
        authors: this.authorsOf(path),
      })),
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
}

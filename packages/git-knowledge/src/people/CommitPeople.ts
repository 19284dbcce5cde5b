import { Commits } from '../history/Commits';
import { Role } from '../history/History';
import { Bot, NOBODY, People, Person, isAgent } from './people';

/**
 * Without identities that say who is there, whoever made no change for a year has left
 * (Avelino et al., "On the Abandonment and Survival of Open Source Projects: An
 * Empirical Investigation", ESEM 2019).
 */
const DAYS_UNTIL_LEFT = 365;
const SECONDS_A_DAY = 24 * 60 * 60;

const NONE: readonly number[] = [];

/** Who has to do with which commit, bots left out. */
export class CommitPeople {
  readonly people: readonly Person[];
  /** Commits without merges and those of bots. */
  readonly countedCommits: number;
  readonly bots: readonly Bot[];
  readonly #commits: Commits;
  readonly #personOf: readonly number[];
  /** By commit; the many with one author share their lists. */
  readonly #authors: ReadonlyArray<readonly number[]>;
  /** By contact. */
  readonly #isAgent: readonly boolean[];
  /** By person. */
  readonly #active: readonly boolean[];

  /**
   * @param options.now - seconds since 1970
   * @param options.identitiesGiven - whether who is not in them has left
   */
  constructor(
    commits: Commits,
    { people, personOf, bots }: People,
    options: { now: number; identitiesGiven: boolean },
  ) {
    this.#commits = commits;
    this.bots = bots;
    this.#personOf = personOf;
    this.#isAgent = commits.contacts.map(isAgent);
    const alone = people.map((_, person) => [person]);
    const authors = new Array<readonly number[]>(
      commits.history.commitNumbers,
    ).fill(NONE);
    const newest: number[] = [];
    const newestNaming: number[] = [];
    const keepNewest = (
      newestOf: number[],
      named: readonly number[],
      commit: number,
    ) => {
      for (let index = 0; index < named.length; index += 1) {
        const person = named[index];
        if (
          newestOf[person] === undefined ||
          commits.timeOf(commit) >= commits.timeOf(newestOf[person])
        ) {
          newestOf[person] = commit;
        }
      }
    };
    let counted = 0;
    for (let place = 0; place < commits.order.length; place += 1) {
      const commit = commits.order[place];
      const author = personOf[commits.history.authorOf(commit)];
      const own = author === NOBODY ? NONE : alone[author];
      const isAlone = !commits.history.hasRoles(commit);
      const others = isAlone ? NONE : this.#inRole(commit, 'co-author');
      authors[commit] =
        others.length === 0 ? own : [...new Set([...own, ...others])];
      if (!commits.isMerge(commit) && authors[commit].length > 0) {
        counted += 1;
        keepNewest(newest, authors[commit], commit);
      }
      if (!isAlone) {
        keepNewest(newestNaming, this.#inRole(commit, 'reviewer'), commit);
      }
    }
    this.#authors = authors;
    this.countedCommits = counted;
    const since = options.now - DAYS_UNTIL_LEFT * SECONDS_A_DAY;
    this.#active = people.map((person, number) =>
      options.identitiesGiven
        ? person.active === true
        : newest[number] !== undefined &&
          commits.timeOf(newest[number]) >= since,
    );
    this.people = people.map((person, number) => {
      // Who only reviews is called as there.
      const commit = newest[number] ?? newestNaming[number];
      const name = commit === undefined ? '' : this.#nameIn(commit, number);
      return { ...person, name: name || person.name };
    });
  }

  /** Its author and co-authors, each once; empty when only bots made it. */
  authorsOf(commit: number): readonly number[] {
    return this.#authors[commit];
  }

  /** Those who reviewed, acknowledged or tested it without having made it. */
  reviewersOf(commit: number): readonly number[] {
    const authors = this.authorsOf(commit);
    const reviewers = this.#inRole(commit, 'reviewer');
    return reviewers.length === 0
      ? NONE
      : reviewers.filter(person => !authors.includes(person));
  }

  /** Whether it says that an agent wrote at least a part of it. */
  isAssisted(commit: number): boolean {
    const { history } = this.#commits;
    let assisted = this.#isAgent[history.authorOf(commit)];
    if (!history.hasRoles(commit)) {
      return assisted;
    }
    history.forEachRole(commit, (role, contact) => {
      assisted ||=
        role === 'assistant' ||
        (role === 'co-author' && this.#isAgent[contact]);
    });
    return assisted;
  }

  isActive(person: number): boolean {
    return this.#active[person];
  }

  #inRole(commit: number, wanted: Role): readonly number[] {
    const { history } = this.#commits;
    let found = NONE;
    if (!history.hasRoles(commit)) {
      return found;
    }
    history.forEachRole(commit, (role, contact) => {
      const person = this.#personOf[contact];
      if (role === wanted && person !== NOBODY && !found.includes(person)) {
        found = [...found, person];
      }
    });
    return found;
  }

  /** How a person is called in a commit. */
  #nameIn(commit: number, person: number): string | undefined {
    const { history, contacts } = this.#commits;
    const author = history.authorOf(commit);
    let name =
      this.#personOf[author] === person ? contacts[author].name : undefined;
    history.forEachRole(commit, (_, contact) => {
      if (this.#personOf[contact] === person) {
        name ??= contacts[contact].name;
      }
    });
    return name;
  }
}

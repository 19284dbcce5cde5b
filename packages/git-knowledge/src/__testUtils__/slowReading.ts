import { git } from './repositories';

/** An address and whose it is. */
interface Identity {
  readonly email: string;
  readonly personId: string;
  readonly active: boolean;
}

/** What is asked; all of it as in a request. */
export interface SlowRequest {
  readonly at?: string;
  readonly now: string;
  readonly renames: 'exact' | 'similar';
  readonly halfLifeDays: number;
  readonly identities?: readonly Identity[];
  readonly bots: readonly string[];
  /** What is source, beside what `linguist-generated` says. */
  readonly isSource: (path: string) => boolean;
}

interface SlowCommit {
  readonly hash: string;
  readonly parents: readonly string[];
  readonly committed: number;
  readonly authored: number;
  /** Keys of people, each once; bots left out. */
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
  readonly isAssisted: boolean;
  readonly changes: ReadonlyArray<readonly string[]>;
}

interface SlowFile {
  readonly creator?: SlowCommit;
  readonly changes: SlowCommit[];
}

const AGENT = 'noreply@anthropic.com';
const DAY = 24 * 60 * 60;

/**
 * The same answer as that of `readHistory`, by the definitions in the README and by
 * nothing else: one git for every question, maps of text, and no thought of speed.
 */
export function readSlowly(repository: string, request: SlowRequest) {
  const head = headOf(repository, request.at);
  const now = nowOf(repository, head, request);
  const emails = new Map<string, Set<string>>();

  /** A key for each person, none for bots. */
  function personOf(contact: string): string | undefined {
    const written = contact.endsWith('<>')
      ? contact
      : mapped(repository, head, contact);
    const email = written.slice(written.lastIndexOf('<') + 1, -1);
    const name = written.slice(0, written.lastIndexOf('<')).trim();
    const lower = email.toLowerCase();
    const address = lower.replace(
      /^\d+\+(.*@users\.noreply\.github\.com)$/,
      '$1',
    );
    if (
      `${name}${email}`.includes('[bot]') ||
      address === AGENT ||
      request.bots.includes(address)
    ) {
      return undefined;
    }
    const identity = request.identities?.find(one => one.email === address);
    const byAddress = address === '' ? `name ${name}` : `mail ${address}`;
    const key = identity ? `id ${identity.personId}` : byAddress;
    emails.set(key, (emails.get(key) ?? new Set()).add(lower));
    return key;
  }

  const commits = inOrder(
    git(repository, ['rev-list', head])
      .split('\n')
      .filter(Boolean)
      .map(hash => readCommit(repository, hash, request.renames, personOf)),
    head,
  );
  const times = timesOf(commits, now);
  const files = filesAfter(commits);
  const paths = git(repository, ['ls-tree', '-r', '-z', '--name-only', head])
    .split('\0')
    .filter(Boolean);
  const generated = generatedAmong(repository, head, paths);
  const sources = paths.filter(path =>
    generated.has(path)
      ? generated.get(path) === false
      : request.isSource(path),
  );
  const counted = commits.filter(
    one => one.parents.length < 2 && one.authors.length > 0,
  );

  const isActive = (person: string) =>
    request.identities
      ? request.identities.some(
          one => `id ${one.personId}` === person && one.active,
        )
      : counted.some(
          one =>
            one.authors.includes(person) &&
            (times.get(one) as number) >= now - 365 * DAY,
        );

  const degrees = sources.map(path => {
    const { creator, changes } = files.get(path) ?? { changes: [] };
    const allTime = new Map<string, number>();
    const present = new Map<string, number>();
    for (const person of new Set(
      [...(creator ? [creator] : []), ...changes].flatMap(one => one.authors),
    )) {
      const first = creator?.authors.includes(person) ? 1.098 : 0;
      const doa = (weightOf: (one: SlowCommit) => number) => {
        const sum = (own: boolean) =>
          changes
            .filter(one => one.authors.includes(person) === own)
            .reduce((total, one) => total + weightOf(one), 0);
        return (
          3.293 + first + 0.164 * sum(true) - 0.321 * Math.log(1 + sum(false))
        );
      };
      allTime.set(
        person,
        doa(() => 1),
      );
      if (isActive(person)) {
        present.set(
          person,
          doa(
            one =>
              2 **
              (-(now - (times.get(one) as number)) /
                DAY /
                request.halfLifeDays),
          ),
        );
      }
    }
    return { allTime, present };
  });
  const authors = degrees.map(({ allTime, present }) => ({
    allTime: authorsAmong(allTime),
    present: authorsAmong(present),
    known: [...allTime].filter(([, doa]) => doa >= 2.4).map(([who]) => who),
  }));

  const touching = new Set(
    sources.flatMap(path => {
      const { creator, changes } = files.get(path) ?? { changes: [] };
      return [...(creator ? [creator] : []), ...changes];
    }),
  );
  const touched = commits.filter(one => touching.has(one));
  const spanOf = (person: string, own: readonly SlowCommit[]) => {
    const instants = own.map(one => times.get(one) as number);
    const latestAt = Math.max(...instants);
    return {
      emails: [...(emails.get(person) ?? [])].sort(),
      active: isActive(person),
      commits: own.length,
      firstAt: instantOf(Math.min(...instants)),
      latestAt: instantOf(latestAt),
      latestCommit: own.filter(one => times.get(one) === latestAt).pop()?.hash,
    };
  };
  const everybody = (of: (one: SlowCommit) => readonly string[]) =>
    [...new Set(touched.flatMap(of))].sort().map(person => ({
      person,
      own: touched.filter(one => of(one).includes(person)),
    }));
  return {
    head,
    commits: counted.length,
    files: sources.length,
    assistedCommits: touched.filter(one => one.isAssisted).length,
    people: everybody(one => one.authors).map(({ person, own }) => ({
      ...spanOf(person, own),
      knownFiles: authors.filter(one => one.known.includes(person)).length,
      authoredFiles: authors.filter(one => one.allTime.includes(person)).length,
    })),
    reviewers: everybody(one => one.reviewers).map(({ person, own }) =>
      spanOf(person, own),
    ),
    absenceFactor: {
      allTime: factorOf(authors.map(one => one.allTime)),
      present: factorOf(authors.map(one => one.present)),
    },
  };
}

/** The end of a day, in UTC. */
function dateIn(at: string | undefined): string | undefined {
  return at && /^\d{4}-\d\d-\d\d$/.test(at) ? `${at}T23:59:59.999Z` : undefined;
}

/** Of a date: the first commit on the main line that is not newer. */
function headOf(repository: string, at = 'HEAD'): string {
  const date = dateIn(at);
  let commit = git(repository, ['rev-parse', date ? 'HEAD' : at]).trim();
  if (date) {
    while (timeOf(repository, commit) > Date.parse(date) / 1000) {
      commit = git(repository, ['rev-parse', `${commit}^1`]).trim();
    }
  }
  return commit;
}

/** Seconds: that of the date; of a commit that is named, no later than it is. */
function nowOf(
  repository: string,
  head: string,
  { at, now }: SlowRequest,
): number {
  const instant = Date.parse(dateIn(at) ?? now) / 1000;
  return at && !dateIn(at)
    ? Math.min(instant, Math.max(0, timeOf(repository, head)))
    : instant;
}

/** When a commit was made, as it claims. */
function timeOf(repository: string, commit: string): number {
  return Number(askOnce(repository, ['show', '-s', '--format=%ct', commit]));
}

const told = new Map<string, string>();

/** What git tells of a history that nobody changes, which is asked for once. */
export function askOnce(repository: string, args: readonly string[]): string {
  const key = [repository, ...args].join(' ');
  const known = told.get(key) ?? git(repository, args);
  told.set(key, known);
  return known;
}

const mappings = new Map<string, string>();

/** As `.mailmap` of the head writes somebody. */
function mapped(repository: string, head: string, contact: string): string {
  const key = `${repository} ${head} ${contact}`;
  const known =
    mappings.get(key) ??
    git(repository, [
      ...['-c', `mailmap.blob=${head}:.mailmap`, 'check-mailmap', contact],
    ]).replace(/\n$/, '');
  mappings.set(key, known);
  return known;
}

function readCommit(
  repository: string,
  hash: string,
  renames: 'exact' | 'similar',
  personOf: (contact: string) => string | undefined,
): SlowCommit {
  const [parents, authored, committed, author, trailers] = askOnce(repository, [
    ...['show', '-s', '--no-use-mailmap'],
    '--format=%P%x00%at%x00%ct%x00%an <%ae>%x00%(trailers:only,unfold)',
    hash,
  ]).split('\0');
  const named = (...keys: string[]) =>
    trailers
      .split('\n')
      .filter(line => keys.some(key => line.toLowerCase().startsWith(key)))
      .map(line => line.slice(line.indexOf(':') + 1).trim());
  const peopleIn = (contacts: readonly string[]) =>
    [...new Set(contacts.map(personOf))].filter(one => one !== undefined);
  const coAuthors = named('co-authored-by:');
  const authors = peopleIn([author, ...coAuthors]);
  const raw = askOnce(repository, [
    ...['show', '--raw', '-z', '--format=', '-l0', '--no-abbrev'],
    ...[`-M${renames === 'exact' ? 100 : 50}%`, hash],
  ]).split('\0');
  const changes: string[][] = [];
  // A merge shows itself as a combined difference, which counts as nothing.
  while (raw.length > 1 && !parents.includes(' ')) {
    const status = (raw.shift() as string).split(' ')[4];
    changes.push([status[0], ...raw.splice(0, status[0] === 'R' ? 2 : 1)]);
  }
  return {
    hash,
    parents: parents.split(' ').filter(Boolean),
    authored: authored === '' ? NaN : Number(authored),
    committed: committed === '' ? NaN : Number(committed),
    authors,
    reviewers: peopleIn(
      named('reviewed-by:', 'acked-by:', 'tested-by:'),
    ).filter(one => !authors.includes(one)),
    isAssisted:
      named('assisted-by:').length > 0 ||
      [author, ...coAuthors].some(one => one.includes(AGENT)),
    changes,
  };
}

/**
 * Parents before children: from the end, the newest of those whose children are all
 * placed, by the committer's time, and in ties by hash.
 */
export function inOrder<
  C extends Pick<SlowCommit, 'hash' | 'parents' | 'committed'>,
>(commits: readonly C[], head: string): C[] {
  const left = new Set(commits);
  const order: C[] = [];
  while (left.size > 0) {
    const ready = [...left].filter(
      one => ![...left].some(other => other.parents.includes(one.hash)),
    );
    ready.sort(
      (a, b) =>
        (b.committed || 0) - (a.committed || 0) || (a.hash > b.hash ? -1 : 1),
    );
    left.delete(ready[0]);
    order.unshift(ready[0]);
  }
  if (order[order.length - 1].hash !== head) {
    throw new Error('Nothing comes after the head.');
  }
  return order;
}

/** The author's time, or the committer's, or that of the commits before. */
function timesOf(commits: readonly SlowCommit[], now: number) {
  const times = new Map<SlowCommit, number>();
  for (const one of commits) {
    const earlier = Math.max(0, ...times.values());
    const claimed = [one.authored, one.committed, earlier];
    times.set(one, claimed.find(time => time >= 0 && time <= now) ?? earlier);
  }
  return times;
}

/** What became of every path; one that is gone may come back by a merge. */
function filesAfter(commits: readonly SlowCommit[]): Map<string, SlowFile> {
  const files = new Map<string, SlowFile>();
  for (const one of commits) {
    const isOfPeople = one.authors.length > 0;
    for (const [status, path, to] of one.changes) {
      if (status === 'A') {
        files.set(path, {
          creator: isOfPeople ? one : undefined,
          changes: [],
        });
      } else if (status !== 'D') {
        const file = files.get(path) ?? { changes: [] };
        files.set(path, file);
        files.set(to ?? path, file);
        if (isOfPeople) {
          file.changes.push(one);
        }
      }
    }
  }
  return files;
}

/** What git says of `linguist-generated`, where it says something. */
function generatedAmong(
  repository: string,
  head: string,
  paths: readonly string[],
): Map<string, boolean> {
  git(repository, ['read-tree', head]);
  const printed = git(
    repository,
    ['check-attr', '--cached', '--stdin', '-z', 'linguist-generated'],
    paths.map(path => `${path}\0`).join(''),
  ).split('\0');
  const generated = new Map<string, boolean>();
  while (printed.length > 1) {
    const [path, , value] = printed.splice(0, 3);
    if (value !== 'unspecified') {
      generated.set(path, value === 'set' || value === 'true');
    }
  }
  return generated;
}

function authorsAmong(degrees: ReadonlyMap<string, number>): string[] {
  const highest = Math.max(...degrees.values());
  return [...degrees]
    .filter(([, doa]) => doa >= 3.293 && doa > 0.75 * highest)
    .map(([person]) => person);
}

/** Whoever has most files is removed, again and again, in ties the first by key. */
function factorOf(
  authors: ReadonlyArray<readonly string[]>,
  removed: number = 0,
): { factor: number; files: number; coverageAtStop: number } {
  const files = authors.length;
  const covered = authors.filter(one => one.length > 0).length;
  const people = [...new Set(authors.flat())].sort();
  if (covered < files / 2 || people.length === 0) {
    return {
      factor: removed,
      files,
      coverageAtStop: files > 0 ? covered / files : 0,
    };
  }
  const filesOf = (person: string) =>
    authors.filter(one => one.includes(person)).length;
  const most = Math.max(...people.map(filesOf));
  const gone = people.find(person => filesOf(person) === most);
  return factorOf(
    authors.map(one => one.filter(person => person !== gone)),
    removed + 1,
  );
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

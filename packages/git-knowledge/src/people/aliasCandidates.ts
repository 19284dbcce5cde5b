import { Person } from './people';

/**
 * Why two people may be one.
 * @public
 */
export type AliasReason =
  | 'same name'
  | 'same local part of the address'
  | 'name of one is local part of the other';

/** Two people, by their numbers, who may be one. */
export interface AliasCandidate {
  readonly people: readonly [number, number];
  readonly reason: AliasReason;
}

/** What stands before the `@` of addresses of many who have nothing else in common. */
const ANYBODY = new Set(
  [
    'admin contact dev developer developers development email git github gmail',
    'hello home info mail mailbox me nobody none noreply office public root',
    'support team test unknown user webmaster work you',
  ].flatMap(words => words.split(' ')),
);
const SHORTEST_NAME = 2;
const SHORTEST_LOCAL_PART = 3;

/**
 * Pairs of people that may be the same one, for somebody who knows them to look at:
 * nothing joins them. Case, accents, spaces, dots, hyphens and underscores do not
 * matter. Of more than two with the same name each stands in a pair with the first.
 * Two whom the identities tell apart are no candidates.
 */
export function aliasCandidates(people: readonly Person[]): AliasCandidate[] {
  const found = new Map<string, AliasCandidate>();
  for (const [first, ...others] of bearersOf(people).values()) {
    for (const other of others) {
      add(found, people, first, other);
    }
  }
  return [...found.values()];
}

/** Of one name or local part, at most so many of those who are known are paired. */
const MAX_KNOWN = 5;

/**
 * Pairs as `aliasCandidates` finds them, of somebody who is known, by their
 * number among those, and somebody who is not, by theirs among the others. Where more
 * than five who are known share what makes a pair, it says nothing of any of them.
 * @public
 */
export function aliasCandidatesAmong(
  known: readonly KnownAlias[],
  others: readonly KnownAlias[],
): Array<{ known: number; other: number; reason: AliasReason }> {
  const people = [...known, ...others];
  const found = new Map<string, AliasCandidate>();
  for (const bearers of bearersOf(people).values()) {
    const bearing = bearers.filter(({ person }) => person < known.length);
    if (bearing.length <= MAX_KNOWN) {
      for (const other of bearers.slice(bearing.length)) {
        bearing.forEach(one => add(found, people, one, other));
      }
    }
  }
  return [...found.values()].map(({ people: [one, other], reason }) => ({
    known: one,
    other: other - known.length,
    reason,
  }));
}

/**
 * Somebody by name and addresses; of an account, its login stands for the latter.
 * @public
 */
export interface KnownAlias {
  readonly name: string;
  readonly emails: readonly string[];
}

interface Bearer {
  readonly person: number;
  readonly asName: boolean;
}

/** Who bears which name or local part, in the order of people. */
function bearersOf(people: readonly KnownAlias[]): Map<string, Bearer[]> {
  const bearers = new Map<string, Bearer[]>();
  const bear = (key: string, person: number, asName: boolean) => {
    const list = bearers.get(key) ?? [];
    // They come one person after the other.
    if (list[list.length - 1]?.person !== person) {
      list.push({ person, asName });
      bearers.set(key, list);
    }
  };
  people.forEach((person, number) => {
    const name = normalised(person.name);
    if (name.length >= SHORTEST_NAME && !ANYBODY.has(name)) {
      bear(name, number, true);
    }
    for (const email of person.emails) {
      const local = normalised(localPartOf(email));
      if (local.length >= SHORTEST_LOCAL_PART && !ANYBODY.has(local)) {
        bear(local, number, false);
      }
    }
  });
  return bearers;
}

function add(
  found: Map<string, AliasCandidate>,
  people: ReadonlyArray<KnownAlias & Pick<Person, 'personId'>>,
  first: Bearer,
  other: Bearer,
): void {
  const key = `${first.person} ${other.person}`;
  if (!found.has(key) && mayBeOne(people, first.person, other.person)) {
    found.set(key, {
      people: [first.person, other.person],
      reason: reasonFor(first.asName, other.asName),
    });
  }
}

function reasonFor(first: boolean, other: boolean): AliasReason {
  if (first !== other) {
    return 'name of one is local part of the other';
  }
  return first ? 'same name' : 'same local part of the address';
}

function mayBeOne(
  people: ReadonlyArray<Pick<Person, 'personId'>>,
  a: number,
  b: number,
): boolean {
  const [one, other] = [people[a].personId, people[b].personId];
  return one === undefined || other === undefined;
}

/** Without the number that GitHub puts before a login. */
function localPartOf(email: string): string {
  return email
    .slice(0, Math.max(0, email.lastIndexOf('@')))
    .replace(/^\d+\+/, '');
}

function normalised(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\s._-]+/g, '')
    .toLowerCase();
}

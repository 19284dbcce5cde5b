import { Person } from './people';

/** Why two people may be one. */
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
  const bearers = new Map<string, Array<{ person: number; asName: boolean }>>();
  const add = (key: string, person: number, asName: boolean) => {
    const list = bearers.get(key) ?? [];
    if (!list.some(one => one.person === person)) {
      list.push({ person, asName });
      bearers.set(key, list);
    }
  };
  people.forEach((person, number) => {
    const name = normalised(person.name);
    if (name.length >= SHORTEST_NAME && !ANYBODY.has(name)) {
      add(name, number, true);
    }
    for (const email of person.emails) {
      const local = normalised(localPartOf(email));
      if (local.length >= SHORTEST_LOCAL_PART && !ANYBODY.has(local)) {
        add(local, number, false);
      }
    }
  });
  const found = new Map<string, AliasCandidate>();
  for (const [first, ...others] of bearers.values()) {
    for (const other of others) {
      const key = `${first.person} ${other.person}`;
      if (!found.has(key) && mayBeOne(people, first.person, other.person)) {
        found.set(key, {
          people: [first.person, other.person],
          reason: reasonFor(first.asName, other.asName),
        });
      }
    }
  }
  return [...found.values()];
}

function reasonFor(first: boolean, other: boolean): AliasReason {
  if (first !== other) {
    return 'name of one is local part of the other';
  }
  return first ? 'same name' : 'same local part of the address';
}

function mayBeOne(people: readonly Person[], a: number, b: number): boolean {
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

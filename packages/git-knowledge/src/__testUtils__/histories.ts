import { ChangeStatus } from '../git/LogParser';
import { Commits } from '../history/Commits';
import { Changes, Contact, History, Role } from '../history/History';
import { orderOf } from '../history/orderOf';

/** What happens to a file; a renamed one was at `from` before. */
export type Step = readonly [status: ChangeStatus, path: string, from?: string];

/** A commit of a {@link History} that no git made. */
export interface MadeCommit {
  /** Made from the place in the list unless it is given. */
  readonly hash?: string;
  /** The commit before in the list, unless they are given. */
  readonly parents?: readonly string[];
  readonly by?: Contact;
  readonly roles?: ReadonlyArray<readonly [Role, Contact]>;
  /** Seconds since 1970. */
  readonly at?: number;
  readonly committedAt?: number;
  readonly changes?: readonly Step[];
}

/** The hash of the commit at a place of a list. */
export function hashOf(place: number): string {
  return (place + 1).toString(16).padStart(40, '0');
}

/** A history of these commits, each upon the one before. */
export function historyOf(commits: readonly MadeCommit[]): History {
  const history = new History();
  commits.forEach((commit, place) => addTo(history, commit, place));
  return history;
}

/** The same, up to its last commit. */
export function commitsOf(
  commits: readonly MadeCommit[],
  now = Number.MAX_SAFE_INTEGER,
): Commits {
  const history = historyOf(commits);
  return new Commits(history, {
    order: orderOf(history, commits.length - 1),
    now,
    contacts: Array.from({ length: history.contactNumbers }, (_, number) =>
      history.contactOf(number),
    ),
  });
}

/** Adds a commit, as it stands at a place of a list. */
export function addTo(history: History, one: MadeCommit, place: number): void {
  const numberOf = (hash: string) =>
    history.commitNumber(Buffer.from(hash), 0, hash.length);
  const contactOf = ({ name, email }: Contact) =>
    history.contactNumber(Buffer.from(`${name}\0${email}`));
  const pathOf = (path: string) =>
    history.pathNumber(Buffer.from(path), 0, Buffer.byteLength(path));
  const commit = numberOf(one.hash ?? hashOf(place));
  const parents = one.parents ?? (place === 0 ? [] : [hashOf(place - 1)]);
  const changes = new Changes();
  one.changes?.forEach(([status, path, from]) =>
    changes.add(status, pathOf(path), from === undefined ? -1 : pathOf(from)),
  );
  history.addCommit(commit, {
    author: contactOf(one.by ?? { name: 'Ann', email: 'ann@example.com' }),
    authorTime: one.at ?? place,
    committerTime: one.committedAt ?? one.at ?? place,
    parents: parents.map(numberOf),
    roles: (one.roles ?? []).map(([role, contact]) => ({
      role,
      contact: contactOf(contact),
    })),
    changes,
  });
}

import { Content, ContentPair, readPairs } from '../git/contents';
import { readFileChanges } from '../git/diffTrees';
import { Commits } from '../history/Commits';
import { History } from '../history/History';
import { reachabilityFrom } from '../history/reachability';
import { CommitPeople } from '../people/CommitPeople';

const BLOCK = 1024;

/** A question. */
export interface Since {
  /** The commit after which changes count. */
  readonly commit: number;
  /** Whether a path is looked at; questions that share it share what it says. */
  readonly contains: (path: string) => boolean;
}

/** What happened to some files after a commit, without merges and what bots do. */
export interface ChangesSince {
  /** Commits that touch them. */
  readonly commits: number;
  /** Those of them that change more than white space. */
  readonly significant: number;
  /** Paths that these touch, as they were called then. */
  readonly touched: readonly string[];
}

/** A file that a commit touches, with paths as numbers. */
interface Touch {
  readonly commit: number;
  readonly path: number;
  /** The old path of a renamed file; the same otherwise. */
  readonly from: number;
  /** Whether it changes more than white space; what cannot be compared does. */
  isSignificant: boolean;
}

/** Larger contents are not compared. */
const MAX_CONTENT_BYTES = 1024 * 1024;

/**
 * What happened after commits. "After" means not reachable from it, so that no forged
 * date moves a change across. However much is asked, every change is compared once, and
 * git is started a few times.
 *
 * @param options.counts - whether a path counts for any question
 * @returns the answers one by one, in no order; and the commits that could not be
 * compared, contents missing
 */
export async function readChangesSince<Q extends Since>(
  questions: readonly Q[],
  options: {
    repository: string;
    commits: Commits;
    people: CommitPeople;
    counts: (path: string) => boolean;
    signal?: AbortSignal;
  },
): Promise<{
  answers: Iterable<readonly [Q, ChangesSince]>;
  uncompared: ReadonlySet<number>;
}> {
  const { repository, commits, people, counts, signal } = options;
  const { history } = commits;
  const matchers = [...new Set(questions.map(one => one.contains))];
  const isAsked = byPath(
    history,
    path => counts(path) && matchers.some(contains => contains(path)),
  );
  const later = afterAny(commits, questions);
  const touching = commits.order.filter(
    commit =>
      later[commit] === 1 &&
      people.authorsOf(commit).length > 0 &&
      touchesOf(history, commit).some(touch => concerns(touch, isAsked)),
  );
  const { touches, uncompared } = await readTouches(
    repository,
    history,
    // Like that contents follow each other in packs.
    [...touching].reverse(),
    { isAsked, signal },
  );
  return { answers: answer(questions, matchers, touches, options), uncompared };
}

/** One after the other: what is said of paths takes room for each of them. */
function* answer<Q extends Since>(
  questions: readonly Q[],
  matchers: ReadonlyArray<Since['contains']>,
  touches: readonly Touch[],
  options: { commits: Commits; counts: (path: string) => boolean },
): Generator<readonly [Q, ChangesSince]> {
  const { commits, counts } = options;
  const { history } = commits;
  const places = new Map(matchers.map((contains, place) => [contains, place]));
  const placeOf = ({ contains }: Q) => places.get(contains) ?? -1;
  const sorted = [...questions].sort((a, b) => placeOf(a) - placeOf(b));
  let matcher: Since['contains'] | undefined;
  let contains = (_: number) => false;
  for (const { first, count, bits } of reachabilityFrom(
    commits,
    sorted.map(one => one.commit),
  )) {
    for (let index = 0; index < count; index += 1) {
      const question = sorted[first + index];
      if (question.contains !== matcher) {
        matcher = question.contains;
        contains = byPath(
          history,
          path => counts(path) && question.contains(path),
        );
      }
      yield [
        question,
        summarise(history, touches, {
          isAfter: commit => (bits[commit] & (1 << index)) === 0,
          contains,
        }),
      ];
    }
  }
}

/** By commit: 1 for those that came after any of some others. */
function afterAny(commits: Commits, questions: readonly Since[]): Uint8Array {
  const later = new Uint8Array(commits.history.commitNumbers);
  const since = new Set(questions.map(one => one.commit));
  for (const { count, bits } of reachabilityFrom(commits, [...since])) {
    const all = 2 ** count - 1;
    for (const commit of commits.order) {
      later[commit] |= bits[commit] === all ? 0 : 1;
    }
  }
  return later;
}

/** Remembers what is said of a path, by its number. */
function byPath(
  history: History,
  says: (path: string) => boolean,
): (path: number) => boolean {
  const said = new Int8Array(history.pathNumbers);
  return path => {
    if (said[path] === 0) {
      said[path] = says(history.pathOf(path)) ? 1 : -1;
    }
    return said[path] === 1;
  };
}

function concerns(touch: Touch, contains: (path: number) => boolean): boolean {
  return contains(touch.path) || contains(touch.from);
}

/** What a commit touches, as long as nothing is compared. */
function touchesOf(history: History, commit: number): Touch[] {
  const touches: Touch[] = [];
  history.forEachChange(commit, (_, path, from) =>
    touches.push({
      commit,
      path,
      from: from < 0 ? path : from,
      isSignificant: true,
    }),
  );
  return touches;
}

/** What commits touch of the files that are asked about, compared. */
async function readTouches(
  repository: string,
  history: History,
  commits: readonly number[],
  options: { isAsked: (path: number) => boolean; signal?: AbortSignal },
): Promise<{ touches: Touch[]; uncompared: ReadonlySet<number> }> {
  const touches: Touch[] = [];
  const uncompared = new Set<number>();
  const compared: Array<ContentPair & { touch: Touch }> = [];
  const read = readFileChanges(
    repository,
    commits.map(commit => history.hashOf(commit)),
    options,
  );
  for await (const { index, changes, isIncomplete } of read) {
    const commit = commits[index];
    if (isIncomplete) {
      uncompared.add(commit);
    }
    const known = touchesOf(history, commit);
    const numberOf = new Map(
      known.flatMap(({ path, from }) =>
        [path, from].map(number => [history.pathOf(number), number] as const),
      ),
    );
    if (!changes) {
      touches.push(...known.filter(touch => concerns(touch, options.isAsked)));
    }
    for (const change of changes ?? []) {
      const path = numberOf.get(change.path);
      const from = numberOf.get(change.from ?? change.path);
      // Others are beyond the limits.
      if (path !== undefined && from !== undefined) {
        const touch = { commit, path, from, isSignificant: true };
        if (concerns(touch, options.isAsked)) {
          touches.push(touch);
          touch.isSignificant = change.before !== change.after;
          if (touch.isSignificant && !change.isSubmodule) {
            const { before, after } = change;
            compared.push({ touch, before, after });
          }
        }
      }
    }
  }

  // The versions of a file follow each other, the newest first.
  compared.sort((a, b) => a.touch.path - b.touch.path);
  const contents = readPairs(repository, compared, {
    maxBytes: MAX_CONTENT_BYTES,
    signal: options.signal,
  });
  let next = 0;
  for await (const { before, after } of contents) {
    const { touch } = compared[next];
    next += 1;
    touch.isSignificant = differ(before, after);
    if (before === 'missing' || after === 'missing') {
      uncompared.add(touch.commit);
    }
  }
  return { touches, uncompared };
}

function summarise(
  history: History,
  touches: readonly Touch[],
  asked: {
    isAfter: (commit: number) => boolean;
    contains: (path: number) => boolean;
  },
): ChangesSince {
  const isTouched = new Uint8Array(history.pathNumbers);
  const touched: string[] = [];
  let commits = 0;
  let significant = 0;
  let last = -1;
  let lastSignificant = -1;
  // The touches of a commit stand together.
  for (const { commit, path, from, isSignificant } of touches) {
    const isIn = asked.contains(path);
    const wasIn = asked.contains(from);
    if ((isIn || wasIn) && asked.isAfter(commit)) {
      commits += commit === last ? 0 : 1;
      last = commit;
      // What was moved in is new, and what was moved out is gone.
      if (isSignificant || isIn !== wasIn) {
        significant += commit === lastSignificant ? 0 : 1;
        lastSignificant = commit;
        const number = isIn ? path : from;
        if (isTouched[number] === 0) {
          isTouched[number] = 1;
          touched.push(history.pathOf(number));
        }
      }
    }
  }
  return { commits, significant, touched };
}

/** Whether contents differ by more than white space. */
function differ(before: Content, after: Content): boolean {
  if (typeof before === 'string' || typeof after === 'string') {
    return true;
  }
  let [left, right] = [0, 0];
  // Most of it is the same, and that is found fastest in blocks.
  while (
    left + BLOCK < before.length &&
    left + BLOCK < after.length &&
    before.compare(after, left, left + BLOCK, left, left + BLOCK) === 0
  ) {
    left += BLOCK;
  }
  right = left;
  for (;;) {
    while (isSpace(before[left])) {
      left += 1;
    }
    while (isSpace(after[right])) {
      right += 1;
    }
    if (before[left] !== after[right]) {
      return true;
    }
    if (left >= before.length) {
      return false;
    }
    left += 1;
    right += 1;
  }
}

/** Space, tab, line feed, vertical tab, form feed, carriage return. */
function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

import { Content, ContentPair, readPairs } from '../git/contents';
import { readFileChanges } from '../git/diffTrees';
import { Commits } from '../history/Commits';
import { History } from '../history/History';
import { FileVersion, PathChanges } from '../history/PathChanges';
import { isContentChange } from './contentChange';

/** Larger contents are not compared. */
const MAX_CONTENT_BYTES = 1024 * 1024;
/** Bytes of contents compared of one document, newest first. */
const MAX_BYTES = 16 * 1024 * 1024;
/**
 * Versions of each document that are looked at first, and how many times as many in
 * every next round: mostly the newest one decides.
 */
const FIRST_VERSIONS = 4;
const GROWTH = 4;
/** Each of a document's renames with changes takes one more. */
const MAX_ROUNDS = 20;
/** Where git looks for the NUL that makes a content binary. */
const BINARY_BYTES = 8000;

/** Which commits last changed what documents say. */
export interface LastContentChanges {
  /** By path; without documents of which none was found within what is read. */
  readonly commits: ReadonlyMap<string, number>;
  /** Those that could not be compared, contents missing. */
  readonly uncompared: ReadonlySet<number>;
}

/** A document on the way back through its history. */
interface Walk {
  readonly path: string;
  /** The newest first. */
  versions: readonly FileVersion[];
  /** How many of these were looked at. */
  seen: number;
  bytes: number;
  isDone: boolean;
}

/** One version on that way. */
interface Step {
  readonly walk: Walk;
  readonly version: FileVersion;
}

/** What a version says beside the one before; `unknown` where contents are missing. */
type Verdict = 'same' | 'other' | 'unknown';

/**
 * Finds for each document the newest commit that changed what it says; see
 * {@link isContentChange}. Its creation is such a change, also as a copy, and so is what
 * cannot be compared: binary, large or missing contents. Renames are followed as git
 * finds them, also of documents that were changed a little besides. Merges count as
 * nothing.
 *
 * git is started a few times, however many documents there are.
 *
 * @param paths - of files at the head
 */
export async function readLastContentChanges(
  repository: string,
  commits: Commits,
  paths: readonly string[],
  options: { signal?: AbortSignal } = {},
): Promise<LastContentChanges> {
  const { history } = commits;
  const changes = new PathChanges(history, commits.order);
  const versionsOf = (path: string, until?: number) => {
    const number = history.findPath(path);
    return number === undefined ? [] : changes.versionsOf(number, until);
  };
  const found = new Map<string, number>();
  const uncompared = new Set<number>();

  let walks: Walk[] = paths.map(path => ({
    path,
    versions: versionsOf(path),
    seen: 0,
    bytes: 0,
    isDone: false,
  }));
  let count = FIRST_VERSIONS;
  for (let round = 0; round < MAX_ROUNDS && walks.length > 0; round += 1) {
    const take = count;
    const steps = walks.flatMap(walk => {
      const next = walk.versions.slice(walk.seen, walk.seen + take);
      walk.seen += next.length;
      return next.map(version => ({ walk, version }));
    });
    const compared = await compareNames(repository, history, steps, {
      ...options,
      onMoved: ({ walk, version }, from) => {
        walk.versions = versionsOf(from, version.place);
        walk.seen = 0;
      },
    });
    const contents = readPairs(
      repository,
      compared.filter(one => typeof one === 'object'),
      { ...options, maxBytes: MAX_CONTENT_BYTES },
    );
    for (const [index, { walk, version }] of steps.entries()) {
      const one = compared[index];
      const texts =
        typeof one === 'string'
          ? one
          : (await contents.next()).value ?? 'unknown';
      if (walk.isDone) {
        continue;
      }
      walk.bytes += bytesOf(texts);
      const isTooMuch = walk.bytes > MAX_BYTES;
      const verdict = isTooMuch ? 'same' : verdictOf(texts);
      walk.isDone = isTooMuch || verdict !== 'same';
      if (verdict !== 'same') {
        found.set(walk.path, version.commit);
      }
      if (verdict === 'unknown') {
        uncompared.add(version.commit);
      }
    }
    walks = walks.filter(
      walk => !walk.isDone && walk.seen < walk.versions.length,
    );
    count *= GROWTH;
  }
  return { commits: found, uncompared };
}

/**
 * What is to be said without reading contents, and of the rest which ones to read.
 *
 * @param options.onMoved - is told of what looks created and was moved
 */
async function compareNames(
  repository: string,
  history: History,
  steps: readonly Step[],
  options: {
    signal?: AbortSignal;
    onMoved: (step: Step, from: string) => void;
  },
): Promise<Array<Verdict | ContentPair>> {
  const compared = new Map<Step, Verdict | ContentPair>();
  const stepsOf = new Map<number, Step[]>();
  for (const step of steps) {
    const { commit, from } = step.version;
    const others = stepsOf.get(commit);
    if (others) {
      others.push(step);
    } else if (from !== undefined || hasDeleted(history, commit)) {
      stepsOf.set(commit, [step]);
    } else {
      // Where nothing was deleted, nothing was moved.
      compared.set(step, 'other');
    }
  }
  const asked = [...stepsOf.keys()];
  const read = readFileChanges(
    repository,
    asked.map(commit => history.hashOf(commit)),
    options,
  );
  for await (const { index, changes = [], isIncomplete } of read) {
    const changeOf = new Map(changes.map(change => [change.path, change]));
    for (const step of stepsOf.get(asked[index]) ?? []) {
      const { path, from } = step.version;
      const change = changeOf.get(history.pathOf(path));
      const before =
        change?.before ??
        (from === undefined
          ? undefined
          : changeOf.get(history.pathOf(from))?.before);
      if (!change || (isIncomplete && from === undefined)) {
        compared.set(step, 'unknown');
      } else if (before === undefined || change.isSubmodule) {
        compared.set(step, 'other');
      } else if (before === change.after) {
        compared.set(step, 'same');
      } else {
        compared.set(step, { before, after: change.after });
      }
      if (from === undefined && change?.from !== undefined) {
        options.onMoved(step, change.from);
      }
    }
  }
  return steps.map(step => compared.get(step) ?? 'unknown');
}

function hasDeleted(history: History, commit: number): boolean {
  let deleted = false;
  history.forEachChange(commit, status => {
    deleted ||= status === 'D';
  });
  return deleted;
}

interface Texts {
  readonly before: Content;
  readonly after: Content;
}

function verdictOf(texts: Verdict | Texts): Verdict {
  if (typeof texts === 'string') {
    return texts;
  }
  const { before, after } = texts;
  if (before === 'missing' || after === 'missing') {
    return 'unknown';
  }
  // What cannot be compared may say anything.
  if (isOpaque(before) || isOpaque(after)) {
    return 'other';
  }
  return isContentChange(before.toString('utf8'), after.toString('utf8'))
    ? 'other'
    : 'same';
}

function isOpaque(content: Buffer | 'too-large'): content is 'too-large' {
  return (
    content === 'too-large' || content.subarray(0, BINARY_BYTES).includes(0)
  );
}

function bytesOf(texts: Verdict | Texts): number {
  return typeof texts === 'string'
    ? 0
    : lengthOf(texts.before) + lengthOf(texts.after);
}

function lengthOf(content: Content): number {
  return typeof content === 'string' ? 0 : content.length;
}

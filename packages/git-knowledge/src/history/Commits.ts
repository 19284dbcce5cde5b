import { Contact, History } from './History';

/**
 * The commits up to a head, in order, with their times as far as they can be believed,
 * and people as `.mailmap` writes them.
 */
export class Commits {
  readonly history: History;
  /** Numbers of commits, parents before children. */
  readonly order: Int32Array;
  /** By the number that the history gives them. */
  readonly contacts: readonly Contact[];
  /**
   * By contact: 1 for who made or reviewed one of these commits. A history may hold
   * later ones too, and assistants need not be people.
   */
  readonly named: Uint8Array;
  readonly #times: Float64Array;

  /**
   * @param options.order - what `orderOf` says
   * @param options.now - seconds since 1970
   */
  constructor(
    history: History,
    options: {
      order: Int32Array;
      now: number;
      contacts: readonly Contact[];
    },
  ) {
    this.history = history;
    this.contacts = options.contacts;
    this.order = options.order;
    this.named = contactsOf(history, this.order);
    this.#times = believableTimes(history, this.order, options.now);
  }

  /** The number of a commit; undefined for those that were not read. */
  find(hash: string | undefined): number | undefined {
    const commit = hash === undefined ? undefined : this.history.find(hash);
    return commit !== undefined && this.history.isRead(commit)
      ? commit
      : undefined;
  }

  /** Seconds since 1970, never after the instant of the reading. */
  timeOf(commit: number): number {
    return this.#times[commit];
  }

  /** The same, ISO 8601. */
  instantOf(commit: number): string {
    return new Date(this.#times[commit] * 1000).toISOString();
  }

  isMerge(commit: number): boolean {
    return this.history.parentCount(commit) > 1;
  }
}

function contactsOf(history: History, order: Int32Array): Uint8Array {
  const named = new Uint8Array(history.contactNumbers);
  for (let place = 0; place < order.length; place += 1) {
    const commit = order[place];
    named[history.authorOf(commit)] = 1;
    if (history.hasRoles(commit)) {
      history.forEachRole(commit, (role, contact) => {
        if (role !== 'assistant') {
          named[contact] = 1;
        }
      });
    }
  }
  return named;
}

/**
 * Nobody authenticates times. One in the future would keep evidence fresh for ever, so
 * it is replaced by the commit's other time or by that of earlier commits.
 */
function believableTimes(
  history: History,
  order: Int32Array,
  now: number,
): Float64Array {
  const times = new Float64Array(history.commitNumbers);
  const isBelievable = (time: number) => time >= 0 && time <= now;
  let latest = 0;
  for (let place = 0; place < order.length; place += 1) {
    const commit = order[place];
    const authored = history.authorTimeOf(commit);
    const committed = history.committerTimeOf(commit);
    if (isBelievable(authored)) {
      times[commit] = authored;
    } else {
      times[commit] = isBelievable(committed) ? committed : latest;
    }
    latest = Math.max(latest, times[commit]);
  }
  return times;
}

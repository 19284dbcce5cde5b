import { GitKnowledgeError } from '../GitKnowledgeError';

/**
 * What became of a file: added, modified, type changed, deleted, renamed.
 * @public
 */
export type ChangeStatus = 'A' | 'M' | 'T' | 'D' | 'R';

/**
 * Takes what {@link LogParser} finds. The bytes belong to the parser: who wants to keep
 * some copies them.
 */
export interface LogHandler {
  /**
   * A commit begins.
   *
   * @param bounds - where each field of {@link logFormat} starts and ends in the
   * bytes, in turn
   */
  commit(bytes: Buffer, bounds: ReadonlyArray<number>): void;
  /**
   * The commit changes a file.
   *
   * @param from - of a renamed file, where its old path starts; it ends one before
   * `start`
   */
  change(
    bytes: Buffer,
    status: ChangeStatus,
    start: number,
    end: number,
    from: number,
  ): void;
  /** The commit changes more than the limits allow; called for each such file. */
  leaveOut(): void;
}

/** What is read of one commit. */
export interface CommitLimits {
  /** Files of one commit. */
  readonly filesPerCommit: number;
  /** Bytes of one path. */
  readonly pathLength: number;
}

/**
 * The places of the fields in the bounds that {@link LogHandler.commit} gets; each
 * has two.
 */
export const FIELD = {
  hash: 0,
  parents: 2,
  name: 4,
  email: 6,
  authorTime: 8,
  committerTime: 10,
  message: 12,
} as const;

const FIELDS = 7;
const COLON = 58;
const NEWLINE = 10;
const COPIED = 67;
const RENAMED = 82;
/** By the letter's code; a copy is a new file. */
const STATUS_OF: Readonly<Record<number, ChangeStatus>> = {
  65: 'A',
  67: 'A',
  68: 'D',
  77: 'M',
  82: 'R',
  84: 'T',
};
const ZERO = 48;
const NINE = 57;
/** Files of one commit beyond which nobody waits for the rest. */
const MAX_FILES = 5_000_000;
/** No commit needs more at once, but for one that means harm. */
const MAX_UNIT_BYTES = 64 * 1024 * 1024;

/**
 * The `--format` that {@link LogParser} reads, each field ended by NUL: nothing that a
 * commit holds can be taken for something else.
 *
 * @param message - the placeholder for what is wanted of the message
 */
export function logFormat(message: string): string {
  return `%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00${message}%x00`;
}

/** Seconds since 1970, as a commit writes them; NaN where there are none. */
export function timeIn(bytes: Buffer, start: number, end: number): number {
  if (start === end) {
    return NaN;
  }
  let time = 0;
  for (let index = start; index < end; index += 1) {
    const digit = bytes[index] - ZERO;
    if (digit < 0 || digit > 9) {
      return Number(bytes.toString('latin1', start, end));
    }
    time = time * 10 + digit;
  }
  return time;
}

/**
 * Parses `git log -z --raw --no-abbrev --format=…` from chunks cut anywhere, as bytes:
 * text is made of nothing but what is used. Keeps one commit's header, or one change.
 */
export class LogParser {
  readonly #handler: LogHandler;
  readonly #limits: CommitLimits;
  /** Files of the commit at hand. */
  #files = 0;
  readonly #bounds: number[] = new Array(FIELDS * 2).fill(0);
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #wanted = 0;

  constructor(handler: LogHandler, limits: CommitLimits) {
    this.#handler = handler;
    this.#limits = limits;
  }

  push(chunk: Buffer): void {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes >= this.#wanted) {
      this.#parse();
    }
  }

  /** Parses what is left. */
  finish(): void {
    this.#parse();
  }

  #parse(): void {
    const bytes =
      this.#pending.length === 1
        ? this.#pending[0]
        : Buffer.concat(this.#pending);
    let at = 0;
    while (at < bytes.length) {
      if (bytes[at] === 0 || bytes[at] === NEWLINE) {
        at += 1;
        continue;
      }
      const next =
        bytes[at] === COLON
          ? this.#parseChange(bytes, at)
          : this.#parseHeader(bytes, at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    const left = bytes.length - at;
    if (left > MAX_UNIT_BYTES) {
      throw new GitKnowledgeError(
        'too-large',
        `A commit has a message or a path of over ${MAX_UNIT_BYTES} bytes.`,
      );
    }
    this.#pending = left > 0 ? [bytes.subarray(at)] : [];
    this.#pendingBytes = left;
    // What comes in many chunks is put together a few times only.
    this.#wanted = Math.min(left * 2, MAX_UNIT_BYTES + 1);
  }

  /** Returns where it ends, or -1 where it is not yet whole. */
  #parseHeader(bytes: Buffer, start: number): number {
    let at = start;
    for (let field = 0; field < FIELDS; field += 1) {
      const end = bytes.indexOf(0, at);
      if (end < 0) {
        return -1;
      }
      this.#bounds[field * 2] = at;
      this.#bounds[field * 2 + 1] = end;
      at = end + 1;
    }
    this.#files = 0;
    this.#handler.commit(bytes, this.#bounds);
    return at;
  }

  #parseChange(bytes: Buffer, start: number): number {
    const meta = bytes.indexOf(0, start);
    const first = meta < 0 ? -1 : bytes.indexOf(0, meta + 1);
    if (first < 0) {
      return -1;
    }
    // The status is a letter, of renames and copies with the similarity behind it.
    let letter = meta - 1;
    while (bytes[letter] <= NINE) {
      letter -= 1;
    }
    const status = STATUS_OF[bytes[letter]];
    if (bytes[letter] !== RENAMED && bytes[letter] !== COPIED) {
      if (status) {
        this.#report(bytes, status, meta + 1, first, -1);
      }
      return first + 1;
    }
    const second = bytes.indexOf(0, first + 1);
    if (second < 0) {
      return -1;
    }
    const from = bytes[letter] === RENAMED ? meta + 1 : -1;
    this.#report(bytes, status, first + 1, second, from);
    return second + 1;
  }

  #report(
    bytes: Buffer,
    status: ChangeStatus,
    start: number,
    end: number,
    from: number,
  ): void {
    const { filesPerCommit, pathLength } = this.#limits;
    this.#files += 1;
    if (this.#files > MAX_FILES) {
      throw new GitKnowledgeError(
        'too-large',
        `A commit changes over ${MAX_FILES} files: read the history of something else.`,
      );
    }
    if (
      this.#files > filesPerCommit ||
      end - start > pathLength ||
      (from >= 0 && start - 1 - from > pathLength)
    ) {
      this.#handler.leaveOut();
    } else {
      this.#handler.change(bytes, status, start, end, from);
    }
  }
}

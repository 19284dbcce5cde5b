import { z } from 'zod';
import { streamGit } from '../git/git';
import {
  ChangeStatus,
  CommitLimits,
  FIELD,
  LogHandler,
  LogParser,
  timeIn,
} from '../git/LogParser';
import { logCommand } from '../git/logCommand';
import { openClone, toInstant } from '../git/repository';
import { knowledgeRequestSchema } from '../schemas';
import { Contact } from './History';
import { TRAILERS } from './messages';

/**
 * Which commits are streamed.
 * @public
 */
export const commitsRequestSchema = knowledgeRequestSchema
  .pick({ repository: true, at: true })
  .extend({
    /** Branch, tag or commit; it and all before it are left out. */
    since: z.string().optional(),
    /** As in the request for knowledge. */
    limits: knowledgeRequestSchema.shape.limits
      .unwrap()
      .pick({ commits: true, filesPerCommit: true, pathLength: true })
      .prefault({}),
  });

/** @public */
export type CommitsRequest = z.input<typeof commitsRequestSchema>;

/**
 * One commit, as it says itself: nothing is joined, and nobody left out.
 * @public
 */
export interface HistoryCommit {
  readonly hash: string;
  readonly parents: readonly string[];
  readonly author: Contact;
  /** ISO 8601; undefined where the commit claims no time. */
  readonly authoredAt?: string;
  readonly committedAt?: string;
  /** By its trailers, as is whoever follows. */
  readonly coAuthors: readonly Contact[];
  /** Who reviewed, acknowledged or tested it. */
  readonly reviewers: readonly Contact[];
  /** Who assisted, most of whom are no people. */
  readonly assistants: readonly Contact[];
  /** Merges have none. */
  readonly changes: ReadonlyArray<{
    readonly status: ChangeStatus;
    readonly path: string;
    /** The old path of a renamed file, whose content is the same. */
    readonly from?: string;
  }>;
  /** Whether the limits left some changes out. */
  readonly isCut: boolean;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Keeps what is parsed until it is taken. */
class Collector implements LogHandler {
  readonly parser: LogParser;
  #commits: Array<Mutable<HistoryCommit>> = [];
  #changes: Array<HistoryCommit['changes'][0]> = [];

  constructor(limits: CommitLimits) {
    this.parser = new LogParser(this, limits);
  }

  commit(bytes: Buffer, bounds: readonly number[]): void {
    const text = (field: number) =>
      bytes.toString('utf8', bounds[field], bounds[field + 1]);
    const time = (field: number) => {
      const seconds = timeIn(bytes, bounds[field], bounds[field + 1]);
      return Number.isNaN(seconds) ? undefined : toInstant(seconds);
    };
    const named = TRAILERS.read(text(FIELD.message));
    const inRole = (wanted: string) =>
      named
        .filter(({ role }) => role === wanted)
        .map(({ name, email }) => ({ name, email }));
    this.#changes = [];
    this.#commits.push({
      hash: text(FIELD.hash),
      parents: text(FIELD.parents).split(' ').filter(Boolean),
      author: { name: text(FIELD.name), email: text(FIELD.email) },
      authoredAt: time(FIELD.authorTime),
      committedAt: time(FIELD.committerTime),
      coAuthors: inRole('co-author'),
      reviewers: inRole('reviewer'),
      assistants: inRole('assistant'),
      changes: this.#changes,
      isCut: false,
    });
  }

  change(
    bytes: Buffer,
    status: ChangeStatus,
    start: number,
    end: number,
    from: number,
  ): void {
    this.#changes.push({
      status,
      path: bytes.toString('utf8', start, end),
      from: from < 0 ? undefined : bytes.toString('utf8', from, start - 1),
    });
  }

  leaveOut(): void {
    this.#commits[this.#commits.length - 1].isCut = true;
  }

  /** Those of which nothing more can come. */
  takeWhole(): HistoryCommit[] {
    return this.#commits.splice(0, this.#commits.length - 1);
  }

  takeAll(): HistoryCommit[] {
    return this.#commits.splice(0);
  }
}

/**
 * Streams the commits of a repository, the newest first, while git walks through them.
 * Memory is needed for one commit at a time. Whoever stops early, or aborts, ends git.
 *
 * @throws GitKnowledgeError; ZodError for a request of the wrong form
 * @public
 */
export async function* streamCommits(
  request: CommitsRequest,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<HistoryCommit, void, undefined> {
  const { repository, at, since, limits } = commitsRequestSchema.parse(request);
  const { signal } = options;
  const { head } = await openClone(repository, at ?? 'HEAD', signal);
  const known =
    since === undefined
      ? undefined
      : (await openClone(repository, since, signal)).head;
  const collector = new Collector(limits);
  const { placeholder } = TRAILERS;
  const chunks = streamGit(
    repository,
    logCommand({ head, known }, { placeholder, commits: limits.commits }),
    { signal },
  );
  for await (const chunk of chunks) {
    collector.parser.push(chunk);
    yield* collector.takeWhole();
  }
  collector.parser.finish();
  yield* collector.takeAll();
}

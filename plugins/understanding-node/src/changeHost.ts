import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  ChangeReading,
  HostChange,
  HostFact,
  HostMergeGroup,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * A request to a hook, as it came.
 * @public
 */
export interface HookRequest {
  /** By name in lower case; one that came more than once is absent. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw bytes. */
  readonly body: Buffer;
}

/**
 * What the headers of an authentic delivery say. Hosts sign the body alone, so that
 * neither may decide anything by itself.
 * @public
 */
export interface DeliveryHeaders {
  /** By which the host names the delivery, also when it sends it again. */
  readonly deliveryId?: string;
  /** The kind of event, e.g. `pull_request`. */
  readonly event: string;
}

/**
 * An authentic delivery, as it waits in the inbox.
 * @public
 */
export interface Delivery {
  readonly event: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * What a delivery says.
 *
 * - `ignored`: it is understood, and nothing here depends on it.
 * - `not-understood`: it is kept as a dead letter, which an admin may replay after an
 *   upgrade.
 *
 * @public
 */
export type ParsedDelivery =
  | { readonly type: 'facts'; readonly facts: readonly HostFact[] }
  | { readonly type: 'ignored'; readonly reason: string }
  | { readonly type: 'not-understood'; readonly reason: string };

/**
 * Options of every call that asks a host.
 * @public
 */
export interface HostCallOptions {
  readonly signal: AbortSignal;
  /** To be called once for each request that is made; it keeps to the budget. */
  readonly onRequest: () => void;
}

/**
 * A page of changes, the last updated first.
 * @public
 */
export interface ChangePage {
  readonly changes: readonly HostChange[];
  /** Opaque; absent on the last page. */
  readonly nextCursor?: string;
}

/**
 * Where git fetches a repository from.
 * @public
 */
export interface CloneAddress {
  /** Without credentials in it. */
  readonly url: string;
  /** Headers of the requests, which hold the credentials. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A file of a repository, as it is on a commit or a branch.
 * @public
 */
export interface HostFileQuery extends HostRepository {
  readonly path: string;
  /** A commit, or the name of a branch. */
  readonly ref: string;
  /** Of a file that has more, the text is not told. */
  readonly maxBytes: number;
}

/**
 * What a file holds, or how many bytes it has where those are too many.
 * @public
 */
export type HostFileContent =
  | { readonly text: string }
  | { readonly tooLarge: number };

/**
 * The state of a check on a head, shown by the host beside the change.
 * @public
 */
export interface HostCheck extends HostRepository {
  readonly headSha: string;
  /** The same for good: what is written again under it replaces what was there. */
  readonly name: string;
  /** `neutral` lets a change pass and claims nothing. */
  readonly state: 'pending' | 'success' | 'neutral' | 'failure';
  /** One line. */
  readonly title: string;
  /** Markdown, where the host shows any. */
  readonly summary: string;
  readonly url: string;
  /**
   * Digest of the explanation that reviewers may assess by buttons, where the host has
   * any: it is told with each press. Absent where there is nothing to assess.
   */
  readonly explanation?: string;
}

/**
 * The line of a check for hosts that have no neutral state, and show a success instead:
 * it says that nobody has found anything.
 * @public
 */
export function titleWithoutNeutral({
  state,
  title,
}: Pick<HostCheck, 'state' | 'title'>): string {
  return state === 'neutral' ? `No verdict: ${title}` : title;
}

/**
 * What a host answers when it does not do what it is asked.
 *
 * - `not-found`: there is no such thing, or our credentials may not see it.
 * - `forbidden`: our credentials do not suffice.
 * - `rate-limited`: we are to wait for `retryAfterSeconds`.
 * - `unavailable`: it gave no answer, or one that is an error of its own.
 *
 * @public
 */
export class ChangeHostError extends Error {
  readonly code: 'not-found' | 'forbidden' | 'rate-limited' | 'unavailable';
  readonly retryAfterSeconds?: number;

  constructor(
    code: ChangeHostError['code'],
    message: string,
    retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'ChangeHostError';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Who delivers to `POST /api/understanding/hooks/<id>`.
 * @public
 */
export interface HookSource {
  /** The last part of its hook's path; small letters, digits and hyphens. */
  readonly id: string;

  /** Whether a configured secret has signed these bytes; undefined where none has. */
  verify(request: HookRequest): DeliveryHeaders | undefined;

  /** What a delivery says; pure. */
  parse(delivery: Delivery): ParsedDelivery;
}

/**
 * A host of changes: where people propose, review and merge them.
 *
 * @remarks
 *
 * The way of a delivery:
 *
 * 1. The raw bytes of `POST /api/understanding/hooks/<id>` are read, up to 25 MB.
 * 2. `verify` looks whether one of the configured secrets has signed them. It parses
 *    nothing and asks nobody, takes the same time wherever a signature differs, and
 *    answers 401 by returning undefined.
 * 3. One row of the inbox is committed, unless a delivery with that id or with those
 *    very bytes is there already; then the host gets its 202.
 * 4. A worker calls `parse`, which is pure, and writes what the facts say, each in the
 *    place of what was known at an earlier time of the host.
 * 5. `readChange` is asked for what no delivery tells (files, commits, all reviews),
 *    and wherever two deliveries of one instant differ.
 *
 * What was missed is found by `requestRedelivery` and `listChanges`.
 *
 * Methods that ask the host throw {@link ChangeHostError}, and nothing of a request,
 * a secret or an answer's body gets into its message.
 *
 * @public
 */
export interface ChangeHost extends HookSource {
  /** Its instances, as in source locations, e.g. `github.com`; in lower case. */
  readonly instances: readonly string[];

  /** Asks for one change; undefined when it is gone. */
  readChange(
    change: HostRepository & { readonly number: number },
    options: HostCallOptions,
  ): Promise<ChangeReading | undefined>;

  /** Asks for one page of a repository's changes, with one request. */
  listChanges(
    query: HostRepository & { readonly cursor?: string },
    options: HostCallOptions,
  ): Promise<ChangePage>;

  /**
   * Asks an instance to send again what it could not deliver since an instant; absent
   * where hosts cannot. It may stop early when `onRequest` throws, and is called again.
   *
   * @returns how many deliveries it asked for
   */
  requestRedelivery?(
    query: { readonly host: string; readonly since: string },
    options: HostCallOptions,
  ): Promise<number>;

  /**
   * Reads one file of a repository with one request; absent where hosts cannot.
   *
   * @returns undefined where that commit has no such file
   */
  readFile?(
    query: HostFileQuery,
    options: HostCallOptions,
  ): Promise<HostFileContent | undefined>;

  /** Where a repository is fetched from, with credentials that suffice to read it. */
  cloneAddress(
    repository: HostRepository,
    options: HostCallOptions,
  ): Promise<CloneAddress>;

  /**
   * Whether somebody may review changes of a repository, by rights that it gave them;
   * absent where a host cannot tell, and then whoever may comment counts.
   */
  mayReview?(
    account: HostRepository & { readonly login: string },
    options: HostCallOptions,
  ): Promise<boolean>;

  /** Shows a check on a head; the host keeps one of each name. */
  writeCheck(check: HostCheck, options: HostCallOptions): Promise<void>;

  /**
   * Whether a head still shows a check as it was written, with one request; absent
   * where hosts cannot tell.
   */
  showsCheck?(check: HostCheck, options: HostCallOptions): Promise<boolean>;

  /**
   * What the merge queue of a branch waits for now, with one request; absent where
   * hosts have no such queues.
   */
  listMergeGroups?(
    query: HostRepository & { readonly branch: string },
    options: HostCallOptions,
  ): Promise<readonly HostMergeGroup[]>;
}

/**
 * Adds change hosts.
 * @public
 */
export interface UnderstandingChangeHostExtensionPoint {
  addChangeHost(host: ChangeHost): void;
}

/**
 * Adds change hosts.
 * @public
 */
export const understandingChangeHostExtensionPoint =
  createExtensionPoint<UnderstandingChangeHostExtensionPoint>({
    id: 'understanding.changeHost',
  });

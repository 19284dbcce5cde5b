import {
  ChangeReading,
  HostChange,
  HostCommit,
  HostFact,
  HostFile,
  HostMergeGroup,
  HostRepository,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHost,
  ChangeHostError,
  ChangePage,
  CloneAddress,
  Delivery,
  DeliveryHeaders,
  HookRequest,
  HostCallOptions,
  HostCheck,
  HostFileContent,
  HostFileQuery,
  ParsedDelivery,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { createHmac, timingSafeEqual } from 'node:crypto';

const SECRET = 'a secret of the stand-in host';
const PAGE = 100;

/** A host's own truth of one change. */
export interface HostedChange {
  change: HostChange;
  files: HostFile[];
  filesTruncated?: boolean;
  reviews: HostReview[];
  message?: string;
  commits?: HostCommit[];
  commitsTruncated?: boolean;
}

/**
 * A change host that lives in the test: it signs, tells facts as they are, and answers
 * from what it holds. What it is asked for it counts, and it fails as it is told.
 */
export class StandInHost implements ChangeHost {
  readonly id = 'standin';
  readonly instances = ['code.acme.example'];
  /** By id. */
  readonly hosted = new Map<string, HostedChange>();
  /** Deliveries that did not arrive, by an id of the host's own. */
  readonly failed = new Map<string, HookRequest>();
  /** How a delivery that is asked for again is delivered. */
  redeliver: (request: HookRequest) => Promise<void> = async () => {};
  /** Thrown by every question, while it is set. */
  failure: ChangeHostError | undefined;
  /** Where its repositories are fetched from. */
  clone = (_: HostRepository): CloneAddress => {
    throw new ChangeHostError('not-found', 'There is nothing to clone');
  };
  /** Texts of files, by repository, commit or branch, and path. */
  readonly files = new Map<string, string>();
  requests = 0;
  /** Thrown by every question who may review, while it is set. */
  rightsFailure: ChangeHostError | undefined;
  /** Accounts that may comment, but not review. */
  readonly outsiders = new Set<string>();
  /** Thrown by every attempt to show a check, while it is set. */
  checkFailure: ChangeHostError | undefined;
  checkAttempts = 0;
  /** How often it was asked what it shows. */
  checkReads = 0;
  /** Whether checks are shown, and nobody is told that they are. */
  losesAnswers = false;
  /** What its merge queues wait for, by branch. */
  readonly queued = new Map<string, HostMergeGroup[]>();
  /** What is shown, by head. */
  readonly checks = new Map<string, HostCheck>();
  /** Every check that was written, in order. */
  readonly written: HostCheck[] = [];

  /** A signed request that tells some facts. */
  request(
    facts: readonly HostFact[] | string,
    deliveryId?: string,
  ): HookRequest {
    const body = Buffer.from(
      typeof facts === 'string' ? facts : JSON.stringify(facts),
    );
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-event': 'facts',
        'x-signature': sign(body),
        ...(deliveryId && { 'x-delivery': deliveryId }),
      },
    };
  }

  verify({ headers, body }: HookRequest): DeliveryHeaders | undefined {
    const given = Buffer.from(headers['x-signature'] ?? '');
    const expected = Buffer.from(sign(body));
    return given.length === expected.length && timingSafeEqual(given, expected)
      ? {
          deliveryId: headers['x-delivery'],
          event: headers['x-event'] ?? 'unknown',
        }
      : undefined;
  }

  parse({ event, body }: Delivery): ParsedDelivery {
    if (event !== 'facts') {
      return { type: 'ignored', reason: `Events ${event} are not needed` };
    }
    try {
      return { type: 'facts', facts: JSON.parse(body.toString('utf8')) };
    } catch {
      return { type: 'not-understood', reason: 'It is no JSON' };
    }
  }

  async readChange(
    { host, repository, number }: Parameters<ChangeHost['readChange']>[0],
    options: HostCallOptions,
  ): Promise<ChangeReading | undefined> {
    this.#ask(options);
    const found = [...this.hosted.values()].find(
      ({ change }) =>
        change.host === host &&
        change.repository === repository &&
        change.number === number,
    );
    return (
      found && {
        change: found.change,
        files: found.files,
        filesTruncated: found.filesTruncated ?? false,
        commits: found.commits ?? [
          { sha: found.change.headSha, message: found.message ?? 'A change' },
        ],
        commitsTruncated: found.commitsTruncated ?? false,
        reviews: found.reviews,
      }
    );
  }

  async listChanges(
    { host, repository, cursor }: Parameters<ChangeHost['listChanges']>[0],
    options: HostCallOptions,
  ): Promise<ChangePage> {
    this.#ask(options);
    const all = [...this.hosted.values()]
      .map(({ change }) => change)
      .filter(one => one.host === host && one.repository === repository)
      .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
    const start = Number(cursor ?? 0);
    return {
      changes: all.slice(start, start + PAGE),
      nextCursor: start + PAGE < all.length ? String(start + PAGE) : undefined,
    };
  }

  async requestRedelivery(
    _query: { host: string; since: string },
    options: HostCallOptions,
  ): Promise<number> {
    this.#ask(options);
    let asked = 0;
    for (const [id, request] of [...this.failed]) {
      this.#ask(options);
      await this.redeliver(request);
      this.failed.delete(id);
      asked += 1;
    }
    return asked;
  }

  async readFile(
    { repository, path, ref, maxBytes }: HostFileQuery,
    options: HostCallOptions,
  ): Promise<HostFileContent | undefined> {
    this.#ask(options);
    const text = this.files.get(`${repository} ${ref} ${path}`);
    if (text === undefined) {
      return undefined;
    }
    return text.length > maxBytes ? { tooLarge: text.length } : { text };
  }

  async cloneAddress(repository: HostRepository): Promise<CloneAddress> {
    return this.clone(repository);
  }

  async mayReview(
    { login }: { login: string },
    options: HostCallOptions,
  ): Promise<boolean> {
    options.onRequest();
    if (this.rightsFailure) {
      throw this.rightsFailure;
    }
    return !this.outsiders.has(login);
  }

  async writeCheck(check: HostCheck, options: HostCallOptions): Promise<void> {
    options.signal.throwIfAborted();
    options.onRequest();
    this.checkAttempts += 1;
    if (this.checkFailure) {
      throw this.checkFailure;
    }
    this.checks.set(check.headSha, check);
    this.written.push(check);
    if (this.losesAnswers) {
      throw new ChangeHostError('unavailable', 'The answer was lost');
    }
  }

  async showsCheck(check: HostCheck): Promise<boolean> {
    this.checkReads += 1;
    if (this.checkFailure) {
      throw this.checkFailure;
    }
    const { state, title } = this.checks.get(check.headSha) ?? {};
    return state === check.state && title === check.title;
  }

  async listMergeGroups(
    { repository, branch }: HostRepository & { readonly branch: string },
    options: HostCallOptions,
  ): Promise<HostMergeGroup[]> {
    this.#ask(options);
    const groups = this.queued.get(branch) ?? [];
    return groups.filter(one => one.repository === repository);
  }

  #ask(options: HostCallOptions): void {
    options.signal.throwIfAborted();
    options.onRequest();
    this.requests += 1;
    if (this.failure) {
      throw this.failure;
    }
  }
}

function sign(body: Buffer): string {
  return createHmac('sha256', SECRET).update(body).digest('hex');
}

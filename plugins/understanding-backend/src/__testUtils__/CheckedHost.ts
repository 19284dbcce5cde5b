import {
  HostChange,
  HostFact,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  HookRequest,
  HostCheck,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HOST, file } from './changes';
import { explained } from './explanations';
import { StandInHost } from './StandInHost';

/** How the host fails, each as a share of its answers. */
export interface Faults {
  /** 500, or no answer at all, also after it has done what it was asked. */
  readonly failing: number;
  /** Of all that is asked in some seconds, 403 or 429 with Retry-After. */
  readonly limiting: number;
}

/** What became of the checks of all changes. */
export interface CheckOutcome {
  readonly opened: number;
  /** Milliseconds from an opening that was delivered to its first check, sorted. */
  readonly pendingMillis: readonly number[];
  /** The same of those whose delivery was dropped. */
  readonly droppedMillis: readonly number[];
  /** Without any check. */
  readonly expected: number;
  /** With a check that waits, or says something else than what is true. */
  readonly unsettled: number;
  /** Green ones that were written without a valid explanation. */
  readonly falselyGreen: number;
  readonly requests: number;
  readonly failures: number;
}

interface Opening {
  readonly change: HostChange;
  readonly openedAt: number;
  readonly dropped: boolean;
  /** What is true of it in the end. */
  readonly accepted: boolean;
  firstAt?: number;
  state?: HostCheck['state'];
}

const REPOSITORIES = 50;

/**
 * The server of a host on which changes are opened, explained or not, and assessed or
 * not; it keeps the checks that it is told, when, and whether they are true.
 */
export class CheckedHost {
  readonly #standIn = new StandInHost();
  readonly #openings = new Map<string, Opening>();
  readonly #byNumber = new Map<number, Opening>();
  readonly #server: Server;
  readonly #random: () => number;
  faults: Faults = { failing: 0, limiting: 0 };
  #limitedUntil = 0;
  #falselyGreen = 0;
  #requests = 0;
  #failures = 0;

  static async start(random: () => number): Promise<CheckedHost> {
    const host = new CheckedHost(random);
    await new Promise<void>(done =>
      host.#server.listen(0, '127.0.0.1', () => done()),
    );
    return host;
  }

  private constructor(random: () => number) {
    this.#random = random;
    this.#server = createServer(async (req, res) => {
      const question = JSON.parse(await text(req));
      this.#requests += 1;
      const now = performance.now();
      if (now < this.#limitedUntil) {
        this.#failures += 1;
        const status = this.#random() < 0.5 ? 403 : 429;
        res.writeHead(status, { 'retry-after': '1' }).end('{}');
        return;
      }
      if (this.#random() < this.faults.limiting) {
        this.#limitedUntil = now + 2000;
      }
      const isFailing = this.#random() < this.faults.failing;
      // Half of them did what they were asked before.
      const answer =
        isFailing && this.#random() < 0.5
          ? {}
          : this.#answer((req.url ?? '').slice(1), question);
      if (isFailing) {
        this.#failures += 1;
        if (this.#random() < 0.5) {
          req.socket.destroy();
        } else {
          res.writeHead(500).end('{}');
        }
        return;
      }
      res.end(JSON.stringify(answer));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(done => this.#server.close(() => done()));
  }

  /**
   * Opens a change: a third is not explained, a third waits for a reviewer, and of a
   * third the explanation is accepted.
   *
   * @returns what is delivered of it; nothing where that is dropped
   */
  open(number: number, dropped: boolean): HookRequest[] {
    const fate = number % 3;
    const now = new Date();
    const at = (second: number) =>
      new Date(now.getTime() - 60_000 + second * 1000).toISOString();
    const change: HostChange = {
      id: `${HOST}/change/${number}`,
      host: HOST,
      repository: `acme/r${number % REPOSITORIES}`,
      number,
      url: `https://${HOST}/acme/r${number % REPOSITORIES}/pull/${number}`,
      title: `Change ${number}`,
      description: fate === 0 ? '' : explained(`${number} times`),
      author: { login: 'ada', bot: false },
      headSha: `${number}`.padStart(40, '0'),
      baseBranch: 'main',
      state: 'open',
      draft: false,
      labels: [],
      requestedReviewers: [],
      createdAt: at(0),
      updatedAt: at(0),
    };
    const opening: Opening = {
      change,
      openedAt: performance.now(),
      dropped,
      accepted: fate === 2,
    };
    this.#openings.set(change.headSha, opening);
    this.#byNumber.set(number, opening);
    const facts: HostFact[] = [];
    if (!dropped) {
      facts.push({ type: 'change', change });
    }
    if (opening.accepted) {
      facts.push({
        type: 'comment',
        host: HOST,
        repository: change.repository,
        comment: {
          id: `${change.id}/comment`,
          changeId: change.id,
          author: { login: 'bob', bot: false },
          body: '/understanding genuine',
          createdAt: at(20),
          updatedAt: at(20),
          deleted: false,
        },
      });
    }
    return facts.map((fact, index) =>
      this.#standIn.request([fact], `opening-${number}-${index}`),
    );
  }

  outcome(): CheckOutcome {
    const all = [...this.#openings.values()];
    const millis = (some: readonly Opening[]) =>
      some
        .flatMap(one => (one.firstAt ? [one.firstAt - one.openedAt] : []))
        .sort((a, b) => a - b);
    return {
      opened: all.length,
      pendingMillis: millis(all.filter(one => !one.dropped)),
      droppedMillis: millis(all.filter(one => one.dropped)),
      expected: all.filter(one => !one.state).length,
      unsettled: all.filter(
        one => one.state !== (one.accepted ? 'success' : 'failure'),
      ).length,
      falselyGreen: this.#falselyGreen,
      requests: this.#requests,
      failures: this.#failures,
    };
  }

  #answer(what: string, question: Record<string, any>): object {
    switch (what) {
      case 'readChange': {
        const found = this.#byNumber.get(question.number);
        return {
          reading: found && {
            change: found.change,
            files: [file('src/a.ts')],
            filesTruncated: false,
            commits: [
              {
                sha: found.change.headSha,
                message: 'A change',
                login: 'ada',
              },
            ],
            commitsTruncated: false,
            reviews: [],
          },
        };
      }
      case 'listChanges':
        return { page: this.#page(question) };
      case 'mayReview':
        return { may: true };
      default:
        this.#show(question as HostCheck);
        return {};
    }
  }

  #page(question: Record<string, any>): object {
    const changes = [...this.#byNumber.values()]
      .map(one => one.change)
      .filter(one => one.repository === question.repository)
      .reverse();
    const start = Number(question.cursor ?? 0);
    return {
      changes: changes.slice(start, start + 100),
      nextCursor:
        start + 100 < changes.length ? String(start + 100) : undefined,
    };
  }

  #show({ headSha, state }: HostCheck): void {
    const opening = this.#openings.get(headSha);
    if (opening) {
      opening.firstAt ??= performance.now();
      opening.state = state;
      this.#falselyGreen += state === 'success' && !opening.accepted ? 1 : 0;
    }
  }
}

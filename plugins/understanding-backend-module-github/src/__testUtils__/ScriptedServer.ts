import {
  IncomingMessage,
  Server,
  ServerResponse,
  createServer,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What came, for tests to look at. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Answer {
  /** 200 by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer instead of the usual one. */
export type ScriptedAnswer =
  | Answer
  /** Ends the connection without an answer. */
  | 'reset'
  /** Says nothing until the client gives up. */
  | 'hang';

/** Options of {@link ScriptedServer}. */
export interface ScriptedServerOptions {
  readonly answer: (request: ReceivedRequest) => Answer;
  /** Requests that are neither kept nor scripted. */
  readonly ignores: (request: ReceivedRequest) => boolean;
}

/** A server on this machine that answers in JSON, unless a test wants it to fail. */
export class ScriptedServer {
  /** All that was asked. */
  readonly requests: ReceivedRequest[] = [];
  readonly #options: ScriptedServerOptions;
  readonly #scripted: ScriptedAnswer[] = [];
  readonly #server: Server;

  static async start(options: ScriptedServerOptions): Promise<ScriptedServer> {
    const server = new ScriptedServer(options);
    await new Promise<void>(done =>
      server.#server.listen(0, '127.0.0.1', done),
    );
    return server;
  }

  private constructor(options: ScriptedServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(error => response.destroy(error));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The next requests are answered by these, one each. */
  answerNext(...answers: ScriptedAnswer[]): void {
    this.#scripted.push(...answers);
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(done => this.#server.close(() => done()));
  }

  async #handle(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await text(incoming);
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      authorization: incoming.headers.authorization,
      body: body ? JSON.parse(body) : {},
    };
    let answer: ScriptedAnswer | undefined;
    if (!this.#options.ignores(request)) {
      this.requests.push(request);
      answer = this.#scripted.shift();
    }
    answer ??= this.#options.answer(request);
    if (answer === 'reset') {
      incoming.socket.destroy();
    } else if (answer !== 'hang') {
      response
        .writeHead(answer.status ?? 200, {
          'content-type': 'application/json; charset=utf-8',
          ...answer.headers,
        })
        .end(JSON.stringify(answer.body ?? {}));
    }
  }
}

import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { UnderstandingClient } from '../../UnderstandingClient';

interface Received {
  readonly method?: string;
  readonly url?: string;
  readonly contentType?: string;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly body: string;
}

/** A server that keeps what it receives, and answers all of it with what it is told. */
export class AnsweringServer {
  readonly client: UnderstandingClient;
  received: Received[] = [];
  readonly #server = createServer();
  #answer = { status: 204, body: '' };

  static create(): AnsweringServer {
    return new AnsweringServer();
  }

  private constructor() {
    this.client = UnderstandingClient.create({
      discoveryApi: {
        getBaseUrl: async pluginId => {
          const { port } = this.#server.address() as AddressInfo;
          return `http://127.0.0.1:${port}/api/${pluginId}`;
        },
      },
      fetchApi: { fetch },
    });
    this.#server.on('request', async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      this.received.push({
        method: request.method,
        url: request.url,
        contentType: request.headers['content-type'],
        ifMatch: request.headers['if-match'],
        ifNoneMatch: request.headers['if-none-match'],
        body,
      });
      response.writeHead(this.#answer.status, {
        'Content-Type': 'application/json',
      });
      response.end(this.#answer.body);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done));
  }

  answer(body: unknown, status: number = 200): void {
    this.#answer = {
      status,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }
}

/** One for all tests of a file, that forgets before each what it received. */
export function useAnsweringServer(): AnsweringServer {
  const server = AnsweringServer.create();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    server.received = [];
  });
  return server;
}

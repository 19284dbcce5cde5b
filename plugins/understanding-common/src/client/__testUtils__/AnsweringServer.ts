import { Server, createServer } from 'node:http';
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
  readonly #server: Server;
  #answer = { status: 204, body: '' };

  static async start(): Promise<AnsweringServer> {
    const server = createServer();
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return new AnsweringServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.client = UnderstandingClient.create({
      discoveryApi: {
        getBaseUrl: async pluginId =>
          `http://127.0.0.1:${port}/api/${pluginId}`,
      },
      fetchApi: { fetch },
    });
    server.on('request', async (request, response) => {
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

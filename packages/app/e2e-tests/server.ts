import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createOwnRepository } from './ownRepository';

const checkout = resolve(__dirname, '../../..');

/** An alert as a webhook received it. */
export interface ReceivedAlert {
  readonly id: string;
  readonly type: string;
  readonly data: { entityRef: string; rule: string };
}

/** The whole product as `npm start` runs it, on free ports and with data of its own. */
export class Server {
  readonly appUrl: string;
  readonly backendUrl: string;
  /** Below it, repositories may be read. */
  readonly folder: string;
  readonly alerts: ReceivedAlert[] = [];
  readonly #env: Record<string, string>;
  readonly #receiver: ReturnType<typeof createServer>;
  #child: ChildProcess | undefined;
  #output = '';

  static async create(): Promise<Server> {
    const alerts: ReceivedAlert[] = [];
    const receiver = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        const { type, data } = JSON.parse(body);
        alerts.push({ id: String(request.headers['webhook-id']), type, data });
        response.end();
      });
    });
    const port = await listen(receiver);
    const [appPort, backendPort] = [await freePort(), await freePort()];
    return new Server({ alerts, receiver, port, appPort, backendPort });
  }

  private constructor(options: {
    alerts: ReceivedAlert[];
    receiver: ReturnType<typeof createServer>;
    port: number;
    appPort: number;
    backendPort: number;
  }) {
    const { appPort, backendPort } = options;
    this.alerts = options.alerts;
    this.#receiver = options.receiver;
    this.appUrl = `http://localhost:${appPort}`;
    this.backendUrl = `http://localhost:${backendPort}`;
    this.folder = mkdtempSync(join(tmpdir(), 'understanding-e2e-'));
    createOwnRepository(join(this.folder, 'own'));
    this.#env = {
      APP_PORT: String(appPort),
      BACKEND_PORT: String(backendPort),
      APP_CONFIG_backend_database_connection: JSON.stringify({
        directory: join(this.folder, 'database'),
      }),
      APP_CONFIG_catalog_locations: JSON.stringify([
        { type: 'file', target: '../../catalog-info.yaml' },
        { type: 'file', target: '../../examples/catalog/all.yaml' },
        { type: 'file', target: join(this.folder, 'own/catalog-info.yaml') },
      ]),
      APP_CONFIG_understanding_repositories_localRoots: JSON.stringify([
        '../..',
        this.folder,
      ]),
      APP_CONFIG_understanding_catalog_syncInterval: JSON.stringify({
        seconds: 2,
      }),
      APP_CONFIG_search_collators_understanding_schedule: JSON.stringify({
        frequency: { seconds: 5 },
        timeout: { minutes: 1 },
        initialDelay: { seconds: 3 },
      }),
      APP_CONFIG_understanding_alerts_webhooks: JSON.stringify({
        'platform-alerts': { url: `http://127.0.0.1:${options.port}/` },
      }),
    };
  }

  /** Resolves when `npm start` says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: checkout,
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#output = '';
    await new Promise<void>((done, fail) => {
      const read = (chunk: Buffer) => {
        this.#output += chunk;
        if (this.#output.includes(`Ready at ${this.appUrl}`)) {
          done();
        }
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('close', () =>
        fail(new Error(`npm start ended by itself: ${this.#output}`)),
      );
    });
  }

  /** Resolves when every history of the example and of this project has been read. */
  async read(): Promise<void> {
    for (;;) {
      const { items } = await this.get('/entities?kind=component&limit=200');
      const read = items.filter(
        (item: any) => item.documentState !== 'unknown',
      );
      if (read.length >= 22 && read.length === items.length) {
        return;
      }
      await new Promise(done => setTimeout(done, 500));
    }
  }

  /** As Ctrl-C does; returns the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null) {
      return child?.exitCode ?? null;
    }
    const ended = new Promise<number | null>(done => child.once('close', done));
    child.kill('SIGINT');
    return ended;
  }

  async dispose(): Promise<void> {
    await this.stop();
    this.#receiver.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Asks the API as the guest. */
  async get(path: string): Promise<any> {
    return (await this.#fetch(path)).json();
  }

  /** Sends something to the API as the guest. */
  async send(
    method: 'POST' | 'PUT',
    path: string,
    options: { body: unknown; headers?: Record<string, string> },
  ): Promise<Response> {
    return this.#fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json', ...options.headers },
      body: JSON.stringify(options.body),
    });
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const session = await fetch(`${this.backendUrl}/api/auth/guest/refresh`, {
      method: 'POST',
    }).then(response => response.json());
    return fetch(`${this.backendUrl}/api/understanding${path}`, {
      ...init,
      headers: {
        ...init.headers,
        Authorization: `Bearer ${session.backstageIdentity.token}`,
      },
    });
  }
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise(done =>
    server.listen(0, '127.0.0.1', () =>
      done((server.address() as AddressInfo).port),
    ),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise(done => server.close(done));
  return port;
}

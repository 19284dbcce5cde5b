import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import {
  IncomingMessage,
  Server,
  ServerResponse,
  createServer,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { Repository } from './Repository';

/** Who may fetch; a canary that must be seen nowhere else. */
export const PASSWORD = 'c4n4ry-s3cret';
export const AUTHORIZATION = `Basic ${Buffer.from(
  `reader:${PASSWORD}`,
).toString('base64')}`;

/** What the server does with a request instead of answering it. */
export type Misbehaviour =
  | { readonly type: 'status'; readonly status: number; readonly body?: string }
  | { readonly type: 'redirect'; readonly to: string }
  /** It says nothing any more. */
  | { readonly type: 'hang' }
  /** A byte of a never-ending answer, now and then. */
  | { readonly type: 'trickle' }
  /** It ends the connection in the middle of its answer. */
  | { readonly type: 'cut' }
  /** The pack never ends. */
  | { readonly type: 'endless' };

/**
 * A host of repositories that speaks git's smart HTTP, by the real `git http-backend`,
 * to whoever has the password; and misbehaves as a test says.
 */
export class GitServer {
  /** Of the requests that came, e.g. `GET /acme/shop.git/info/refs`. */
  requests: string[] = [];
  /** Requests among them that asked for contents. */
  fetches = 0;
  /** What happens to every request from now on. */
  misbehaviour?: Misbehaviour;
  readonly #folder = realpathSync(
    mkdtempSync(join(tmpdir(), 'understanding-git-server-')),
  );
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #onRequest = () => {};

  static async create(): Promise<GitServer> {
    const server = new GitServer();
    await new Promise<void>(done =>
      server.#server.listen(0, '127.0.0.1', done),
    );
    return server;
  }

  private constructor() {
    this.#server = createServer((request, response) =>
      this.#answer(request, response).catch(() => response.destroy()),
    );
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async dispose(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    await new Promise(done => this.#server.close(done));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A repository that it serves as `<path>.git`. */
  repository(path: string): Repository {
    return Repository.create(this.#folderOf(path));
  }

  remove(path: string): void {
    rmSync(this.#folderOf(path), { recursive: true });
  }

  /** Serves a repository, as it is now, that lies elsewhere. */
  copy(from: string, path: string): void {
    cpSync(from, this.#folderOf(path), { recursive: true });
  }

  /** Resolves when the next request comes. */
  nextRequest(): Promise<void> {
    return new Promise(done => {
      this.#onRequest = done;
    });
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  #folderOf(path: string): string {
    return join(this.#folder, `${path}.git`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const { method, url = '/' } = request;
    this.requests.push(`${method} ${url.split('?')[0]}`);
    this.#onRequest();
    const misbehaviour = this.misbehaviour;
    if (misbehaviour && misbehaviour.type !== 'endless') {
      await misbehave(misbehaviour, response);
      return;
    }
    if (request.headers.authorization !== AUTHORIZATION) {
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="git"' })
        .end();
      return;
    }
    const body = await buffer(request);
    const isFetch = body.includes('command=fetch');
    this.fetches += isFetch ? 1 : 0;
    if (misbehaviour && isFetch) {
      await (body.includes('0009done') ? sendEndlessPack : sendNothingInCommon)(
        response,
      );
      return;
    }
    await this.#runBackend(request, body, response);
  }

  async #runBackend(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ) {
    const { pathname, search } = new URL(request.url ?? '/', this.url);
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        HOME: this.#folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        GIT_PROJECT_ROOT: this.#folder,
        GIT_HTTP_EXPORT_ALL: '1',
        REQUEST_METHOD: request.method,
        PATH_INFO: decodeURIComponent(pathname),
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers['content-type'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => {});
    child.stdin.end(body);
    const output = await buffer(child.stdout);
    const end = output.indexOf('\r\n\r\n');
    const headers = output.toString('latin1', 0, end).split('\r\n');
    const status = headers.find(line => line.startsWith('Status: '));
    response.writeHead(
      status ? Number(status.split(' ')[1]) : 200,
      headers
        .filter(line => line && !line.startsWith('Status: '))
        .flatMap(line => line.split(': ', 2)),
    );
    response.end(output.subarray(end + 4));
  }
}

async function misbehave(
  misbehaviour: Exclude<Misbehaviour, { type: 'endless' }>,
  response: ServerResponse,
): Promise<void> {
  switch (misbehaviour.type) {
    case 'status':
      response
        .writeHead(misbehaviour.status, { 'content-type': 'text/plain' })
        .end(misbehaviour.body);
      break;
    case 'redirect':
      response.writeHead(301, { location: misbehaviour.to }).end();
      break;
    case 'trickle':
      response.writeHead(200, {
        'content-type': 'application/x-git-upload-pack-advertisement',
      });
      response.write('001e# service=git-upload-pack\n0000ffff');
      while (!response.destroyed) {
        response.write('x'.repeat(200));
        await sleep(50);
      }
      break;
    case 'cut':
      response.writeHead(200, {
        'content-type': 'application/x-git-upload-pack-advertisement',
      });
      response.write('001e# service=git-upload-pack\n0000', () =>
        response.destroy(),
      );
      break;
    case 'hang':
    default:
  }
}

const RESULT = { 'content-type': 'application/x-git-upload-pack-result' };

/** As protocol version 2 has it, to which a length begins everything. */
function packet(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length = (bytes.length + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(length), bytes]);
}

async function sendNothingInCommon(response: ServerResponse): Promise<void> {
  response
    .writeHead(200, RESULT)
    .end(
      Buffer.concat([
        packet('acknowledgments\n'),
        packet('NAK\n'),
        Buffer.from('0000'),
      ]),
    );
}

/** A pack of one object of a terabyte. */
async function sendEndlessPack(response: ServerResponse): Promise<void> {
  response.writeHead(200, RESULT);
  response.write(packet('packfile\n'));
  const band = (content: Buffer) =>
    packet(Buffer.concat([Buffer.from([1]), content]));
  response.write(
    band(
      Buffer.concat([
        Buffer.from('PACK\0\0\0\x02\0\0\0\x01'),
        sizeOfBlob(2 ** 40),
        // zlib, no compression
        Buffer.from([0x78, 0x01]),
      ]),
    ),
  );
  response.setMaxListeners(0);
  const noise = randomBytes(32_768);
  const block = Buffer.concat([
    Buffer.from([0x00, 0x00, 0x80, 0xff, 0x7f]),
    noise,
  ]);
  while (!response.destroyed) {
    if (!response.write(band(block))) {
      await Promise.race([
        new Promise(done => response.once('drain', done)),
        new Promise(done => response.once('close', done)),
      ]);
    }
  }
}

/** Type and size of an object in a pack. */
function sizeOfBlob(size: number): Buffer {
  const blob = 3;
  let rest = Math.floor(size / 16);
  const bytes = [(blob << 4) | size % 16 | (rest > 0 ? 0x80 : 0)];
  while (rest > 0) {
    const next = Math.floor(rest / 128);
    bytes.push(rest % 128 | (next > 0 ? 0x80 : 0));
    rest = next;
  }
  return Buffer.from(bytes);
}

import { JsonObject, JsonValue } from '@backstage/types';
import { IncomingHttpHeaders, Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';

/** What goes wrong at the next request. */
export type Fault =
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | 'reset'
  | 'cut'
  | 'flood'
  | 'hang';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body?: JsonObject;
}

/** A merge request with all that belongs to it, in the words of the API. */
export interface StandInMergeRequest {
  readonly attributes: JsonObject & { iid: number };
  readonly diffs: JsonObject[];
  readonly commits: JsonObject[];
  readonly approvals: JsonObject;
  readonly notes: JsonObject[];
}

/**
 * A local server that stands in for GitLab's API: projects by path or number, pages,
 * redirects of moved projects, commit statuses with their transitions, and whatever
 * faults a test asks for.
 */
export class StandInGitlab {
  readonly token = 'glpat-secret-of-the-api';
  readonly requests: ReceivedRequest[] = [];
  /** One for each request to come. */
  readonly faults: Fault[] = [];
  readonly projects = new Map<string, StandInMergeRequest[]>();
  /** Paths that projects had before. */
  readonly moved = new Map<string, string>();
  /** Texts of files, by commit or branch, and path. */
  readonly files = new Map<string, string>();
  readonly statuses: JsonObject[] = [];
  /** Of every project. */
  readonly members: JsonObject[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (req, res) => {
      const url = new URL(req.url ?? '', 'http://gitlab');
      const body = await text(req);
      this.requests.push({
        method: req.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: req.headers,
        body: body ? JSON.parse(body) : undefined,
      });
      const fault = this.faults.shift();
      if (fault === 'hang') {
        return;
      }
      if (fault === 'reset') {
        req.socket.destroy();
        return;
      }
      if (fault === 'cut') {
        res.writeHead(200, { 'content-length': '1000' });
        res.write('[{"id":', () => req.socket.destroy());
        return;
      }
      if (fault === 'flood') {
        res.writeHead(200);
        pipeline(endless(), res, () => {});
        return;
      }
      if (fault) {
        res.writeHead(fault.status, fault.headers).end(fault.body);
        return;
      }
      const { status, headers, value } = this.#answer(req, url, body);
      res
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done));
    return this.url;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/v4`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(done => this.#server.close(() => done()));
  }

  #answer(
    req: { method?: string; headers: IncomingHttpHeaders },
    url: URL,
    body: string,
  ): { status: number; headers?: Record<string, string>; value: JsonValue } {
    if (req.headers.authorization !== `Bearer ${this.token}`) {
      return { status: 401, value: { message: '401 Unauthorized' } };
    }
    const [, path = '', kind, id, part] =
      /^\/api\/v4\/projects\/([^/]+)(?:\/([^/]+)(?:\/([^/]+)(?:\/([^/]+)(?:\/[^/]+)?)?)?)?$/.exec(
        url.pathname,
      ) ?? [];
    const project = decodeURIComponent(path).toLowerCase();
    const newPath = this.moved.get(project);
    if (newPath) {
      return req.method === 'GET'
        ? {
            status: 302,
            headers: {
              location: url.href
                .replace('http://gitlab', new URL(this.url).origin)
                .replace(path, encodeURIComponent(newPath)),
            },
            value: {},
          }
        : { status: 405, value: { message: '405 Method Not Allowed' } };
    }
    const mergeRequests = this.projects.get(project);
    if (!mergeRequests) {
      return { status: 404, value: { message: '404 Project Not Found' } };
    }
    if (!kind) {
      return { status: 200, value: { id: 5, path_with_namespace: project } };
    }
    if (kind === 'members') {
      const wanted = url.searchParams.get('query') ?? '';
      return page(
        url,
        this.members.filter(one =>
          String(one.username).toLowerCase().includes(wanted),
        ),
      );
    }
    if (kind === 'statuses') {
      return this.#setStatus(id, JSON.parse(body));
    }
    const ofCommit = /\/repository\/commits\/(\w+)\/statuses$/.exec(
      url.pathname,
    );
    if (ofCommit) {
      return page(
        url,
        this.statuses
          .filter(one => one.sha === ofCommit[1])
          .map(({ state, ...one }) => ({ ...one, status: state })),
      );
    }
    if (kind === 'repository') {
      return this.#file(
        `${url.searchParams.get('ref')} ${decodeURIComponent(part ?? '')}`,
      );
    }
    if (!id) {
      return page(
        url,
        mergeRequests
          .map(one => one.attributes)
          .sort((a, b) =>
            String(a.updated_at) < String(b.updated_at) ? 1 : -1,
          ),
      );
    }
    const found = mergeRequests.find(one => String(one.attributes.iid) === id);
    if (!found) {
      return { status: 404, value: { message: '404 Not found' } };
    }
    switch (part) {
      case undefined:
        return { status: 200, value: found.attributes };
      case 'diffs':
        return page(url, found.diffs);
      case 'commits':
        return page(url, found.commits);
      case 'notes':
        return page(url, found.notes);
      default:
        return { status: 200, value: found.approvals };
    }
  }

  #file(at: string): { status: number; value: JsonValue } {
    const content = this.files.get(at);
    return content === undefined
      ? { status: 404, value: { message: '404 File Not Found' } }
      : {
          status: 200,
          value: {
            size: Buffer.byteLength(content),
            encoding: 'base64',
            content: Buffer.from(content).toString('base64'),
          },
        };
  }

  #setStatus(sha: string, status: JsonObject) {
    const last = this.statuses.find(
      one => one.sha === sha && one.name === status.name,
    );
    if (last?.state === 'pending' && status.state === 'pending') {
      return {
        status: 400,
        value: {
          message: `Cannot transition status via :enqueue from :pending (Reason(s): Status cannot transition via "enqueue")`,
        },
      };
    }
    if (last) {
      this.statuses.splice(this.statuses.indexOf(last), 1);
    }
    this.statuses.push({ sha, ...status });
    return { status: 201, value: { id: this.statuses.length } };
  }
}

/** White space, with which JSON may begin. */
function* endless() {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  for (;;) {
    yield chunk;
  }
}

function page(url: URL, items: JsonObject[]) {
  const number = Number(url.searchParams.get('page') ?? 1);
  const size = Number(url.searchParams.get('per_page') ?? 20);
  const more = items.length > number * size;
  return {
    status: 200,
    headers: { 'x-next-page': more ? String(number + 1) : '' },
    value: items.slice((number - 1) * size, number * size),
  };
}

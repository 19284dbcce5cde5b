import {
  DeliveryRecord,
  EntitySummary,
  EntityUnderstanding,
  IngestStatus,
  KeepDraftRequest,
  WhoUnderstandsResponse,
  deliveryPageSchema,
  coverageQuerySchema,
  draftQuerySchema,
  entityFacetsSchema,
  entitySummaryPageSchema,
  ingestStatusSchema,
  keepDraftRequestSchema,
  listDeliveriesQuerySchema,
  listEntitiesQuerySchema,
  rollUpCoverage,
  whoUnderstandsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';

const DELIVERIES = '/admin/ingest/deliveries';
const DRAFTS = '/explanations/drafts';
const BASE = '/api/understanding';
const STATUS_NAMES: Record<number, string> = {
  400: 'InputError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  503: 'ServiceUnavailableError',
};

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly more: object = {},
  ) {
    super(message);
  }
}

/**
 * Answers requests as the understanding backend does, in place of the network: the
 * same paths, queries checked by the same schemas, and the same bodies of errors.
 */
export class StandInBackend {
  entities: EntitySummary[] = [];
  stillReading = false;
  details: EntityUnderstanding[] = [];
  answers: WhoUnderstandsResponse[] = [];
  ingest: IngestStatus | undefined;
  /** The newest first. */
  deliveries: DeliveryRecord[] = [];
  /** Answers of other paths, by path or by method and path. */
  readonly others = new Map<string, unknown>();
  /** Drafts that are kept, by their keys. */
  readonly drafts = new Map<string, KeepDraftRequest>();
  /** What was sent to change something, in order. */
  readonly sent: Array<{
    method: string;
    path: string;
    body: unknown;
    /** The entity tag of the version that was read; `*` where nothing was there. */
    read?: string;
  }> = [];
  /** What was asked below the plugin's path, in order. */
  readonly requests: URL[] = [];
  readonly #refusals = new Map<string, Refusal>();
  readonly #held = new Map<string, Promise<void>>();

  static start(): StandInBackend {
    const backend = new StandInBackend();
    jest
      .spyOn(global, 'fetch')
      .mockImplementation(async (input, init) =>
        backend.#respond(String(input), init),
      );
    return backend;
  }

  /** Requests of a path fail from now on. */
  refuse(path: string, status: number, message: string, more = {}): void {
    this.#refusals.set(path, new Refusal(status, message, more));
  }

  /** Requests of a path succeed again. */
  recover(path: string): void {
    this.#refusals.delete(path);
  }

  /** Requests of a path wait until the function that is returned is called. */
  hold(path: string): () => void {
    let release = () => {};
    this.#held.set(path, new Promise<void>(resolve => (release = resolve)));
    return release;
  }

  /** The queries with which a path was asked, in order. */
  queries(path: string): Record<string, string>[] {
    return this.requests
      .filter(url => url.pathname === BASE + path)
      .map(url => Object.fromEntries(url.searchParams));
  }

  async #respond(input: string, init?: RequestInit): Promise<Response> {
    const url = new URL(input);
    this.requests.push(url);
    const path = url.pathname.replace(BASE, '');
    await this.#held.get(path);
    const method = init?.method ?? 'GET';
    if (method !== 'GET') {
      this.sent.push({
        method,
        path,
        body: init?.body ? JSON.parse(String(init.body)) : undefined,
        read: readVersionOf(new Headers(init?.headers)),
      });
    }
    try {
      const refusal = this.#refusals.get(path);
      if (refusal) {
        throw refusal;
      }
      if (method === 'POST' && path.startsWith(`${DELIVERIES}/`)) {
        this.#replay(path);
        return new Response(null, { status: 204 });
      }
      if (path === DRAFTS) {
        return this.#draft(method, url, init);
      }
      return json(
        200,
        this.others.get(`${method} ${path}`) ??
          this.#answer(path, Object.fromEntries(url.searchParams)),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      const { more, status, message } = error;
      return json(status, {
        error: { name: STATUS_NAMES[status], message, ...more },
        request: { method: 'GET', url: path },
        response: { statusCode: status },
      });
    }
  }

  #draft(method: string, url: URL, init?: RequestInit): Response {
    if (method === 'PUT') {
      const draft = keepDraftRequestSchema.parse(
        JSON.parse(String(init?.body)),
      );
      this.drafts.set(draft.key, draft);
      return new Response(null, { status: 204 });
    }
    const { key } = draftQuerySchema.parse(
      Object.fromEntries(url.searchParams),
    );
    if (method === 'DELETE') {
      this.drafts.delete(key);
      return new Response(null, { status: 204 });
    }
    const draft = this.drafts.get(key);
    return json(200, {
      draft: draft && { ...draft, savedAt: '2026-03-01T12:00:00.000Z' },
    });
  }

  #answer(path: string, query: Record<string, string>): unknown {
    if (this.others.has(path)) {
      return this.others.get(path);
    }
    switch (path) {
      case '/entities':
        return this.#list(parse(listEntitiesQuerySchema, query));
      case '/entities/coverage':
        return this.#coverage(parse(coverageQuerySchema, query).by);
      case '/entities/facets':
        return this.#facets();
      case '/who-understands':
        return this.#lookup(parse(whoUnderstandsQuerySchema, query).query);
      case '/who-understands/suggestions':
        return { items: [] };
      case '/admin/ingest':
        return ingestStatusSchema.parse(this.ingest);
      case DELIVERIES:
        return this.#listDeliveries(parse(listDeliveriesQuerySchema, query));
      default:
        return this.#detail(path.replace('/entities/by-name/', ''));
    }
  }

  #list(query: ReturnType<typeof listEntitiesQuerySchema.parse>) {
    const { kind, owner, flag, q, orderBy, limit } = query;
    const found = this.entities.filter(
      entity =>
        (!kind || entity.kind === kind) &&
        (!owner || entity.ownerRef === owner) &&
        (!flag || entity.flags.some(({ rule }) => rule === flag)) &&
        (!q || entity.title.toLowerCase().includes(q.toLowerCase())),
    );
    if (orderBy === 'title:desc') {
      found.reverse();
    }
    const start = Number(query.cursor ?? 0);
    const end = start + limit;
    return entitySummaryPageSchema.parse({
      items: found.slice(start, end),
      nextCursor: end < found.length ? String(end) : undefined,
      totalItems: found.length,
      stillReading: (this.stillReading && found.length === 0) || undefined,
    });
  }

  #listDeliveries(query: ReturnType<typeof listDeliveriesQuerySchema.parse>) {
    const { state, limit, cursor } = query;
    const found = this.deliveries.filter(one => one.state === state);
    // Like the back end's, a cursor is a place in time, whatever leaves before it.
    const rest = found.filter(one => !cursor || one.receivedAt < cursor);
    const items = rest.slice(0, limit);
    return deliveryPageSchema.parse({
      items,
      nextCursor: rest.length > limit ? items[limit - 1].receivedAt : undefined,
      totalItems: found.length,
    });
  }

  #replay(path: string): void {
    const [, id] =
      new RegExp(`^${DELIVERIES}/([^/]+)/replay$`).exec(path) ?? [];
    const delivery = this.deliveries.find(
      one => one.id === id && one.state === 'dead',
    );
    if (!delivery) {
      throw new Refusal(
        404,
        `There is no dead letter ${id}; it may have been replayed already.`,
      );
    }
    Object.assign(delivery, {
      state: 'pending',
      reason: undefined,
      settledAt: undefined,
    });
  }

  #coverage(by: 'team' | 'system') {
    const items = rollUpCoverage(this.entities, by);
    return { items, totalItems: items.length };
  }

  #facets() {
    const owners = new Map(
      this.entities.flatMap(({ ownerRef, ownerTitle }) =>
        ownerRef ? [[ownerRef, ownerTitle ?? ownerRef]] : [],
      ),
    );
    return entityFacetsSchema.parse({
      owners: [...owners].map(([ref, title]) => ({ ref, title })),
      systems: [],
    });
  }

  #lookup(query: string) {
    return (
      this.answers.find(answer => answer.query === query) ?? {
        query,
        answers: [],
        truncated: false,
      }
    );
  }

  #detail(name: string) {
    const found = this.details.find(
      ({ summary: { kind, namespace, name: ownName } }) =>
        name === `${kind}/${namespace}/${ownName}`,
    );
    if (!found) {
      throw new Refusal(404, `Nothing is known of ${name}`);
    }
    return found;
  }
}

function parse<T>(schema: { parse(value: unknown): T }, value: unknown): T {
  try {
    return schema.parse(value);
  } catch (error) {
    const { issues } = error as {
      issues: { path: string[]; message: string }[];
    };
    throw new Refusal(400, `${issues[0].path.join('.')}: ${issues[0].message}`);
  }
}

function readVersionOf(headers: Headers): string | undefined {
  return headers.get('if-match') ?? headers.get('if-none-match') ?? undefined;
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
}

import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  DeliveryPage,
  AcceptRiskRequest,
  Assumption,
  AssumptionContent,
  AssumptionPage,
  ClassifyEdgeRequest,
  Comment,
  Comments,
  CoverageQuery,
  CoverageResponse,
  Edge,
  EdgePage,
  EntitiesByRefsRequest,
  EntitiesByRefsResponse,
  EntityFacets,
  EntitySummaryPage,
  EntityUnderstanding,
  FailureMode,
  FailureModeContent,
  FailureModeFileResponse,
  FailureModeHistory,
  FailureModePage,
  FailureTest,
  FailureTests,
  FlagPage,
  IngestStatus,
  ListDeliveriesQuery,
  GraphQuery,
  GraphResponse,
  ListAssumptionsQuery,
  ListEntitiesQuery,
  ListFailureModesQuery,
  ListFlagsQuery,
  OutageRequest,
  OutageResponse,
  Promised,
  RecordTestRequest,
  SetExpectationRequest,
  SidesResponse,
  StructureResponse,
  VerifyAssumptionRequest,
  WhoUnderstandsResponse,
  deliveryPageSchema,
  WithdrawAcceptanceQuery,
  assumptionPageSchema,
  assumptionSchema,
  commentSchema,
  commentsSchema,
  coverageResponseSchema,
  edgePageSchema,
  edgeSchema,
  entitiesByRefsResponseSchema,
  entityFacetsSchema,
  entityRefSchema,
  entitySummaryPageSchema,
  entityUnderstandingSchema,
  failureModeFileResponseSchema,
  failureModeHistorySchema,
  failureModePageSchema,
  failureModeSchema,
  failureTestSchema,
  failureTestsSchema,
  flagPageSchema,
  ingestStatusSchema,
  graphResponseSchema,
  outageResponseSchema,
  sidesResponseSchema,
  structureResponseSchema,
  whoUnderstandsResponseSchema,
} from './schemas';

/**
 * What can be asked of the understanding backend.
 * @public
 */
export interface UnderstandingApi {
  /** Summaries of entities, a page at a time. */
  listEntities(query: ListEntitiesQuery): Promise<EntitySummaryPage>;
  /** The owners and systems that entities can be filtered by. */
  getFacets(): Promise<EntityFacets>;
  /** Summaries in the order asked for, `null` where nothing is known. */
  getEntitiesByRefs(
    request: EntitiesByRefsRequest,
  ): Promise<EntitiesByRefsResponse>;
  /** Everything about one entity; fails with a `NotFoundError` response. */
  getEntity(entityRef: string): Promise<EntityUnderstanding>;
  /** Who understands what the question names. */
  whoUnderstands(query: string): Promise<WhoUnderstandsResponse>;
  /** Findings, newest first. */
  listFlags(query: ListFlagsQuery): Promise<FlagPage>;
  /** How ingest is doing; for admins. */
  getIngestStatus(): Promise<IngestStatus>;
  /** Deliveries in a state, dead letters by default, newest first; for admins. */
  listDeliveries(query: ListDeliveriesQuery): Promise<DeliveryPage>;
  /**
   * Lets a dead letter be read again; fails with a `NotFoundError` response where it
   * is none any more. For admins.
   */
  replayDelivery(id: string): Promise<void>;
  /** The dependencies of an entity as they are now, with their answers. */
  listEdges(entityRef: string): Promise<EdgePage>;
  /** The coverage of all entities, by team or system. */
  getCoverage(query: CoverageQuery): Promise<CoverageResponse>;
  /** Says how much an entity depends on another. */
  classifyEdge(entityRef: string, request: ClassifyEdgeRequest): Promise<Edge>;
  /** Accepts that nothing is done about a condition of an edge. */
  acceptRisk(entityRef: string, request: AcceptRiskRequest): Promise<void>;
  withdrawAcceptance(
    entityRef: string,
    query: WithdrawAcceptanceQuery,
  ): Promise<void>;
  /** Failure modes, newest first. */
  listFailureModes(query: ListFailureModesQuery): Promise<FailureModePage>;
  createFailureMode(content: FailureModeContent): Promise<FailureMode>;
  /**
   * Makes a new version of the one that was read; fails with a `ConflictError`
   * response that has both, when somebody else was faster.
   */
  updateFailureMode(
    id: string,
    version: number,
    content: FailureModeContent,
  ): Promise<FailureMode>;
  removeFailureMode(id: string, version: number): Promise<void>;
  /** Every version, with what it says otherwise than the one before. */
  getFailureModeHistory(id: string): Promise<FailureModeHistory>;
  listComments(failureModeId: string): Promise<Comments>;
  addComment(failureModeId: string, text: string): Promise<Comment>;
  listTests(failureModeId: string): Promise<FailureTests>;
  recordTest(
    failureModeId: string,
    test: RecordTestRequest,
  ): Promise<FailureTest>;
  /** Confirms that the caller took part in a test. */
  confirmTest(failureModeId: string, testId: string): Promise<FailureTest>;
  /** A planned test, as a calendar file. */
  getTestCalendar(failureModeId: string, testId: string): Promise<string>;
  /** The file in which an entity keeps its failure modes, if it does. */
  getFailureModeFile(entityRef: string): Promise<FailureModeFileResponse>;
  /** The failure modes of an entity as YAML, to be kept beside its code. */
  exportFailureModes(entityRef: string): Promise<string>;
  /** What entities rest on, newest first. */
  listAssumptions(query: ListAssumptionsQuery): Promise<AssumptionPage>;
  createAssumption(content: AssumptionContent): Promise<Assumption>;
  /** As {@link UnderstandingApi.updateFailureMode}. */
  updateAssumption(
    id: string,
    version: number,
    content: AssumptionContent,
  ): Promise<Assumption>;
  /** Says whether an assumption still holds, and until when. */
  verifyAssumption(
    id: string,
    request: VerifyAssumptionRequest,
  ): Promise<Assumption>;
  /** What an entity counts on and promises, beside the other side of each. */
  getSides(entityRef: string): Promise<SidesResponse>;
  setExpectation(
    entityRef: string,
    request: SetExpectationRequest,
  ): Promise<SidesResponse>;
  setPromise(entityRef: string, promise: Promised): Promise<SidesResponse>;
  /** Who is hit when an entity fails in some way. */
  simulateOutage(request: OutageRequest): Promise<OutageResponse>;
  /** What is around an entity. */
  getGraph(query: GraphQuery): Promise<GraphResponse>;
  /** Circles, single points of failure and hot spots. */
  getStructure(): Promise<StructureResponse>;
}

/**
 * Options of {@link UnderstandingClient.create}.
 * @public
 */
export interface UnderstandingClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/**
 * Talks to the understanding backend over HTTP. Every answer is parsed with the
 * schemas of this package, so a backend of another version fails here, in words.
 * @public
 */
export class UnderstandingClient implements UnderstandingApi {
  readonly #options: UnderstandingClientOptions;

  static create(options: UnderstandingClientOptions): UnderstandingClient {
    return new UnderstandingClient(options);
  }

  private constructor(options: UnderstandingClientOptions) {
    this.#options = options;
  }

  listEntities(query: ListEntitiesQuery) {
    return this.#request(entitySummaryPageSchema, `/entities${search(query)}`);
  }

  getFacets() {
    return this.#request(entityFacetsSchema, '/entities/facets');
  }

  getEntitiesByRefs(request: EntitiesByRefsRequest) {
    return this.#request(
      entitiesByRefsResponseSchema,
      '/entities/by-refs',
      send('POST', request),
    );
  }

  async getEntity(entityRef: string) {
    return this.#request(entityUnderstandingSchema, pathOf(entityRef));
  }

  whoUnderstands(query: string) {
    return this.#request(
      whoUnderstandsResponseSchema,
      `/who-understands${search({ query })}`,
    );
  }

  listFlags(query: ListFlagsQuery) {
    return this.#request(flagPageSchema, `/flags${search(query)}`);
  }

  getIngestStatus() {
    return this.#request(ingestStatusSchema, '/admin/ingest');
  }

  listDeliveries(query: ListDeliveriesQuery) {
    return this.#request(
      deliveryPageSchema,
      `/admin/ingest/deliveries${search(query)}`,
    );
  }

  async replayDelivery(id: string) {
    await this.#fetch(
      `/admin/ingest/deliveries/${encodeURIComponent(id)}/replay`,
      { method: 'POST' },
    );
  }

  getCoverage(query: CoverageQuery) {
    return this.#request(
      coverageResponseSchema,
      `/entities/coverage${search(query)}`,
    );
  }

  async listEdges(entityRef: string) {
    return this.#request(edgePageSchema, `${pathOf(entityRef)}/edges`);
  }

  async classifyEdge(entityRef: string, request: ClassifyEdgeRequest) {
    return this.#request(
      edgeSchema,
      `${pathOf(entityRef)}/edges`,
      send('PUT', request),
    );
  }

  async acceptRisk(entityRef: string, request: AcceptRiskRequest) {
    const path = `${pathOf(entityRef)}/edges/acceptances`;
    await this.#fetch(path, send('PUT', request));
  }

  async withdrawAcceptance(entityRef: string, query: WithdrawAcceptanceQuery) {
    const path = `${pathOf(entityRef)}/edges/acceptances${search(query)}`;
    await this.#fetch(path, { method: 'DELETE' });
  }

  listFailureModes(query: ListFailureModesQuery) {
    return this.#request(
      failureModePageSchema,
      `/failure-modes${search(query)}`,
    );
  }

  createFailureMode(content: FailureModeContent) {
    return this.#request(
      failureModeSchema,
      '/failure-modes',
      send('POST', content),
    );
  }

  updateFailureMode(id: string, version: number, content: FailureModeContent) {
    return this.#request(
      failureModeSchema,
      modePath(id),
      send('PUT', content, version),
    );
  }

  async removeFailureMode(id: string, version: number) {
    await this.#fetch(modePath(id), send('DELETE', undefined, version));
  }

  getFailureModeHistory(id: string) {
    return this.#request(failureModeHistorySchema, `${modePath(id)}/history`);
  }

  listComments(failureModeId: string) {
    return this.#request(commentsSchema, `${modePath(failureModeId)}/comments`);
  }

  addComment(failureModeId: string, text: string) {
    return this.#request(
      commentSchema,
      `${modePath(failureModeId)}/comments`,
      send('POST', { text }),
    );
  }

  listTests(failureModeId: string) {
    return this.#request(
      failureTestsSchema,
      `${modePath(failureModeId)}/tests`,
    );
  }

  recordTest(failureModeId: string, test: RecordTestRequest) {
    return this.#request(
      failureTestSchema,
      `${modePath(failureModeId)}/tests`,
      send('POST', test),
    );
  }

  confirmTest(failureModeId: string, testId: string) {
    const path = `${testPath(failureModeId, testId)}/confirmations`;
    return this.#request(failureTestSchema, path, { method: 'POST' });
  }

  async getTestCalendar(failureModeId: string, testId: string) {
    const path = `${testPath(failureModeId, testId)}/calendar.ics`;
    return (await this.#fetch(path)).text();
  }

  getFailureModeFile(entityRef: string) {
    return this.#request(
      failureModeFileResponseSchema,
      `/failure-modes/file${search({ entity: entityRef })}`,
    );
  }

  async exportFailureModes(entityRef: string) {
    const path = `/failure-modes/export${search({ entity: entityRef })}`;
    return (await this.#fetch(path)).text();
  }

  listAssumptions(query: ListAssumptionsQuery) {
    return this.#request(assumptionPageSchema, `/assumptions${search(query)}`);
  }

  createAssumption(content: AssumptionContent) {
    return this.#request(
      assumptionSchema,
      '/assumptions',
      send('POST', content),
    );
  }

  updateAssumption(id: string, version: number, content: AssumptionContent) {
    return this.#request(
      assumptionSchema,
      `/assumptions/${encodeURIComponent(id)}`,
      send('PUT', content, version),
    );
  }

  verifyAssumption(id: string, request: VerifyAssumptionRequest) {
    return this.#request(
      assumptionSchema,
      `/assumptions/${encodeURIComponent(id)}/verifications`,
      send('POST', request),
    );
  }

  async getSides(entityRef: string) {
    return this.#request(sidesResponseSchema, `${pathOf(entityRef)}/sides`);
  }

  async setExpectation(entityRef: string, request: SetExpectationRequest) {
    return this.#request(
      sidesResponseSchema,
      `${pathOf(entityRef)}/sides/expectation`,
      send('PUT', request),
    );
  }

  async setPromise(entityRef: string, promise: Promised) {
    return this.#request(
      sidesResponseSchema,
      `${pathOf(entityRef)}/sides/promise`,
      send('PUT', promise),
    );
  }

  simulateOutage(request: OutageRequest) {
    return this.#request(
      outageResponseSchema,
      '/simulations/outage',
      send('POST', request),
    );
  }

  getGraph(query: GraphQuery) {
    return this.#request(graphResponseSchema, `/graph${search(query)}`);
  }

  getStructure() {
    return this.#request(structureResponseSchema, '/graph/structure');
  }

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
    init?: RequestInit,
  ): Promise<z.infer<T>> {
    const response = await this.#fetch(path, init);
    return schema.parse(await response.json());
  }

  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const { discoveryApi, fetchApi } = this.#options;
    const baseUrl = await discoveryApi.getBaseUrl('understanding');
    const response = await fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** @param version - the one that was read, where somebody else may change it */
function send(
  method: 'POST' | 'PUT' | 'DELETE',
  body: unknown,
  version?: number,
): RequestInit {
  return {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

function pathOf(entityRef: string): string {
  const [, kind, namespace, name] =
    /^(.+?):(.+?)\/(.+)$/.exec(entityRefSchema.parse(entityRef)) ?? [];
  return `/entities/by-name/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

function modePath(id: string): string {
  return `/failure-modes/${encodeURIComponent(id)}`;
}

function testPath(failureModeId: string, testId: string): string {
  return `${modePath(failureModeId)}/tests/${encodeURIComponent(testId)}`;
}

function search(query: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      params.set(key, String(value));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  CreateAssessmentRequest,
  CreateExplanationRequest,
  CreateExplanationResponse,
  EntitiesByRefsRequest,
  EntitiesByRefsResponse,
  EntityFacets,
  EntitySummaryPage,
  EntityUnderstanding,
  ExplanationPage,
  ExplanationRecord,
  FlagPage,
  ListEntitiesQuery,
  ListExplanationsQuery,
  ListFlagsQuery,
  WhoUnderstandsResponse,
  createExplanationResponseSchema,
  entitiesByRefsResponseSchema,
  entityFacetsSchema,
  entityRefSchema,
  entitySummaryPageSchema,
  entityUnderstandingSchema,
  explanationPageSchema,
  explanationRecordSchema,
  flagPageSchema,
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
  /** Explanations of changes, newest first. */
  listExplanations(query: ListExplanationsQuery): Promise<ExplanationPage>;
  /** One explanation with its versions and assessments. */
  getExplanation(id: string): Promise<ExplanationRecord>;
  /** Explains a change, or entities without one; the next version where one is known. */
  createExplanation(
    request: CreateExplanationRequest,
  ): Promise<CreateExplanationResponse>;
  /** Says whether the explanation of somebody else shows understanding. */
  assessExplanation(
    id: string,
    request: CreateAssessmentRequest,
  ): Promise<ExplanationRecord>;
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
      post(request),
    );
  }

  async getEntity(entityRef: string) {
    const [, kind, namespace, name] =
      /^(.+?):(.+?)\/(.+)$/.exec(entityRefSchema.parse(entityRef)) ?? [];
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return this.#request(
      entityUnderstandingSchema,
      `/entities/by-name/${path}`,
    );
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

  listExplanations(query: ListExplanationsQuery) {
    return this.#request(
      explanationPageSchema,
      `/explanations${search(query)}`,
    );
  }

  getExplanation(id: string) {
    return this.#request(
      explanationRecordSchema,
      `/explanations/${encodeURIComponent(id)}`,
    );
  }

  createExplanation(request: CreateExplanationRequest) {
    return this.#request(
      createExplanationResponseSchema,
      '/explanations',
      post(request),
    );
  }

  assessExplanation(id: string, request: CreateAssessmentRequest) {
    return this.#request(
      explanationRecordSchema,
      `/explanations/${encodeURIComponent(id)}/assessments`,
      post(request),
    );
  }

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
    init?: RequestInit,
  ): Promise<z.infer<T>> {
    const { discoveryApi, fetchApi } = this.#options;
    const baseUrl = await discoveryApi.getBaseUrl('understanding');
    const response = await fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return schema.parse(await response.json());
  }
}

function post(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
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

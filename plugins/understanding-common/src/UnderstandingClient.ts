import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  AbsenceQuery,
  AcceptRiskRequest,
  AssessWalkthroughRequest,
  AssumptionContent,
  ClassifyEdgeRequest,
  CoverageQuery,
  CreateAssessmentRequest,
  CreateExemptionRequest,
  CreateExplanationRequest,
  EntitiesByRefsRequest,
  ExplanationDebtOverviewQuery,
  ExplanationPolicyQuery,
  FailureModeContent,
  GraphQuery,
  ListAssumptionsQuery,
  ListDeliveriesQuery,
  ListEntitiesQuery,
  ListExplanationDebtsQuery,
  ListExplanationsQuery,
  ListFailureModesQuery,
  ListFlagsQuery,
  ListMyExplanationsQuery,
  ListTaughtSessionsQuery,
  OutageRequest,
  PayDebtRequest,
  Promised,
  RecordTestRequest,
  SetExpectationRequest,
  VerifyAssumptionRequest,
  deliveryPageSchema,
  draftResponseSchema,
  WithdrawAcceptanceQuery,
  WriteWalkthroughRequest,
  assumptionHistorySchema,
  assumptionPageSchema,
  assumptionSchema,
  commentSchema,
  commentsSchema,
  coverageResponseSchema,
  createExplanationResponseSchema,
  edgePageSchema,
  edgeSchema,
  entitiesByRefsResponseSchema,
  entityFacetsSchema,
  entitySummaryPageSchema,
  entityUnderstandingSchema,
  exemptionSchema,
  exemptionsSchema,
  explanationDebtOverviewSchema,
  explanationDebtPageSchema,
  explanationPageSchema,
  explanationPolicyResponseSchema,
  explanationRecordSchema,
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
  readingPathSchema,
  readingsSchema,
  sidesResponseSchema,
  structureResponseSchema,
  taughtSessionsSchema,
  suggestionsResponseSchema,
  walkthroughSchema,
  whoUnderstandsResponseSchema,
  CorrectRequest,
  DepartureRequest,
  KeepDraftRequest,
  ProposeEvidenceRequest,
  SuggestedRequest,
  TeamEntitiesQuery,
  aboutMeSchema,
  absenceOfGroupSchema,
  absenceResponseSchema,
  teamEntitiesSchema,
  departureResponseSchema,
  handEvidenceSchema,
  botPageSchema,
  contradictionPageSchema,
  identityCandidatePageSchema,
  identityLinkPageSchema,
  leaverPageSchema,
  mailmapReadingSchema,
  myIdentitiesSchema,
  ListIdentitiesQuery,
  ReadMailmapRequest,
  DecideIdentitiesRequest,
  UndoIdentityQuery,
} from './schemas';
import {
  assumptionPath,
  modePath,
  pathOf,
  readingPathOf,
  DRAFTS_PATH,
  sessionsPathOf,
  search,
  send,
  testPath,
  evidencePath,
} from './requests';
import { UnderstandingApi } from './UnderstandingApi';

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

  suggestQuestions(query: string) {
    return this.#request(
      suggestionsResponseSchema,
      `/who-understands/suggestions${search({ query })}`,
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

  listAbsence(query: AbsenceQuery = {}) {
    return this.#request(
      absenceResponseSchema,
      `/absence-factors${search(query)}`,
    );
  }

  getAbsence(groupRef: string) {
    return this.#request(
      absenceOfGroupSchema,
      pathOf(groupRef).replace('/entities/', '/absence-factors/'),
    );
  }

  listTeamEntities(teamRef: string, query: TeamEntitiesQuery) {
    return this.#request(
      teamEntitiesSchema,
      `${pathOf(teamRef).replace('/entities/', '/teams/')}/entities${search(
        query,
      )}`,
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

  async classifyEdge(
    entityRef: string,
    version: number,
    request: ClassifyEdgeRequest,
  ) {
    return this.#request(
      edgeSchema,
      `${pathOf(entityRef)}/edges`,
      send('PUT', request, version),
    );
  }

  async acceptRisk(
    entityRef: string,
    version: number,
    request: AcceptRiskRequest,
  ) {
    const path = `${pathOf(entityRef)}/edges/acceptances`;
    await this.#fetch(path, send('PUT', request, version));
  }

  async withdrawAcceptance(
    entityRef: string,
    version: number,
    query: WithdrawAcceptanceQuery,
  ) {
    const path = `${pathOf(entityRef)}/edges/acceptances${search(query)}`;
    await this.#fetch(path, send('DELETE', undefined, version));
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

  rewriteTest(
    failureModeId: string,
    testId: string,
    version: number,
    test: RecordTestRequest,
  ) {
    return this.#request(
      failureTestSchema,
      testPath(failureModeId, testId),
      send('PUT', test, version),
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
      assumptionPath(id),
      send('PUT', content, version),
    );
  }

  getAssumptionHistory(id: string) {
    return this.#request(
      assumptionHistorySchema,
      `${assumptionPath(id)}/history`,
    );
  }

  verifyAssumption(
    id: string,
    version: number,
    request: VerifyAssumptionRequest,
  ) {
    return this.#request(
      assumptionSchema,
      `${assumptionPath(id)}/verifications`,
      send('POST', request, version),
    );
  }

  async getSides(entityRef: string) {
    return this.#request(sidesResponseSchema, `${pathOf(entityRef)}/sides`);
  }

  async setExpectation(
    entityRef: string,
    version: number,
    request: SetExpectationRequest,
  ) {
    return this.#request(
      sidesResponseSchema,
      `${pathOf(entityRef)}/sides/expectation`,
      send('PUT', request, version),
    );
  }

  async setPromise(entityRef: string, version: number, promise: Promised) {
    return this.#request(
      sidesResponseSchema,
      `${pathOf(entityRef)}/sides/promise`,
      send('PUT', promise, version),
    );
  }

  simulateOutage(request: OutageRequest) {
    return this.#request(
      outageResponseSchema,
      '/simulations/outage',
      send('POST', request),
    );
  }

  simulateDeparture(request: DepartureRequest) {
    return this.#request(
      departureResponseSchema,
      '/simulations/departure',
      send('POST', request),
    );
  }

  getAboutMe() {
    return this.#request(aboutMeSchema, '/me');
  }

  listIdentityCandidates(query: ListIdentitiesQuery) {
    return this.#request(
      identityCandidatePageSchema,
      `/identities/candidates${search(query)}`,
    );
  }

  listIdentityLinks(query: ListIdentitiesQuery) {
    return this.#request(
      identityLinkPageSchema,
      `/identities/links${search(query)}`,
    );
  }

  listContradictions(query: ListIdentitiesQuery) {
    return this.#request(
      contradictionPageSchema,
      `/identities/contradictions${search(query)}`,
    );
  }

  listLeavers(query: ListIdentitiesQuery) {
    return this.#request(
      leaverPageSchema,
      `/identities/leavers${search(query)}`,
    );
  }

  listBots(query: ListIdentitiesQuery) {
    return this.#request(botPageSchema, `/identities/bots${search(query)}`);
  }

  getMyIdentities() {
    return this.#request(myIdentitiesSchema, '/identities/mine');
  }

  readMailmap(request: ReadMailmapRequest) {
    return this.#request(
      mailmapReadingSchema,
      '/identities/mailmap',
      send('POST', request),
    );
  }

  async decideIdentities(request: DecideIdentitiesRequest) {
    await this.#fetch('/identities/links', send('POST', request));
  }

  async undoIdentity(query: UndoIdentityQuery) {
    await this.#fetch(
      `/identities/links${search(query)}`,
      send('DELETE', undefined),
    );
  }

  async setSuggested(request: SuggestedRequest) {
    await this.#fetch('/me/suggestions', send('PUT', request));
  }

  proposeEvidence(request: ProposeEvidenceRequest) {
    return this.#request(
      handEvidenceSchema,
      '/evidence',
      send('POST', request),
    );
  }

  decideEvidence(id: string, decision: 'confirmation' | 'refusal') {
    return this.#request(
      handEvidenceSchema,
      `${evidencePath(id)}/${decision}`,
      send('POST', undefined),
    );
  }

  async withdrawEvidence(id: string) {
    await this.#fetch(evidencePath(id), send('DELETE', undefined));
  }

  async correctUnderstanding(entityRef: string, request: CorrectRequest) {
    await this.#fetch(`${pathOf(entityRef)}/correction`, send('PUT', request));
  }

  async withdrawCorrection(entityRef: string) {
    await this.#fetch(
      `${pathOf(entityRef)}/correction`,
      send('DELETE', undefined),
    );
  }

  getGraph(query: GraphQuery) {
    return this.#request(graphResponseSchema, `/graph${search(query)}`);
  }

  getStructure() {
    return this.#request(structureResponseSchema, '/graph/structure');
  }

  listExplanations(query: ListExplanationsQuery) {
    return this.#request(
      explanationPageSchema,
      `/explanations${search(query)}`,
    );
  }

  listMyExplanations(query: ListMyExplanationsQuery) {
    return this.#request(
      explanationPageSchema,
      `/explanations/mine${search(query)}`,
    );
  }

  listExplanationDebts(query: ListExplanationDebtsQuery) {
    return this.#request(
      explanationDebtPageSchema,
      `/explanations/debts${search(query)}`,
    );
  }

  getExplanationDebtOverview(query: ExplanationDebtOverviewQuery) {
    return this.#request(
      explanationDebtOverviewSchema,
      `/explanations/debts/overview${search(query)}`,
    );
  }

  listTaughtSessions(explanationId: string, query: ListTaughtSessionsQuery) {
    return this.#request(
      taughtSessionsSchema,
      `${sessionsPathOf(explanationId)}${search(query)}`,
    );
  }

  payExplanationDebt(explanationId: string, request: PayDebtRequest) {
    return this.#request(
      explanationRecordSchema,
      sessionsPathOf(explanationId),
      send('POST', request),
    );
  }

  getExplanationPolicy(query: ExplanationPolicyQuery) {
    return this.#request(
      explanationPolicyResponseSchema,
      `/explanations/policy${search(query)}`,
    );
  }

  listExemptions(entity: string) {
    return this.#request(
      exemptionsSchema,
      `/explanations/exemptions${search({ entity })}`,
    );
  }

  createExemption(request: CreateExemptionRequest) {
    return this.#request(
      exemptionSchema,
      '/explanations/exemptions',
      send('POST', request),
    );
  }

  async endExemption(id: string) {
    await this.#fetch(
      `/explanations/exemptions/${encodeURIComponent(id)}`,
      send('DELETE', undefined),
    );
  }

  getExplanation(id: string) {
    return this.#request(
      explanationRecordSchema,
      `/explanations/${encodeURIComponent(id)}`,
    );
  }

  getDraft(key: string) {
    return this.#request(
      draftResponseSchema,
      `${DRAFTS_PATH}${search({ key })}`,
    );
  }

  async keepDraft(request: KeepDraftRequest) {
    await this.#fetch(DRAFTS_PATH, send('PUT', request));
  }

  async removeDraft(key: string) {
    await this.#fetch(
      `${DRAFTS_PATH}${search({ key })}`,
      send('DELETE', undefined),
    );
  }

  createExplanation(request: CreateExplanationRequest) {
    return this.#request(
      createExplanationResponseSchema,
      '/explanations',
      send('POST', request),
    );
  }

  assessExplanation(id: string, request: CreateAssessmentRequest) {
    return this.#request(
      explanationRecordSchema,
      `/explanations/${encodeURIComponent(id)}/assessments`,
      send('POST', request),
    );
  }

  getReadings(explanationId: string) {
    return this.#request(readingsSchema, readingPathOf(explanationId));
  }

  readExplanation(explanationId: string, helped: boolean) {
    return this.#request(
      readingsSchema,
      readingPathOf(explanationId),
      send('PUT', { helped }),
    );
  }

  async getWalkthrough(entityRef: string) {
    return this.#request(walkthroughSchema, `${pathOf(entityRef)}/walkthrough`);
  }

  async writeWalkthrough(entityRef: string, request: WriteWalkthroughRequest) {
    return this.#request(
      walkthroughSchema,
      `${pathOf(entityRef)}/walkthrough/versions`,
      send('POST', request),
    );
  }

  async assessWalkthrough(
    entityRef: string,
    request: AssessWalkthroughRequest,
  ) {
    return this.#request(
      walkthroughSchema,
      `${pathOf(entityRef)}/walkthrough/assessments`,
      send('POST', request),
    );
  }

  async readWalkthrough(entityRef: string, helped: boolean) {
    return this.#request(
      walkthroughSchema,
      `${pathOf(entityRef)}/walkthrough/reading`,
      send('PUT', { helped }),
    );
  }

  async getReadingPath(entityRef: string) {
    return this.#request(
      readingPathSchema,
      `${pathOf(entityRef)}/reading-path`,
    );
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

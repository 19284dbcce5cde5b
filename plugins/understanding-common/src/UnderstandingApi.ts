import {
  AbsenceOfGroup,
  AbsenceQuery,
  AbsenceResponse,
  AcceptRiskRequest,
  AssessWalkthroughRequest,
  Assumption,
  AssumptionContent,
  AssumptionHistory,
  AssumptionPage,
  ClassifyEdgeRequest,
  Comment,
  Comments,
  CoverageQuery,
  CoverageResponse,
  CreateAssessmentRequest,
  CreateExemptionRequest,
  CreateExplanationRequest,
  CreateExplanationResponse,
  DraftResponse,
  KeepDraftRequest,
  Edge,
  DeliveryPage,
  EdgePage,
  EntitiesByRefsRequest,
  EntitiesByRefsResponse,
  EntityFacets,
  EntitySummaryPage,
  EntityUnderstanding,
  Exemption,
  Exemptions,
  ExplanationDebtOverview,
  ExplanationDebtOverviewQuery,
  ExplanationDebtPage,
  ExplanationPage,
  ExplanationPolicyQuery,
  ExplanationPolicyResponse,
  ExplanationRecord,
  ExplanationVersionText,
  FailureMode,
  FailureModeContent,
  FailureModeFileResponse,
  FailureModeHistory,
  FailureModePage,
  FailureTest,
  FailureTests,
  FlagPage,
  GraphQuery,
  GraphResponse,
  IngestStatus,
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
  OutageResponse,
  PayDebtRequest,
  Promised,
  ReadingPath,
  Readings,
  RecordTestRequest,
  SetExpectationRequest,
  SidesResponse,
  StructureResponse,
  TaughtSessions,
  SuggestionsResponse,
  VerifyAssumptionRequest,
  Walkthrough,
  WhoUnderstandsResponse,
  WithdrawAcceptanceQuery,
  AboutMe,
  CorrectRequest,
  DepartureRequest,
  DepartureResponse,
  HandEvidence,
  HandEvidenceList,
  ProposeEvidenceRequest,
  SuggestedRequest,
  TeamEntities,
  TeamEntitiesQuery,
  WriteWalkthroughRequest,
  BotPage,
  ContradictionPage,
  DecideIdentitiesRequest,
  IdentityCandidatePage,
  IdentityLinkPage,
  LeaverPage,
  ListIdentitiesQuery,
  MailmapReading,
  MyIdentities,
  ReadMailmapRequest,
  UndoIdentityQuery,
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
  /** What may be meant by the beginning of a question. */
  suggestQuestions(query: string): Promise<SuggestionsResponse>;
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
  /** Who is left of the authors, of each team or system. */
  listAbsence(query?: AbsenceQuery): Promise<AbsenceResponse>;
  /** The same of one Group or System. */
  getAbsence(groupRef: string): Promise<AbsenceOfGroup>;
  /** What a team owns and does not understand, or understands and does not own. */
  listTeamEntities(
    teamRef: string,
    query: TeamEntitiesQuery,
  ): Promise<TeamEntities>;
  /** The coverage of all entities, by team or system. */
  getCoverage(query: CoverageQuery): Promise<CoverageResponse>;
  /**
   * Says how much an entity depends on another.
   *
   * @param version - of what was said that the caller has read; 0 where nobody said
   * anything. Fails as {@link UnderstandingApi.updateFailureMode}
   */
  classifyEdge(
    entityRef: string,
    version: number,
    request: ClassifyEdgeRequest,
  ): Promise<Edge>;
  /**
   * Accepts that nothing is done about a condition of an edge.
   *
   * @param version - as for {@link UnderstandingApi.classifyEdge}
   */
  acceptRisk(
    entityRef: string,
    version: number,
    request: AcceptRiskRequest,
  ): Promise<void>;
  withdrawAcceptance(
    entityRef: string,
    version: number,
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
  /** As {@link UnderstandingApi.updateFailureMode}. */
  rewriteTest(
    failureModeId: string,
    testId: string,
    version: number,
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
  /** Every version that was kept, and every time that somebody looked at it. */
  getAssumptionHistory(id: string): Promise<AssumptionHistory>;
  /** Says whether an assumption still holds, and until when. */
  verifyAssumption(
    id: string,
    version: number,
    request: VerifyAssumptionRequest,
  ): Promise<Assumption>;
  /** What an entity counts on and promises, beside the other side of each. */
  getSides(entityRef: string): Promise<SidesResponse>;
  /** @param version - as for {@link UnderstandingApi.classifyEdge} */
  setExpectation(
    entityRef: string,
    version: number,
    request: SetExpectationRequest,
  ): Promise<SidesResponse>;
  /** @param version - as for {@link UnderstandingApi.classifyEdge} */
  setPromise(
    entityRef: string,
    version: number,
    promise: Promised,
  ): Promise<SidesResponse>;
  /** Who is hit when an entity fails in some way. */
  simulateOutage(request: OutageRequest): Promise<OutageResponse>;
  /** What falls when people leave, and what restores it. */
  simulateDeparture(request: DepartureRequest): Promise<DepartureResponse>;
  /** All that is stored about the caller. */
  getAboutMe(): Promise<AboutMe>;
  /** Weaker matches of addresses and accounts with Users, by value. */
  listIdentityCandidates(
    query: ListIdentitiesQuery,
  ): Promise<IdentityCandidatePage>;
  /** What was decided about who is who. */
  listIdentityLinks(query: ListIdentitiesQuery): Promise<IdentityLinkPage>;
  /** Where the catalog contradicts itself, or somebody contradicts the catalog. */
  listContradictions(query: ListIdentitiesQuery): Promise<ContradictionPage>;
  /** Users who were removed or belong to no Group. */
  listLeavers(query: ListIdentitiesQuery): Promise<LeaverPage>;
  listBots(query: ListIdentitiesQuery): Promise<BotPage>;
  /** What may be the caller's, and what was decided about that. */
  getMyIdentities(): Promise<MyIdentities>;
  /** What the text of a `.mailmap` would link; nothing is linked by that. */
  readMailmap(request: ReadMailmapRequest): Promise<MailmapReading>;
  /** Confirms or refuses, all or none. */
  decideIdentities(request: DecideIdentitiesRequest): Promise<void>;
  /** Takes a decision back. */
  undoIdentity(query: UndoIdentityQuery): Promise<void>;
  /** Whether the caller may be suggested to learn or review something. */
  setSuggested(request: SuggestedRequest): Promise<void>;
  /** Evidence by hand that names the caller, or that they proposed; newest first. */
  listHandEvidence(): Promise<HandEvidenceList>;
  /** Says who documented or taught something; it counts when they confirm it. */
  proposeEvidence(request: ProposeEvidenceRequest): Promise<HandEvidence>;
  /** Confirms or declines what names the caller. */
  decideEvidence(
    id: string,
    decision: 'confirmation' | 'refusal',
  ): Promise<HandEvidence>;
  withdrawEvidence(id: string): Promise<void>;
  /** The caller says what is so of their own understanding of an entity. */
  correctUnderstanding(
    entityRef: string,
    request: CorrectRequest,
  ): Promise<void>;
  withdrawCorrection(entityRef: string): Promise<void>;
  /** What is around an entity. */
  getGraph(query: GraphQuery): Promise<GraphResponse>;
  /** Circles, single points of failure and hot spots. */
  getStructure(): Promise<StructureResponse>;
  /** Explanations of changes, newest first. */
  listExplanations(query: ListExplanationsQuery): Promise<ExplanationPage>;
  /** Explanations that wait for the caller, newest first. */
  listMyExplanations(query: ListMyExplanationsQuery): Promise<ExplanationPage>;
  /** Explanations that are owed, the oldest first. */
  listExplanationDebts(
    query: ListExplanationDebtsQuery,
  ): Promise<ExplanationDebtPage>;
  /** The debts of the organisation, by team or system. */
  getExplanationDebtOverview(
    query: ExplanationDebtOverviewQuery,
  ): Promise<ExplanationDebtOverview>;
  /** Sessions that may pay what is owed to an entity, the latest first. */
  listTaughtSessions(
    explanationId: string,
    query: ListTaughtSessionsQuery,
  ): Promise<TaughtSessions>;
  /** Says that a change was taught in a session, which pays the debt. */
  payExplanationDebt(
    explanationId: string,
    request: PayDebtRequest,
  ): Promise<ExplanationRecord>;
  /** When explanations are asked for, and under which headings. */
  getExplanationPolicy(
    query: ExplanationPolicyQuery,
  ): Promise<ExplanationPolicyResponse>;
  /** Leave not to explain the changes of an entity, the latest first. */
  listExemptions(entityRef: string): Promise<Exemptions>;
  createExemption(request: CreateExemptionRequest): Promise<Exemption>;
  /** Takes one back; what was merged while it held stays as it is. */
  endExemption(id: string): Promise<void>;
  /** One explanation with its versions and assessments. */
  getExplanation(id: string): Promise<ExplanationRecord>;
  /** What stood in one of its versions. */
  getExplanationText(
    id: string,
    textId: string,
  ): Promise<ExplanationVersionText>;
  /** What the caller has written of something, and not submitted yet. */
  getDraft(key: string): Promise<DraftResponse>;
  /** Keeps a draft of the caller, in place of the one under the same key. */
  keepDraft(request: KeepDraftRequest): Promise<void>;
  /** Removes a draft of the caller, where there is one. */
  removeDraft(key: string): Promise<void>;
  /** Explains a change, or entities without one; the next version where one is known. */
  createExplanation(
    request: CreateExplanationRequest,
  ): Promise<CreateExplanationResponse>;
  /** Says whether the explanation of somebody else shows understanding. */
  assessExplanation(
    id: string,
    request: CreateAssessmentRequest,
  ): Promise<ExplanationRecord>;
  /** How many readers a record helped, and what the caller said. */
  getReadings(explanationId: string): Promise<Readings>;
  /** Says whether a record helped the caller. */
  readExplanation(explanationId: string, helped: boolean): Promise<Readings>;
  /** The explanation of a whole entity, with the questions that are asked of it. */
  getWalkthrough(entityRef: string): Promise<Walkthrough>;
  /**
   * Writes the next version of the one that was read; fails with a `ConflictError`
   * response when somebody else was faster.
   */
  writeWalkthrough(
    entityRef: string,
    request: WriteWalkthroughRequest,
  ): Promise<Walkthrough>;
  /** Says whether the walkthrough of somebody else shows understanding. */
  assessWalkthrough(
    entityRef: string,
    request: AssessWalkthroughRequest,
  ): Promise<Walkthrough>;
  /** Says whether a walkthrough helped the caller. */
  readWalkthrough(entityRef: string, helped: boolean): Promise<Walkthrough>;
  /** What a newcomer reads: walkthrough, then records by plane and dependency. */
  getReadingPath(entityRef: string): Promise<ReadingPath>;
}

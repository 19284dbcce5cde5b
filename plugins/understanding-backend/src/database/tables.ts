import { EdgeStanding } from '@understanding-dev/backstage-plugin-understanding-common';

/** Rows as the database has them; they never leave the stores. */

export interface EntityRow {
  entity_ref: string;
  kind: string;
  name: string;
  owner_ref: string | null;
  system_ref: string | null;
  shadow: string;
  location: string;
  repository: string | null;
  host: string | null;
  host_repository: string | null;
  host_paths: string | null;
  incident_service: string | null;
  hash: string;
  seen_at: string;
  removed_at: string | null;
}

export interface EntityWordRow {
  word: string;
  entity_ref: string;
}

export interface EdgeRow {
  source_ref: string;
  type: string;
  target_ref: string;
  origin: string;
  criticality: string;
  first_seen: string;
  last_seen: string;
  removed_at: string | null;
}

export interface EdgeClassificationRow {
  source_ref: string;
  target_ref: string;
  criticality: string;
  comment: string | null;
  classified_by: string;
  classified_at: string;
  version: number;
}

export interface EdgeObservationRow {
  reporter: string;
  source_ref: string;
  target_ref: string;
  requests: number;
  first_seen: string;
  last_seen: string;
}

export interface PersonRow {
  person_ref: string;
  display_name: string;
  email: string | null;
  logins: string;
  group_refs: string;
  chat: string | null;
  time_zone: string | null;
  hash: string;
  seen_at: string;
  removed_at: string | null;
}

export interface TeamRow {
  team_ref: string;
  title: string;
  channels: string;
  member_refs: string;
  child_refs: string;
  hash: string;
  seen_at: string;
  removed_at: string | null;
}

export interface RepositoryRow {
  repository: string;
  head: string | null;
  request_hash: string | null;
  read_at: string | null;
  notices: string;
  problem: string | null;
}

export interface ContributorRow {
  repository: string;
  email: string;
  login: string | null;
}

export interface EvidenceRow {
  id: number;
  entity_ref: string;
  kind: string;
  source: string;
  person_ref: string | null;
  display_name: string;
  latest_at: string;
  count: number;
  url: string | null;
  verified: boolean | number;
  host: string | null;
  login: string | null;
  email: string | null;
}

export interface IdentityLinkRow {
  type: 'email' | 'account' | 'user';
  value: string;
  person_ref: string;
  state: 'confirmed' | 'refused';
  decided_by: string;
  decided_at: string;
  from_mailmap: boolean | number;
}

export interface OperationRow {
  id: string;
  entity_ref: string | null;
  service: string | null;
  host: string | null;
  login: string | null;
  email: string | null;
  display_name: string;
  at: string;
  url: string | null;
}

export interface OnCallScheduleRow {
  schedule: string;
  read_at: string | null;
  problem: string | null;
  notices: string;
}

export interface OnCallShiftRow {
  id: string;
  schedule: string;
  starts_at: string;
  ends_at: string;
  email: string | null;
  host: string | null;
  login: string | null;
  display_name: string;
}

export interface BotRow {
  repository: string;
  address: string;
  name: string;
  reason: string;
}

export interface HandEvidenceRow {
  id: string;
  entity_ref: string;
  kind: string;
  person_ref: string;
  at: string;
  url: string | null;
  note: string | null;
  state: string;
  proposed_by: string;
  proposed_at: string;
}

export interface CorrectionRow {
  entity_ref: string;
  person_ref: string;
  type: string;
  at: string;
  until: string | null;
  note: string | null;
}

export interface OptOutRow {
  person_ref: string;
  at: string;
}

export interface ExplanationDraftRow {
  person_ref: string;
  key: string;
  /** JSON */
  content: string;
  saved_at: string;
}

export interface DocumentRow {
  id: string;
  entity_ref: string;
  repository: string;
  facts: string;
}

export interface AbsenceFactorRow {
  entity_ref: string;
  repository: string;
  factors: string;
  authorship: string | null;
}

export interface PathRow {
  repository: string;
  path: string;
  entity_ref: string;
  known_by: string | null;
}

export interface FlagRow {
  id: string;
  entity_ref: string;
  rule: string;
  severity: string;
  reasons: string;
  repair: string;
  state: string;
  since: string;
  resolved_at: string | null;
}

export interface SummaryRow {
  entity_ref: string;
  kind: string;
  owner_ref: string | null;
  system_ref: string | null;
  plane: string | null;
  search_text: string;
  order_title: string;
  order_owner: string;
  order_system: string;
  order_understood_by: number;
  order_document_state: number;
  order_flags: number;
  summary: string;
  understanding: string;
  detail: string;
}

export interface OutboxRow {
  id: string;
  dedupe_key: string;
  flag_id: string;
  channel: string;
  target: string;
  message: string;
  state: 'pending' | 'sending' | 'sent' | 'dead' | 'unknown' | 'withdrawn';
  attempts: number;
  created_at: string;
  settled_at: string | null;
  last_error: string | null;
}

export interface InboxRow {
  id: string;
  host: string;
  delivery_id: string | null;
  digest: string;
  event: string;
  content_type: string;
  body: Buffer | null;
  size: number;
  received_at: string;
  state: 'pending' | 'done' | 'ignored' | 'dead';
  reason: string | null;
  settled_at: string | null;
}

export interface ChangeRow {
  id: string;
  host: string;
  repository: string;
  number: number;
  author: string | null;
  author_is_bot: boolean | number;
  head_sha: string;
  state: string;
  updated_at: string;
  merged_at: string | null;
  url: string;
  told: string;
  read_due: boolean | number;
  read_head: string | null;
  files: string | null;
  files_truncated: boolean | number;
  lines: number | null;
  ai_assistance: string;
  assisted_commits: string;
}

export interface ChangeEntityRow {
  change_id: string;
  entity_ref: string;
}

export interface ReviewRow {
  id: string;
  change_id: string;
  reviewer: string | null;
  reviewer_is_bot: boolean | number;
  verdict: string;
  submitted_at: string;
  told: string;
}

export interface CommentRow {
  id: string;
  change_id: string;
  told: string;
}

export interface DeploymentRow {
  id: string;
  host: string;
  repository: string;
  updated_at: string;
  told: string;
}

export interface HostRepositoryRow {
  host: string;
  repository: string;
  backfill_cursor: string | null;
  listed_at: string | null;
  backfilled_at: string | null;
  swept_until: string | null;
  swept_at: string | null;
  problem: string | null;
}

export interface HostRow {
  host: string;
  redelivered_until: string | null;
  checks_paused_until: string | null;
}

export interface AccountRow {
  host: string;
  login: string;
  person_ref: string;
}

export interface MirrorRow {
  repository: string;
  pushed_at: string | null;
  fetched_at: string | null;
  tried_at: string | null;
  failures: number;
  failure_code: string | null;
  failure_message: string | null;
  retry_at: string | null;
}

export interface ExplanationRow {
  id: string;
  change_id: string | null;
  host: string | null;
  repository: string | null;
  number: number | null;
  url: string | null;
  head_sha: string | null;
  title: string | null;
  described_at: string | null;
  described: string | null;
  merged_at: string | null;
  ai_assistance: string;
  planes: string;
  state: string;
  digest: string | null;
  required: boolean | number;
  because: string;
  gate: string;
  /** JSON, of what entities asked for when it was merged. */
  asked: string | null;
  sealed_at: string | null;
  sealed_state: string | null;
  sealed_sha: string | null;
  sealed_files: string | null;
  sealed_weight: number | null;
  debt: string | null;
  changed_since: string | null;
  created_at: string;
  updated_at: string;
}

export interface ExplanationEntityRow {
  explanation_id: string;
  entity_ref: string;
}

export interface ExplanationDebtRow {
  explanation_id: string;
  entity_ref: string;
  opened_at: string;
  paid_at: string | null;
  paid_by: 'explanation' | 'taught-session' | null;
  session_id: string | null;
  told_by: string | null;
}

export interface ExplanationFileRow {
  explanation_id: string;
  path: string;
}

export interface ExplanationReviewerRow {
  explanation_id: string;
  login: string;
}

export interface ExplanationTextRow {
  explanation_id: string;
  digest: string;
  parsed: string;
  sketch: string;
  duplicate_of: string | null;
  written_at: string;
}

export interface ExplanationVersionRow {
  explanation_id: string;
  source: 'description' | 'page';
  at: string;
  head_sha: string;
  digest: string;
  asked: boolean | number;
  author_ref: string | null;
}

export interface ExplanationAuthorRow {
  explanation_id: string;
  kind: 'login' | 'email' | 'person';
  value: string;
}

export interface ExplanationHeadRow {
  explanation_id: string;
  head_sha: string;
  code: string | null;
}

export interface ExplanationAssessmentRow {
  id: string;
  explanation_id: string;
  login: string | null;
  person_ref: string | null;
  bot: boolean | number;
  result: string;
  at: string;
  head_sha: string | null;
  digest: string | null;
  rubric: string | null;
  note: string | null;
  withdrawn: boolean | number;
  may_review: boolean | number | null;
}

export interface ExplanationExemptionRow {
  id: string;
  entity_ref: string;
  reason: string;
  owner_ref: string;
  until: string;
  created_by: string;
  created_at: string;
  ended_at: string | null;
  ended_by: string | null;
}

export interface ExplanationBypassRow {
  id: string;
  explanation_id: string;
  source: 'label' | 'command';
  login: string | null;
  bot: boolean | number;
  reason: string;
  at: string;
  head_sha: string | null;
  withdrawn: boolean | number;
  may_review: boolean | number | null;
  audited_at: string | null;
}

export interface ExplanationCheckRow {
  change_id: string;
  head_sha: string;
  state: string;
  title: string;
  digest: string;
  since: string;
  written_state: string | null;
  written_digest: string | null;
  written_at: string | null;
  looked_at: string;
  problem: string | null;
  doubted: boolean | number;
  verified_at: string | null;
}

export interface MergeGroupRow {
  id: string;
  host: string;
  repository: string;
  head_sha: string;
  base_sha: string;
  change_id: string;
  since: string;
  over: boolean | number;
}

export interface ExplanationEdgeRow {
  explanation_id: string;
  source_ref: string;
  target_ref: string;
  explained: EdgeStanding | null;
  present: EdgeStanding | null;
  changed_at: string | null;
}

export interface WalkthroughVersionRow {
  entity_ref: string;
  version: number;
  at: string;
  author_ref: string;
  digest: string;
  answers: string;
}

export interface WalkthroughAssessmentRow {
  id: string;
  entity_ref: string;
  version: number;
  at: string;
  reviewer_ref: string;
  result: string;
  rubric: string;
  note: string | null;
}

export interface ReadingRow {
  record_id: string;
  reader_ref: string;
  helped: boolean | number;
  at: string;
}

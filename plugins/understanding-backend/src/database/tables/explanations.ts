import { EdgeStanding } from '@understanding-dev/backstage-plugin-understanding-common';

export interface ExplanationDraftRow {
  person_ref: string;
  key: string;
  /** JSON */
  content: string;
  saved_at: string;
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

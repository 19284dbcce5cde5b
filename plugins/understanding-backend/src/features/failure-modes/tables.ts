/** Rows as the database has them; they never leave the stores. */

export interface FailureModeRow {
  id: string;
  entity_ref: string;
  target_ref: string | null;
  condition: string | null;
  plane: string;
  origin: string;
  file_key: string | null;
  version: number;
  content: string;
  created_at: string;
  updated_at: string;
  updated_by: string;
  removed_at: string | null;
}

export interface FailureModeVersionRow {
  failure_mode_id: string;
  version: number;
  action: string;
  content: string;
  changed_at: string;
  changed_by: string;
}

export interface FailureModeCommentRow {
  id: string;
  failure_mode_id: string;
  text: string;
  written_at: string;
  written_by: string;
}

export interface FailureModeFileRow {
  entity_ref: string;
  repository: string;
  head: string;
  path: string | null;
  read_at: string;
  taken: boolean | number;
  problem: string | null;
}

export interface FailureTestRow {
  id: string;
  failure_mode_id: string;
  planned_at: string | null;
  performed_at: string | null;
  result: string | null;
  valid_until: string | null;
  content: string;
  recorded_at: string;
  recorded_by: string;
  version: number;
}

export interface FailureTestParticipantRow {
  test_id: string;
  person_ref: string;
  confirmed_at: string | null;
}

export interface EdgeAcceptanceRow {
  source_ref: string;
  target_ref: string;
  condition: string;
  reason: string;
  accepted_by: string;
  accepted_at: string;
  accepted_until: string;
  version: number;
}

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
  people: string;
  more_people: number;
  experts: string;
  understanding_rule: string;
  source_name: string | null;
  source_depth: number;
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

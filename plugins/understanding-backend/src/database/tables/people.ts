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

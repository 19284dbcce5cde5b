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

export interface BotRow {
  repository: string;
  address: string;
  name: string;
  reason: string;
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

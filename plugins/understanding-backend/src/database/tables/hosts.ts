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

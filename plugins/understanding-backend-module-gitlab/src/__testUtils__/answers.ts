import { JsonObject } from '@backstage/types';
import { ALICE, BOB, HEAD, HOST } from './payloads';
import { StandInMergeRequest } from './StandInGitlab';

/**
 * Answers in the form that GitLab documents, with values of their own.
 *
 * @see https://docs.gitlab.com/api/merge_requests/
 */

export function basicUser({ id, name, username }: typeof ALICE) {
  return {
    id,
    username,
    name,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: `https://${HOST}/${username}`,
  };
}

export function attributes(overrides: JsonObject = {}) {
  const iid = (overrides.iid as number | undefined) ?? 7;
  return {
    id: 693 + iid,
    iid,
    project_id: 5,
    title: 'Refund twice paid orders',
    description: 'Why: see the incident.',
    state: 'opened',
    created_at: '2026-01-01T09:00:00.123Z',
    updated_at: '2026-01-01T10:00:00.456Z',
    merged_by: null,
    merge_user: null,
    merged_at: null,
    closed_by: null,
    closed_at: null,
    target_branch: 'main',
    source_branch: 'refunds',
    user_notes_count: 3,
    author: basicUser(ALICE),
    assignees: [],
    assignee: null,
    reviewers: [basicUser(BOB)],
    source_project_id: 5,
    target_project_id: 5,
    labels: ['payments', 'bug'],
    draft: false,
    imported: false,
    work_in_progress: false,
    milestone: null,
    merge_status: 'can_be_merged',
    detailed_merge_status: 'mergeable',
    sha: HEAD,
    merge_commit_sha: null,
    squash_commit_sha: null,
    references: {
      short: `!${iid}`,
      relative: `!${iid}`,
      full: `Acme/Shop!${iid}`,
    },
    web_url: `https://${HOST}/Acme/Shop/-/merge_requests/${iid}`,
    changes_count: '1',
    ...overrides,
  };
}

export function diff(path: string, overrides: JsonObject = {}) {
  return {
    old_path: path,
    new_path: path,
    a_mode: '100644',
    b_mode: '100644',
    diff: '@@ -1,2 +1,3 @@\n one\n-two\n+2\n+three\n',
    collapsed: false,
    too_large: false,
    new_file: false,
    renamed_file: false,
    deleted_file: false,
    generated_file: false,
    ...overrides,
  };
}

export function commit(sha: string, message: string) {
  return {
    id: sha,
    short_id: sha.slice(0, 8),
    created_at: '2026-01-01T09:58:12.000+01:00',
    parent_ids: [],
    title: message.split('\n')[0],
    message,
    author_name: 'Alice',
    author_email: 'alice@acme.example',
    authored_date: '2026-01-01T09:58:12.000+01:00',
    committer_name: 'Alice',
    committer_email: 'alice@acme.example',
    committed_date: '2026-01-01T09:58:12.000+01:00',
    trailers: {},
    web_url: `https://${HOST}/Acme/Shop/-/commit/${sha}`,
  };
}

export function note(
  author: typeof ALICE,
  body: string,
  created_at: string,
  overrides: JsonObject = {},
) {
  return {
    id: 900,
    type: null,
    body,
    author: basicUser(author),
    created_at,
    updated_at: created_at,
    system: false,
    noteable_id: 700,
    noteable_type: 'MergeRequest',
    project_id: 5,
    resolvable: false,
    confidential: false,
    internal: false,
    noteable_iid: 7,
    commands_changes: {},
    ...overrides,
  };
}

/** A note of GitLab's own, of what somebody did. */
export function systemNote(
  author: typeof ALICE,
  body: string,
  created_at: string,
) {
  return note(author, body, created_at, { system: true });
}

export function diffNote(author: typeof ALICE, created_at: string) {
  return note(author, 'Hm?', created_at, {
    type: 'DiffNote',
    resolvable: true,
    position: { head_sha: HEAD, new_path: 'src/refund.ts', new_line: 12 },
  });
}

export function approvedBy(
  ...users: ReadonlyArray<readonly [typeof ALICE, string | undefined]>
) {
  return {
    user_has_approved: false,
    user_can_approve: true,
    approved: users.length > 0,
    approved_by: users.map(([user, approved_at]) => ({
      user: basicUser(user),
      ...(approved_at && { approved_at }),
    })),
  };
}

export function standInMergeRequest(
  parts: Partial<StandInMergeRequest> = {},
): StandInMergeRequest {
  return {
    attributes: attributes(),
    diffs: [diff('src/refund.ts')],
    commits: [commit(HEAD, 'Refund twice paid orders\n')],
    approvals: approvedBy(),
    notes: [],
    ...parts,
  };
}

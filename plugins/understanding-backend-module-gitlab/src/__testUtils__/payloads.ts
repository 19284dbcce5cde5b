import { JsonObject } from '@backstage/types';

/**
 * Deliveries in the form that GitLab documents, with values of their own.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/
 * @see https://docs.gitlab.com/administration/system_hooks/
 */

export const HOST = 'gitlab.acme.example';
export const HEAD = 'a'.repeat(40);
const MERGE_COMMIT = 'b'.repeat(40);

export const ALICE = user(11, 'Alice');
export const BOB = user(12, 'Bob');
export const GHOST = { ...user(13, 'ghost'), name: 'Ghost User' };

export function user(id: number, username: string) {
  return {
    id,
    name: `${username} of Acme`,
    username,
    avatar_url: `https://${HOST}/uploads/-/system/user/avatar/${id}/avatar.png`,
    email: '[REDACTED]',
  };
}

export function project(path = 'Acme/Shop') {
  return {
    id: 5,
    name: 'Shop',
    description: 'Sells things',
    web_url: `https://${HOST}/${path}`,
    avatar_url: null,
    git_ssh_url: `git@${HOST}:${path}.git`,
    git_http_url: `https://${HOST}/${path}.git`,
    namespace: 'Acme',
    visibility_level: 10,
    path_with_namespace: path,
    default_branch: 'main',
    ci_config_path: null,
    homepage: `https://${HOST}/${path}`,
    url: `git@${HOST}:${path}.git`,
    ssh_url: `git@${HOST}:${path}.git`,
    http_url: `https://${HOST}/${path}.git`,
  };
}

export function label(title: string) {
  return {
    id: title.length,
    title,
    color: '#3e8068',
    project_id: 5,
    created_at: '2025-12-01 08:00:00 UTC',
    updated_at: '2025-12-01 08:00:00 UTC',
    template: false,
    description: null,
    type: 'ProjectLabel',
    group_id: null,
  };
}

/** The attributes of a merge request by Alice, of which Bob is to review. */
export function mergeRequest(overrides: JsonObject = {}) {
  return {
    id: 700,
    iid: 7,
    target_branch: 'main',
    source_branch: 'refunds',
    source_project_id: 5,
    author_id: ALICE.id,
    assignee_ids: [],
    assignee_id: null,
    reviewer_ids: [BOB.id],
    title: 'Refund twice paid orders',
    created_at: '2026-01-01 09:00:00 UTC',
    updated_at: '2026-01-01 10:00:00 UTC',
    last_edited_at: null,
    last_edited_by_id: null,
    milestone_id: null,
    state_id: 1,
    state: 'opened',
    blocking_discussions_resolved: true,
    work_in_progress: false,
    draft: false,
    first_contribution: false,
    merge_status: 'unchecked',
    target_project_id: 5,
    description: 'Why: see the incident.',
    prepared_at: '2026-01-01 09:00:02 UTC',
    total_time_spent: 0,
    time_change: 0,
    human_total_time_spent: null,
    human_time_change: null,
    human_time_estimate: null,
    url: `https://${HOST}/Acme/Shop/-/merge_requests/7`,
    source: project(),
    target: project(),
    last_commit: {
      id: HEAD,
      message: 'Refund twice paid orders\n',
      title: 'Refund twice paid orders',
      timestamp: '2026-01-01T09:58:12+01:00',
      url: `https://${HOST}/Acme/Shop/-/commit/${HEAD}`,
      author: { name: 'Alice', email: 'alice@acme.example' },
    },
    merge_commit_sha: null,
    labels: [label('payments'), label('bug')],
    detailed_merge_status: 'mergeable',
    ...overrides,
  };
}

/** What Alice does to her merge request, unless overrides say otherwise. */
export function mergeRequestHook(
  action: string,
  attributes: JsonObject = {},
  overrides: JsonObject = {},
) {
  return {
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: ALICE,
    project: project(),
    repository: {
      name: 'Shop',
      url: `git@${HOST}:Acme/Shop.git`,
      description: 'Sells things',
      homepage: `https://${HOST}/Acme/Shop`,
    },
    object_attributes: { ...mergeRequest(attributes), action },
    labels: [label('payments'), label('bug')],
    changes: {
      updated_at: {
        previous: '2026-01-01 09:00:00 UTC',
        current: '2026-01-01 10:00:00 UTC',
      },
    },
    reviewers: [BOB],
    ...overrides,
  };
}

/** What Bob writes on the merge request of Alice, unless overrides say otherwise. */
export function noteHook(
  attributes: JsonObject = {},
  overrides: JsonObject = {},
) {
  return {
    object_kind: 'note',
    event_type: 'note',
    user: BOB,
    project_id: 5,
    project: project(),
    repository: { name: 'Shop', homepage: `https://${HOST}/Acme/Shop` },
    object_attributes: {
      id: 900,
      internal: false,
      note: 'What if it was refunded by hand?',
      noteable_type: 'MergeRequest',
      author_id: BOB.id,
      created_at: '2026-01-01 11:00:00 UTC',
      updated_at: '2026-01-01 11:00:00 UTC',
      project_id: 5,
      attachment: null,
      line_code: null,
      commit_id: '',
      noteable_id: 700,
      system: false,
      st_diff: null,
      type: null,
      discussion_id: 'c'.repeat(40),
      action: 'create',
      url: `https://${HOST}/Acme/Shop/-/merge_requests/7#note_900`,
      ...attributes,
    },
    merge_request: mergeRequest(),
    ...overrides,
  };
}

export function diffNoteHook(attributes: JsonObject = {}) {
  return noteHook({
    id: 901,
    type: 'DiffNote',
    line_code: `${'d'.repeat(40)}_10_12`,
    position: {
      base_sha: MERGE_COMMIT,
      start_sha: MERGE_COMMIT,
      head_sha: HEAD,
      old_path: 'src/refund.ts',
      new_path: 'src/refund.ts',
      position_type: 'text',
      old_line: 10,
      new_line: 12,
    },
    ...attributes,
  });
}

export function pushHook(overrides: JsonObject = {}) {
  return {
    object_kind: 'push',
    event_name: 'push',
    before: MERGE_COMMIT,
    after: HEAD,
    ref: 'refs/heads/main',
    ref_protected: true,
    checkout_sha: HEAD,
    message: null,
    user_id: ALICE.id,
    user_name: ALICE.name,
    user_username: ALICE.username,
    user_email: '',
    user_avatar: null,
    project_id: 5,
    project: project(),
    commits: [
      {
        id: HEAD,
        message: 'Refund\n',
        title: 'Refund',
        timestamp: '2026-01-01T09:58:12+01:00',
        url: `https://${HOST}/Acme/Shop/-/commit/${HEAD}`,
        author: { name: 'Alice', email: '[REDACTED]' },
        added: [],
        modified: ['src/refund.ts'],
        removed: [],
      },
    ],
    total_commits_count: 1,
    push_options: {},
    repository: { name: 'Shop', homepage: `https://${HOST}/Acme/Shop` },
    ...overrides,
  };
}

export function repositoryUpdate(refs: string[]) {
  return {
    event_name: 'repository_update',
    user_id: ALICE.id,
    user_name: ALICE.name,
    user_email: 'alice@acme.example',
    user_avatar: null,
    project_id: 5,
    project: project(),
    changes: refs.map(ref => ({ before: MERGE_COMMIT, after: HEAD, ref })),
    refs,
  };
}

export function deploymentHook(status = 'success', overrides: JsonObject = {}) {
  return {
    object_kind: 'deployment',
    status,
    status_changed_at: '2026-01-02 10:00:00 +0100',
    deployment_id: 40,
    deployable_id: 796,
    deployable_url: `https://${HOST}/Acme/Shop/-/jobs/796`,
    environment: 'production',
    environment_tier: 'production',
    environment_slug: 'production',
    environment_external_url: 'https://shop.acme.example',
    project: project(),
    short_sha: HEAD.slice(0, 8),
    user: ALICE,
    user_url: `https://${HOST}/alice`,
    commit_url: `https://${HOST}/Acme/Shop/-/commit/${HEAD}`,
    commit_title: 'Refund',
    ...overrides,
  };
}

export function projectMoved(
  event_name: 'project_rename' | 'project_transfer',
) {
  return {
    created_at: '2026-01-01T09:00:00Z',
    updated_at: '2026-01-02T09:00:00Z',
    event_name,
    name: 'Store',
    path: 'store',
    path_with_namespace: 'Acme/Store',
    project_id: 5,
    owner_name: 'Acme',
    owner_email: '',
    owners: [{ name: 'Alice', email: 'alice@acme.example' }],
    project_namespace_id: 23,
    project_visibility: 'internal',
    old_path_with_namespace: 'Acme/Shop',
  };
}

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

const member = {
  created_at: '2026-01-01T09:00:00Z',
  updated_at: '2026-01-01T09:00:00Z',
  group_name: 'Acme',
  group_path: 'acme',
  group_id: 100,
  user_username: 'bob',
  user_name: 'Bob',
  user_email: 'bob@acme.example',
  user_id: 12,
  group_access: 'Developer',
  group_plan: null,
  expires_at: null,
};

const ofProject = { user: ALICE, project_id: 5, project: project() };

/** Deliveries that tell nothing on which anything here depends, by `X-Gitlab-Event`. */
export const IGNORED: ReadonlyArray<readonly [string, JsonObject]> = [
  [
    'Tag Push Hook',
    { ...pushHook({ ref: 'refs/tags/v1.0.0' }), object_kind: 'tag_push' },
  ],
  ['System Hook', pushHook({ object_kind: 'tag_push', commits: [] })],
  [
    'Issue Hook',
    {
      object_kind: 'issue',
      ...ofProject,
      object_attributes: { id: 1, type: 'Issue', title: 'x', action: 'open' },
    },
  ],
  [
    'Confidential Issue Hook',
    {
      object_kind: 'issue',
      event_type: 'confidential_issue',
      ...ofProject,
      object_attributes: { id: 1, confidential: true },
    },
  ],
  [
    'Issue Hook',
    {
      object_kind: 'work_item',
      ...ofProject,
      object_attributes: { id: 2, type: 'Task' },
    },
  ],
  [
    'Wiki Page Hook',
    {
      object_kind: 'wiki_page',
      ...ofProject,
      wiki: { default_branch: 'main' },
      object_attributes: { slug: 'home', action: 'create' },
    },
  ],
  [
    'Pipeline Hook',
    {
      object_kind: 'pipeline',
      ...ofProject,
      object_attributes: { id: 31, status: 'success' },
      builds: [],
    },
  ],
  [
    'Job Hook',
    {
      object_kind: 'build',
      ...ofProject,
      build_id: 1977,
      build_status: 'created',
    },
  ],
  ['Member Hook', { ...member, event_name: 'user_add_to_group' }],
  ['Member Hook', { ...member, event_name: 'user_update_for_group' }],
  ['Member Hook', { ...member, event_name: 'user_remove_from_group' }],
  ['Member Hook', { ...member, event_name: 'user_access_request_to_group' }],
  [
    'Member Hook',
    { ...member, event_name: 'user_access_request_denied_for_group' },
  ],
  [
    'Project Hook',
    {
      event_name: 'project_create',
      path_with_namespace: 'acme/new',
      project_id: 22,
    },
  ],
  [
    'Project Hook',
    {
      event_name: 'project_destroy',
      path_with_namespace: 'acme/old',
      project_id: 22,
    },
  ],
  [
    'Subgroup Hook',
    { event_name: 'subgroup_create', full_path: 'acme/payments', group_id: 10 },
  ],
  [
    'Subgroup Hook',
    {
      event_name: 'subgroup_destroy',
      full_path: 'acme/payments',
      group_id: 10,
    },
  ],
  [
    'Feature Flag Hook',
    {
      object_kind: 'feature_flag',
      ...ofProject,
      object_attributes: { id: 6, active: true },
    },
  ],
  [
    'Release Hook',
    { object_kind: 'release', ...ofProject, tag: 'v1.1', action: 'create' },
  ],
  [
    'Milestone Hook',
    {
      object_kind: 'milestone',
      ...ofProject,
      object_attributes: { id: 61 },
      action: 'create',
    },
  ],
  [
    'Emoji Hook',
    {
      object_kind: 'emoji',
      event_type: 'award',
      ...ofProject,
      object_attributes: { id: 1, awardable_type: 'MergeRequest' },
    },
  ],
  [
    'Resource Access Token Hook',
    {
      object_kind: 'access_token',
      ...ofProject,
      event_name: 'expiring_access_token',
    },
  ],
  [
    'Resource Access Token Hook',
    {
      object_kind: 'access_token',
      group: { group_id: 35 },
      event_name: 'expiring_access_token',
    },
  ],
  [
    'Vulnerability Hook',
    {
      object_kind: 'vulnerability',
      object_attributes: { title: 'x', state: 'confirmed' },
    },
  ],
  ...[
    'group_create',
    'group_destroy',
    'group_rename',
    'key_create',
    'key_destroy',
    'project_create',
    'project_destroy',
    'project_update',
    'user_access_request_revoked_for_group',
    'user_access_request_revoked_for_project',
    'user_access_request_to_group',
    'user_access_request_to_project',
    'user_add_to_group',
    'user_add_to_team',
    'user_create',
    'user_destroy',
    'user_failed_login',
    'user_remove_from_group',
    'user_remove_from_team',
    'user_rename',
    'user_update_for_group',
    'user_update_for_team',
  ].map(event_name => ['System Hook', { ...member, event_name }] as const),
  [
    'System Hook',
    { object_kind: 'gitlab_subscription_member_approval', action: 'enqueue' },
  ],
  [
    'System Hook',
    { object_kind: 'gitlab_subscription_member_approvals', action: 'approve' },
  ],
];

/** Deliveries that tell something, by `X-Gitlab-Event`. */
export const TELLING: ReadonlyArray<readonly [string, JsonObject]> = [
  ...[
    'open',
    'update',
    'close',
    'reopen',
    'merge',
    'approved',
    'approval',
    'unapproved',
    'unapproval',
  ].map(action => ['Merge Request Hook', mergeRequestHook(action)] as const),
  ['System Hook', mergeRequestHook('open')],
  ['Note Hook', noteHook()],
  ['Note Hook', diffNoteHook()],
  ['Push Hook', pushHook()],
  ['System Hook', { ...pushHook(), object_kind: undefined }],
  ['System Hook', repositoryUpdate(['refs/heads/main'])],
  ...['created', 'running', 'success', 'failed', 'canceled'].map(
    status => ['Deployment Hook', deploymentHook(status)] as const,
  ),
  ['System Hook', projectMoved('project_rename')],
  ['System Hook', projectMoved('project_transfer')],
];

import { JsonObject } from '@backstage/types';
import {
  ALICE,
  deploymentHook,
  diffNoteHook,
  mergeRequestHook,
  noteHook,
  project,
  projectMoved,
  pushHook,
  repositoryUpdate,
} from './payloads';

/** One of each kind of delivery that GitLab documents. */

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

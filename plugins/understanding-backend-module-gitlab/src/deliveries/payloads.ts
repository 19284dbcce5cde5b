import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  repositorySchema,
  shaSchema,
  stateSchema,
  userSchema,
} from '../schemas';

/**
 * What is read of deliveries, and nothing else.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/
 * @see https://docs.gitlab.com/administration/system_hooks/
 */

/** Deliveries of projects tell `object_kind`, others `event_name` alone. */
export const kindSchema = z.union([
  z
    .object({ object_kind: z.string() })
    .transform(({ object_kind }) => object_kind),
  z
    .object({ event_name: z.string() })
    .transform(({ event_name }) => event_name),
]);

const projectSchema = z.object({
  web_url: z.string(),
  path_with_namespace: repositorySchema,
});

export type Project = z.output<typeof projectSchema>;

export const mergeRequestHookSchema = z.object({
  user: userSchema,
  project: projectSchema,
  object_attributes: z.object({
    id: idSchema,
    iid: idSchema,
    author_id: idSchema,
    title: z.string(),
    description: z.string().nullish(),
    state: stateSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
    target_branch: z.string().min(1),
    draft: z.boolean().nullish(),
    work_in_progress: z.boolean().nullish(),
    last_commit: z.object({ id: shaSchema }).nullish(),
    merge_commit_sha: shaSchema.nullish(),
    reviewer_ids: z.array(idSchema).nullish(),
    action: z.string().nullish(),
    /** Whether a push did it, and not the user. */
    system: z.boolean().nullish(),
  }),
  labels: z.array(z.object({ title: z.string() })),
  assignees: z.array(userSchema).nullish(),
  reviewers: z.array(userSchema).nullish(),
});

/** Notes are also on commits, issues and snippets. */
export const noteableSchema = z.object({
  object_attributes: z.object({ noteable_type: z.string() }),
});

export const noteHookSchema = z.object({
  user: userSchema,
  project: projectSchema,
  object_attributes: z.object({
    id: idSchema,
    note: z.string(),
    author_id: idSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
    type: z.string().nullish(),
    line_code: z.string().nullish(),
    system: z.boolean().nullish(),
    internal: z.boolean().nullish(),
  }),
  merge_request: z.object({ id: idSchema, iid: idSchema, author_id: idSchema }),
});

const refSchema = z.object({
  ref: z.string().min(1),
  /** Zeros where the ref was deleted. */
  after: shaSchema,
});

export const pushHookSchema = refSchema.extend({ project: projectSchema });

export const repositoryUpdateSchema = z.object({
  project: projectSchema,
  changes: z.array(refSchema),
});

const DEPLOYMENT_STATES = {
  created: 'pending',
  running: 'pending',
  blocked: 'pending',
  success: 'succeeded',
  failed: 'failed',
  canceled: 'inactive',
  skipped: 'inactive',
} as const;

export const deploymentHookSchema = z.object({
  project: projectSchema,
  deployment_id: idSchema,
  environment: z.string().min(1),
  status: z
    .enum([
      'created',
      'running',
      'blocked',
      'success',
      'failed',
      'canceled',
      'skipped',
    ])
    .transform(status => DEPLOYMENT_STATES[status]),
  status_changed_at: instantSchema,
  /** Its last part is the full hash, which stands nowhere else. */
  commit_url: z
    .string()
    .transform(url => url.slice(url.lastIndexOf('/') + 1))
    .pipe(shaSchema),
  deployable_url: z.string().nullish(),
});

export const movedHookSchema = z.object({
  path_with_namespace: repositorySchema,
  old_path_with_namespace: repositorySchema,
});

/** Kinds that are known, and on which nothing here depends. */
export const IGNORED_KINDS: ReadonlySet<string> = new Set([
  'access_token',
  'build',
  'emoji',
  'expiring_access_token',
  'feature_flag',
  'gitlab_subscription_member_approval',
  'gitlab_subscription_member_approvals',
  'group_create',
  'group_destroy',
  'group_rename',
  'issue',
  'key_create',
  'key_destroy',
  'milestone',
  'pipeline',
  'project_create',
  'project_destroy',
  'project_update',
  'release',
  'subgroup_create',
  'subgroup_destroy',
  'tag_push',
  'user_access_request_denied_for_group',
  'user_access_request_denied_for_project',
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
  'vulnerability',
  'wiki_page',
  'work_item',
]);

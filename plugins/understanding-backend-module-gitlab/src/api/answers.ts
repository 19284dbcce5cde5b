import { HostChange } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { changeId } from '../ids';
import {
  idSchema,
  instantSchema,
  repositorySchema,
  shaSchema,
  stateSchema,
  userSchema,
} from '../schemas';

/** What is read of the API's answers, and nothing else. */

/** @see https://docs.gitlab.com/api/merge_requests/ */
export const mergeRequestSchema = z.object({
  id: idSchema,
  iid: idSchema,
  title: z.string(),
  description: z.string().nullish(),
  state: stateSchema,
  created_at: instantSchema,
  updated_at: instantSchema,
  merged_at: instantSchema.nullish(),
  target_branch: z.string().min(1),
  author: userSchema,
  reviewers: z.array(userSchema).nullish(),
  labels: z.array(z.string()),
  draft: z.boolean().nullish(),
  sha: shaSchema.nullish(),
  merge_commit_sha: shaSchema.nullish(),
  squash_commit_sha: shaSchema.nullish(),
  web_url: z.url({ protocol: /^https?$/ }),
  /** `group/project!12` */
  references: z.object({
    full: z
      .string()
      .transform(reference => reference.replace(/!\d+$/, ''))
      .pipe(repositorySchema),
  }),
  /** `1000+` where there are more files than GitLab looks at. */
  changes_count: z.string().nullish(),
});

export type MergeRequest = z.output<typeof mergeRequestSchema>;

/** Undefined for a merge request without a head, in which there is nothing yet. */
export function toChange(
  mergeRequest: MergeRequest,
  host: string,
): HostChange | undefined {
  const { sha, state, merged_at } = mergeRequest;
  if (!sha) {
    return undefined;
  }
  const merged = state === 'merged';
  return {
    host,
    repository: mergeRequest.references.full,
    id: changeId(host, mergeRequest.id),
    number: mergeRequest.iid,
    url: mergeRequest.web_url,
    title: mergeRequest.title,
    description: mergeRequest.description ?? '',
    author: mergeRequest.author.account,
    headSha: sha,
    baseBranch: mergeRequest.target_branch,
    state,
    draft: mergeRequest.draft ?? false,
    labels: [...mergeRequest.labels].sort(),
    requestedReviewers: (mergeRequest.reviewers ?? [])
      .flatMap(({ account }) => account?.login ?? [])
      .sort(),
    createdAt: mergeRequest.created_at,
    updatedAt: mergeRequest.updated_at,
    mergedAt: merged ? merged_at ?? undefined : undefined,
    // Neither is there where the branch moved forward to the head itself.
    mergeSha: merged
      ? mergeRequest.merge_commit_sha ?? mergeRequest.squash_commit_sha ?? sha
      : undefined,
  };
}

/** @see https://docs.gitlab.com/api/merge_requests/#list-merge-request-diffs */
export const diffSchema = z.object({
  old_path: z.string(),
  new_path: z.string(),
  new_file: z.boolean(),
  renamed_file: z.boolean(),
  deleted_file: z.boolean(),
  /** Empty where GitLab finds it too large, or binary. */
  diff: z.string().nullish(),
});

export type Diff = z.output<typeof diffSchema>;

/** @see https://docs.gitlab.com/api/merge_requests/#get-single-merge-request-commits */
export const commitSchema = z.object({
  id: shaSchema,
  message: z.string(),
  author_email: z.string().nullish(),
});

/** @see https://docs.gitlab.com/api/merge_request_approvals/ */
export const approvalsSchema = z.object({
  approved_by: z.array(
    z.object({
      user: userSchema,
      /** Since GitLab 18; before, a note of GitLab's own tells it. */
      approved_at: instantSchema.nullish(),
    }),
  ),
});

export type Approvals = z.output<typeof approvalsSchema>;

/** @see https://docs.gitlab.com/api/notes/#list-all-merge-request-notes */
export const noteSchema = z.object({
  type: z.string().nullish(),
  body: z.string(),
  author: userSchema,
  system: z.boolean(),
  created_at: instantSchema,
});

export type Note = z.output<typeof noteSchema>;

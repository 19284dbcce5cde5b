import {
  HostChange,
  HostComment,
  HostCommit,
  HostDeployment,
  HostFile,
  HostMergeGroup,
  HostRepository,
  HostReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Comment,
  Commit,
  Deployment,
  DeploymentStatus,
  File,
  Pull,
  Review,
} from './payloads';

/** A repository with the number that it keeps when it is renamed or moves elsewhere. */
export interface GithubRepository extends HostRepository {
  readonly id: number;
}

/** What others need to know of a repository. */
export function addressOf({
  host,
  repository,
}: GithubRepository): HostRepository {
  return { host, repository };
}

/**
 * A pull request's id: the same for good, and told by every event. The id that GitHub
 * gives a pull request is not told where somebody comments on it.
 */
export function changeIdOf(
  repository: GithubRepository,
  number: number,
): string {
  return `${repository.host}/repositories/${repository.id}/pull/${number}`;
}

/** The repository that a pull request would be merged into. */
export function repositoryOf(pull: Pull, host: string): GithubRepository {
  return { host, repository: pull.base.repo.full_name, id: pull.base.repo.id };
}

export function toChange(pull: Pull, repository: GithubRepository): HostChange {
  return {
    ...addressOf(repository),
    id: changeIdOf(repository, pull.number),
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    description: pull.body ?? '',
    author: pull.user,
    headSha: pull.head.sha,
    baseBranch: pull.base.ref,
    state: pull.merged_at ? 'merged' : pull.state,
    draft: pull.draft ?? false,
    labels: pull.labels.map(label => label.name).sort(),
    requestedReviewers: (pull.requested_reviewers ?? [])
      .flatMap(reviewer => reviewer.login ?? [])
      .sort(),
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    mergedAt: pull.merged_at ?? undefined,
    // Before that, it is a merge that GitHub only tries.
    mergeSha: pull.merged_at ? pull.merge_commit_sha ?? undefined : undefined,
  };
}

/** Undefined for a review that its reviewer has not submitted yet. */
export function toReview(
  review: Review,
  host: string,
  changeId: string,
): HostReview | undefined {
  if (review.state === 'pending' || !review.submitted_at) {
    return undefined;
  }
  return {
    id: `${host}/reviews/${review.id}`,
    changeId,
    reviewer: review.user,
    verdict:
      review.state === 'changes_requested' ? 'changes-requested' : review.state,
    headSha: review.commit_id ?? undefined,
    body: review.body ?? '',
    submittedAt: review.submitted_at,
    url: review.html_url ?? undefined,
  };
}

export function toComment(
  comment: Comment,
  context: Pick<HostComment, 'id' | 'changeId' | 'deleted'>,
): HostComment {
  return {
    ...context,
    author: comment.user,
    body: comment.body ?? '',
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
    url: comment.html_url ?? undefined,
  };
}

export function toMergeGroup(
  repository: GithubRepository,
  group: Pick<HostMergeGroup, 'headSha' | 'baseSha' | 'over'> & {
    /** Of the pull request that it adds. */
    readonly number: number;
  },
): HostMergeGroup {
  const { number, headSha, baseSha, over } = group;
  const changeId = changeIdOf(repository, number);
  return {
    ...addressOf(repository),
    id: `${changeId}/merge-group/${headSha}`,
    ...{ headSha, baseSha, changeId, over },
  };
}

const DEPLOYMENT_STATES = {
  pending: 'pending',
  queued: 'pending',
  waiting: 'pending',
  in_progress: 'pending',
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  inactive: 'inactive',
} as const;

/** @param status - absent while the deployment has none */
export function toDeployment(
  deployment: Deployment,
  status: DeploymentStatus | undefined,
  repository: GithubRepository,
): HostDeployment {
  return {
    ...addressOf(repository),
    id: `${repository.host}/deployments/${deployment.id}`,
    environment: deployment.environment,
    sha: deployment.sha,
    state: status ? DEPLOYMENT_STATES[status.state] : 'pending',
    updatedAt: status?.updated_at ?? deployment.updated_at,
    url: status?.log_url || status?.target_url || undefined,
  };
}

const FILE_STATUSES = {
  added: 'added',
  copied: 'added',
  modified: 'modified',
  changed: 'modified',
  unchanged: 'modified',
  removed: 'removed',
  renamed: 'renamed',
} as const;

export function toFile(file: File): HostFile {
  return {
    path: file.filename,
    // A copy's original stays where it was.
    previousPath:
      file.status === 'renamed' ? file.previous_filename : undefined,
    status: FILE_STATUSES[file.status],
    additions: file.additions,
    deletions: file.deletions,
    ...(file.sha && { digest: file.sha }),
  };
}

export function toCommit(commit: Commit): HostCommit {
  return {
    sha: commit.sha,
    message: commit.commit.message,
    email: commit.commit.author?.email || undefined,
    login: commit.author?.login,
  };
}

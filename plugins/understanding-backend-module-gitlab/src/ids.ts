/**
 * Ids that stay the same for good. GitLab counts merge requests, notes and deployments
 * across an instance, so that no name of a project is in them.
 */

export function changeId(host: string, mergeRequest: number): string {
  return `${host}/merge_requests/${mergeRequest}`;
}

/** What somebody decided last about a change: GitLab keeps one approval of each. */
export function approvalId(change: string, user: number): string {
  return `${change}/approvals/${user}`;
}

/**
 * What somebody remarked on the diff of a change. GitLab does not tell which remarks
 * were sent together, so that all of one person count as one review.
 */
export function remarksId(change: string, user: number): string {
  return `${change}/remarks/${user}`;
}

export function noteId(host: string, note: number): string {
  return `${host}/notes/${note}`;
}

export function deploymentId(host: string, deployment: number): string {
  return `${host}/deployments/${deployment}`;
}

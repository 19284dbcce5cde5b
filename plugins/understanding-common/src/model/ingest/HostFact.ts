import { AssessmentResult } from '../../schemas';

/**
 * What a change host tells, in words that all hosts share. Instants are ISO 8601 in
 * UTC with milliseconds; logins, hosts and repositories are in lower case, as
 * addresses compare without it.
 */

/**
 * A repository of a host, e.g. `acme/shop` of `github.com`.
 * @public
 */
export interface HostRepository {
  readonly host: string;
  readonly repository: string;
}

/**
 * Who did something on a host, by a login that the host has authenticated.
 * @public
 */
export interface HostAccount {
  readonly login: string;
  /** Whether the host calls it a bot, an app or a service account. */
  readonly bot: boolean;
}

/**
 * A pull or merge request, as its host told of it at `updatedAt`.
 * @public
 */
export interface HostChange extends HostRepository {
  /** The same for good, also when its repository is renamed or moves elsewhere. */
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** Markdown; empty where there is none. */
  readonly description: string;
  /** Absent where the account was deleted. */
  readonly author?: HostAccount;
  readonly headSha: string;
  readonly baseBranch: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  /** In order. */
  readonly labels: readonly string[];
  /** Logins, in order. */
  readonly requestedReviewers: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly mergedAt?: string;
  readonly mergeSha?: string;
}

/**
 * A review of a change, or an approval where a host has no reviews.
 * @public
 */
export interface HostReview {
  /** The same for good. */
  readonly id: string;
  readonly changeId: string;
  readonly reviewer?: HostAccount;
  readonly verdict:
    | 'approved'
    | 'changes-requested'
    | 'commented'
    | 'dismissed';
  /** The head that was reviewed, where the host tells it. */
  readonly headSha?: string;
  readonly body: string;
  readonly submittedAt: string;
  readonly url?: string;
}

/**
 * A comment on a change.
 * @public
 */
export interface HostComment {
  /** The same for good. */
  readonly id: string;
  readonly changeId: string;
  readonly author?: HostAccount;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deleted: boolean;
  readonly url?: string;
}

/**
 * An assessment by a button that the host shows beside a check.
 * @public
 */
export interface HostPress {
  /** The same for good: one for each check that was written, button and account. */
  readonly id: string;
  readonly author?: HostAccount;
  readonly result: AssessmentResult;
  /** On which the check was written. */
  readonly headSha: string;
  /** Digest of the explanation that the check was of. */
  readonly explanation: string;
}

/**
 * A commit that a merge queue made to try changes together before it merges them.
 * @public
 */
export interface HostMergeGroup extends HostRepository {
  /** The same for good. */
  readonly id: string;
  readonly headSha: string;
  /** The base branch, or the head of the group before this one, all of which it holds. */
  readonly baseSha: string;
  /** The change that it adds to its base. */
  readonly changeId: string;
  /** Whether it was merged or given up. */
  readonly over: boolean;
}

/**
 * What was deployed where.
 * @public
 */
export interface HostDeployment extends HostRepository {
  /** The same for good. */
  readonly id: string;
  readonly environment: string;
  readonly sha: string;
  readonly state: 'pending' | 'succeeded' | 'failed' | 'inactive';
  readonly updatedAt: string;
  readonly url?: string;
}

/**
 * What somebody did in an incident, as an incident tool told of it.
 * @public
 */
export interface HostOperation {
  /** The tool, and its id of the incident. */
  readonly source: string;
  readonly incident: string;
  readonly action: 'acknowledged' | 'resolved';
  /** The entity, or the tool's id of the service that it is there. */
  readonly entityRef?: string;
  readonly service?: string;
  /** Who did it: an account of the tool, an address, or both. */
  readonly account?: { readonly host: string; readonly login: string };
  readonly email?: string;
  readonly name: string;
  readonly at: string;
  readonly url?: string;
}

/**
 * One thing that a delivery tells.
 *
 * - `change`: a change in the state that it had at `updatedAt`. `untold` names what
 *   this delivery does not tell of it, and what `change` therefore lacks: what is known
 *   of that stays, and the change is due to be read.
 * - `review`, `comment`: of a change of that repository, also one that nobody has told
 *   of yet.
 * - `press`: beside a check of that repository; hosts do not tell when.
 * - `merge-group`: a merge queue waits for checks there, or does not any more.
 * - `check-reset`: somebody had the host forget what a check says on a head.
 * - `push`: a branch has another head; the repository's history is due.
 * - `moved`: a repository has another name or owner.
 * - `access`: the host lets us read repositories, or no longer does.
 *
 * @public
 */
export type HostFact =
  | {
      readonly type: 'change';
      readonly change: HostChange;
      readonly untold?: ReadonlyArray<keyof HostChange | 'reviews'>;
    }
  | (HostRepository & { readonly type: 'review'; readonly review: HostReview })
  | (HostRepository & {
      readonly type: 'comment';
      readonly comment: HostComment;
    })
  | (HostRepository & { readonly type: 'press'; readonly press: HostPress })
  | (HostRepository & {
      readonly type: 'check-reset';
      readonly headSha: string;
    })
  | { readonly type: 'merge-group'; readonly group: HostMergeGroup }
  | { readonly type: 'deployment'; readonly deployment: HostDeployment }
  | { readonly type: 'operation'; readonly operation: HostOperation }
  | (HostRepository & { readonly type: 'push'; readonly branch: string })
  | (HostRepository & { readonly type: 'moved'; readonly from: string })
  | {
      readonly type: 'access';
      readonly host: string;
      readonly repositories: readonly string[];
      readonly granted: boolean;
    };

/**
 * A file that a change touches.
 * @public
 */
export interface HostFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Lines; 0 where the host does not tell, as of binary files. */
  readonly additions: number;
  readonly deletions: number;
  /**
   * The same where the change does the same to the file, on whatever base; absent where
   * the host does not tell.
   */
  readonly digest?: string;
}

/**
 * A commit of a change. Name and address are what git claims, and nobody has
 * authenticated them.
 * @public
 */
export interface HostCommit {
  readonly sha: string;
  readonly message: string;
  readonly email?: string;
  readonly login?: string;
}

/**
 * All that a host tells of a change when it is asked.
 * @public
 */
export interface ChangeReading {
  readonly change: HostChange;
  readonly files: readonly HostFile[];
  /** Whether the host has more files than it tells of. */
  readonly filesTruncated: boolean;
  readonly commits: readonly HostCommit[];
  /** Whether the host has more commits than it tells of. */
  readonly commitsTruncated: boolean;
  readonly reviews: readonly HostReview[];
}

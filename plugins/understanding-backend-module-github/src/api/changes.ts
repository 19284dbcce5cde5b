import { InputError } from '@backstage/errors';
import {
  ChangeReading,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangePage,
  HostCallOptions,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import {
  changeIdOf,
  repositoryOf,
  toChange,
  toCommit,
  toFile,
  toReview,
} from '../facts';
import {
  Commit,
  commitSchema,
  fileSchema,
  pullSchema,
  reviewSchema,
  sha,
} from '../payloads';
import { GithubClient } from './GithubClient';
import { GithubSession, Question } from './GithubSession';
import { statusOf } from './errors';

// Of a pull request GitHub lists 3,000 files and 250 commits at most; of reviews, all.
const FILE_PAGES = 30;
const COMMIT_PAGES = 3;
const REVIEW_PAGES = 100;
/** Of commits that only a comparison lists; whoever made the others is not known. */
const COMPARED_PAGES = 30;

const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';

/** Where a repository is in the addresses of GitHub's API. */
export function ownerAndRepo({ repository }: HostRepository): {
  readonly owner: string;
  readonly repo: string;
} {
  const [owner, repo] = repository.split('/');
  return { owner, repo };
}

/** @see https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
export async function readChange(
  client: GithubClient,
  at: HostRepository & { readonly number: number },
  options: HostCallOptions,
): Promise<ChangeReading | undefined> {
  const { owner, repo } = ownerAndRepo(at);
  const session = client.session(await client.credentialsFor(owner), options);
  const parameters = { owner, repo, pull_number: at.number };
  const pull = await readPull(session, parameters);
  if (!pull) {
    return undefined;
  }
  const list = async <T>(part: string, item: z.ZodType<T>, most: number) => {
    const items: T[] = [];
    const route = `${PULL}/${part}`;
    const question = { route, parameters, answer: z.array(item) };
    for await (const page of session.pages(question, most)) {
      items.push(...page);
    }
    return items;
  };
  const files = await list('files', fileSchema, FILE_PAGES);
  const listed = await list('commits', commitSchema, COMMIT_PAGES);
  const compared =
    pull.commits > listed.length
      ? await commitsCompared(session, parameters, pull)
      : [];
  const commits = compared.length > listed.length ? compared : listed;
  const reviews = await list('reviews', reviewSchema, REVIEW_PAGES);
  const repository = repositoryOf(pull, at.host);
  const changeId = changeIdOf(repository, pull.number);
  return {
    change: toChange(pull, repository),
    files: files.map(toFile),
    filesTruncated: pull.changed_files > files.length,
    commits: commits.map(toCommit),
    commitsTruncated: pull.commits > commits.length,
    reviews: reviews.flatMap(
      review => toReview(review, at.host, changeId) ?? [],
    ),
  };
}

/**
 * All commits of a large pull request, as a comparison of its head with its base lists
 * them.
 *
 * @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
async function commitsCompared(
  session: GithubSession,
  { owner, repo }: Question<unknown>['parameters'],
  { base, head }: { base: { sha: string }; head: { sha: string } },
): Promise<Commit[]> {
  const question = {
    route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
    parameters: { owner, repo, basehead: `${base.sha}...${head.sha}` },
    answer: z.object({ commits: z.array(commitSchema) }),
  };
  const found: Commit[] = [];
  try {
    for await (const { commits } of session.pages(question, COMPARED_PAGES)) {
      found.push(...commits);
    }
  } catch (error) {
    if (!isGone(error)) {
      throw error;
    }
  }
  return found;
}

async function readPull(
  session: GithubSession,
  parameters: Question<unknown>['parameters'],
) {
  const answer = pullSchema.extend({
    changed_files: z.int().min(0),
    commits: z.int().min(0),
    base: pullSchema.shape.base.extend({ sha }),
  });
  try {
    return (await session.ask({ route: PULL, parameters, answer })).data;
  } catch (error) {
    if (isGone(error)) {
      return undefined;
    }
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return [404, 410].includes(statusOf(error) ?? 0);
}

/**
 * One page of a repository's pull requests, the last updated first. While pages are
 * asked for, what is updated moves to the front, so that the others may be told twice
 * but are never left out.
 *
 * @see https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
 */
export async function listChanges(
  client: GithubClient,
  query: HostRepository & { readonly cursor?: string },
  options: HostCallOptions,
): Promise<ChangePage> {
  if (query.cursor !== undefined && !/^[1-9]\d{0,8}$/.test(query.cursor)) {
    throw new InputError(
      'The cursor is not one that GitHub changes go on from',
    );
  }
  const { owner, repo } = ownerAndRepo(query);
  const session = client.session(await client.credentialsFor(owner), options);
  const page = await session.ask({
    route: 'GET /repos/{owner}/{repo}/pulls',
    parameters: {
      owner,
      repo,
      state: 'all',
      sort: 'updated',
      direction: 'desc',
      per_page: 100,
      page: query.cursor ?? '1',
    },
    answer: z.array(pullSchema),
  });
  return {
    changes: page.data.map(pull =>
      toChange(pull, repositoryOf(pull, query.host)),
    ),
    nextCursor: page.next?.page,
  };
}

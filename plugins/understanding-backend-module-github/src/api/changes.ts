import { InputError } from '@backstage/errors';
import {
  ChangeReading,
  HostChange,
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
  Pull,
  commitSchema,
  fileSchema,
  pullSchema,
  reviewSchema,
} from '../payloads';
import { Asker, GithubClient } from './GithubClient';
import { statusOf } from './errors';

// GitHub tells of 3,000 files and 250 commits at most; of reviews, of all.
const FILE_PAGES = 30;
const COMMIT_PAGES = 3;
const REVIEW_PAGES = 100;

const pullFiles = z.object({ changed_files: z.int().min(0) });

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
  const asker = await client.askerFor(ownerAndRepo(at).owner);
  const parameters = { ...ownerAndRepo(at), pull_number: at.number };
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  let pull: Pull & z.output<typeof pullFiles>;
  try {
    const answer = pullSchema.and(pullFiles);
    pull = (await client.ask({ route, parameters, answer }, asker, options))
      .data;
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 410) {
      return undefined;
    }
    throw error;
  }
  const list = async <T>(part: string, item: z.ZodType<T>, most: number) => {
    const answer = z.array(item);
    const question = { route: `${route}/${part}`, parameters, answer };
    return collect(client.pages(question, most, asker, options));
  };
  const files = await list('files', fileSchema, FILE_PAGES);
  const commits = await list('commits', commitSchema, COMMIT_PAGES);
  const reviews = await list('reviews', reviewSchema, REVIEW_PAGES);
  const repository = repositoryOf(pull, at.host);
  const changeId = changeIdOf(repository, pull.number);
  return {
    change: toChange(pull, repository),
    files: files.map(toFile),
    filesTruncated: pull.changed_files > files.length,
    commits: commits.map(toCommit),
    reviews: reviews.flatMap(
      review => toReview(review, at.host, changeId) ?? [],
    ),
  };
}

async function collect<T>(pages: AsyncGenerator<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) {
    items.push(...page);
  }
  return items;
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
  const asker: Asker = await client.askerFor(ownerAndRepo(query).owner);
  const page = await client.ask(
    {
      route: 'GET /repos/{owner}/{repo}/pulls',
      parameters: {
        ...ownerAndRepo(query),
        state: 'all',
        sort: 'updated',
        direction: 'desc',
        per_page: 100,
        page: query.cursor ?? '1',
      },
      answer: z.array(pullSchema),
    },
    asker,
    options,
  );
  return {
    changes: page.data.map(
      (pull): HostChange => toChange(pull, repositoryOf(pull, query.host)),
    ),
    nextCursor: page.next?.page,
  };
}

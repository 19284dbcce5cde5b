import {
  HostMergeGroup,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { toMergeGroup } from '../facts';
import { sha } from '../payloads';
import { ownerAndRepo } from './changes';
import { GithubClient } from './GithubClient';

// GitHub tells of queues by GraphQL alone. Those that have no commit yet wait for none.
const QUEUE = `
  query ($owner: String!, $repo: String!, $branch: String!) {
    repository(owner: $owner, name: $repo) {
      databaseId
      mergeQueue(branch: $branch) {
        entries(first: 100) {
          nodes {
            baseCommit { oid }
            headCommit { oid }
            pullRequest { number }
          }
        }
      }
    }
  }
`;

const commit = z.object({ oid: sha }).nullable();
const answerSchema = z.object({
  repository: z.object({
    databaseId: z.int().positive(),
    mergeQueue: z
      .object({
        entries: z.object({
          nodes: z.array(
            z.object({
              baseCommit: commit,
              headCommit: commit,
              pullRequest: z.object({ number: z.int().positive() }).nullable(),
            }),
          ),
        }),
      })
      .nullable(),
  }),
});

/**
 * What the merge queue of a branch tries now; nothing where it has no queue.
 *
 * @see https://docs.github.com/en/graphql/reference/objects#mergequeueentry
 */
export async function listMergeGroups(
  client: GithubClient,
  query: HostRepository & { readonly branch: string },
  options: HostCallOptions,
): Promise<HostMergeGroup[]> {
  const { owner, repo } = ownerAndRepo(query);
  const session = client.session(await client.credentialsFor(owner), options);
  const { repository } = await session.query({
    query: QUEUE,
    variables: { owner, repo, branch: query.branch },
    answer: answerSchema,
  });
  const { host, repository: name } = query;
  const at = { host, repository: name, id: repository.databaseId };
  const entries = repository.mergeQueue?.entries.nodes ?? [];
  return entries.flatMap(({ baseCommit, headCommit, pullRequest }) =>
    baseCommit && headCommit && pullRequest
      ? toMergeGroup(at, {
          number: pullRequest.number,
          headSha: headCommit.oid,
          baseSha: baseCommit.oid,
          over: false,
        })
      : [],
  );
}

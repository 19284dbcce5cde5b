import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { ownerAndRepo } from './changes';
import { GithubClient } from './GithubClient';
import { statusOf } from './errors';

/** What GitHub calls, of old, the rights of whoever may write and maintain. */
const REVIEWERS = new Set(['admin', 'write']);

/**
 * Whether an account may write to a repository, which is whose reviews GitHub counts.
 *
 * @see https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function mayReview(
  client: GithubClient,
  account: HostRepository & { readonly login: string },
  options: HostCallOptions,
): Promise<boolean> {
  const { owner, repo } = ownerAndRepo(account);
  const session = client.session(await client.credentialsFor(owner), options);
  try {
    const { data } = await session.ask({
      route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
      parameters: { owner, repo, username: account.login },
      answer: z.object({ permission: z.string() }),
    });
    return REVIEWERS.has(data.permission);
  } catch (error) {
    if (statusOf(error) === 404) {
      return false;
    }
    throw error;
  }
}

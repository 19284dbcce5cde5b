import {
  HostCallOptions,
  HostFileContent,
  HostFileQuery,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { GithubClient } from './GithubClient';
import { ownerAndRepo } from './changes';
import { statusOf } from './errors';

const fileSchema = z.object({
  type: z.literal('file'),
  size: z.number(),
  encoding: z.string(),
  content: z.string(),
});

/**
 * Reads one file. A folder, a link or a submodule is none.
 *
 * @see https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export async function readFile(
  client: GithubClient,
  query: HostFileQuery,
  options: HostCallOptions,
): Promise<HostFileContent | undefined> {
  const { owner, repo } = ownerAndRepo(query);
  const session = client.session(await client.credentialsFor(owner), options);
  try {
    const { data } = await session.ask({
      route: 'GET /repos/{owner}/{repo}/contents/{path}',
      parameters: { owner, repo, path: query.path, ref: query.ref },
      answer: z.unknown(),
    });
    const file = fileSchema.safeParse(data).data;
    if (!file) {
      return undefined;
    }
    // Of files above 1 MB, GitHub tells the size alone.
    return file.size > query.maxBytes || file.encoding !== 'base64'
      ? { tooLarge: file.size }
      : { text: Buffer.from(file.content, 'base64').toString('utf8') };
  } catch (error) {
    if (statusOf(error) === 404) {
      return undefined;
    }
    throw error;
  }
}

import {
  HostCallOptions,
  HostFileContent,
  HostFileQuery,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { GitlabApi } from './GitlabApi';
import { projectPath } from './readChange';

const fileSchema = z.object({
  size: z.number(),
  encoding: z.literal('base64'),
  content: z.string(),
});

/**
 * Reads one file. Of a link, GitLab tells where it leads, which no catalog file says.
 *
 * @see https://docs.gitlab.com/api/repository_files/#retrieve-a-file-from-a-repository
 */
export async function readFile(
  api: GitlabApi,
  query: HostFileQuery,
  options: HostCallOptions,
): Promise<HostFileContent | undefined> {
  const { maxBytes, path, ref, repository } = query;
  const answer = await api.ask(
    {
      path: `${projectPath(repository)}/repository/files/${encodeURIComponent(
        path,
      )}`,
      query: { ref },
    },
    options,
  );
  if (answer.status === 404) {
    return undefined;
  }
  const { content, size } = api.parse(fileSchema, answer);
  return size > maxBytes
    ? { tooLarge: size }
    : { text: Buffer.from(content, 'base64').toString('utf8') };
}

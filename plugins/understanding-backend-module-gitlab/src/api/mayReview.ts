import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { GitlabApi } from './GitlabApi';
import { projectPath } from './readChange';

/** Developers may approve; reporters and guests may only comment. */
const DEVELOPER = 30;

const membersSchema = z.array(
  z.object({
    username: z.string(),
    access_level: z.number(),
    state: z.string().nullish(),
  }),
);

/**
 * Whether an account is at least a developer of a project, also by a group of it.
 *
 * @see https://docs.gitlab.com/api/members/#list-all-members-of-a-group-or-project-including-inherited-and-invited-members
 */
export async function mayReview(
  api: GitlabApi,
  { repository, login }: { repository: string; login: string },
  options: HostCallOptions,
): Promise<boolean> {
  const { value } = await api.get(
    membersSchema,
    {
      path: `${projectPath(repository)}/members/all`,
      query: { query: login, per_page: '100' },
    },
    options,
  );
  return value.some(
    one =>
      one.username.toLowerCase() === login &&
      one.access_level >= DEVELOPER &&
      (one.state ?? 'active') === 'active',
  );
}

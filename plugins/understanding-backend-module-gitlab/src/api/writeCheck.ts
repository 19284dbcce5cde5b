import {
  HostCallOptions,
  HostCheck,
  titleWithoutNeutral,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { GitlabApi } from './GitlabApi';
import { projectPath } from './readChange';

/** GitLab has no state that claims nothing; what is neutral says so in its title. */
const STATES: Readonly<Record<HostCheck['state'], string>> = {
  pending: 'pending',
  success: 'success',
  neutral: 'success',
  failure: 'failed',
};
/** What GitLab takes of a description, and of an address. */
const MAX_LENGTH = 255;
/** GitLab's answer to a state that the status has already. */
const unchangedSchema = z.object({
  message: z.string().startsWith('Cannot transition status via'),
});

const statusSchema = z.object({
  name: z.string(),
  status: z.string(),
  description: z.string().nullish(),
});

/**
 * Writes a commit status. GitLab shows the last one of each name; the summary has no
 * place there.
 *
 * @see https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 */
export async function writeCheck(
  api: GitlabApi,
  check: HostCheck,
  options: HostCallOptions,
): Promise<void> {
  const answer = await api.ask(
    {
      path: `${projectPath(check.repository)}/statuses/${encodeURIComponent(
        check.headSha,
      )}`,
      body: {
        state: STATES[check.state],
        name: check.name,
        description: descriptionOf(check),
        target_url: check.url.length <= MAX_LENGTH ? check.url : undefined,
      },
    },
    options,
  );
  const { status, value } = answer;
  const unchanged = status === 400 && unchangedSchema.safeParse(value).success;
  if (status !== 201 && !unchanged) {
    throw api.errorOf(answer);
  }
}

/**
 * Whether a head still shows a check as it was written. What GitLab says of one that
 * waits stays what it said first, since it takes no other words in that state.
 *
 * @see https://docs.gitlab.com/api/commits/#list-the-statuses-of-a-commit
 */
export async function showsCheck(
  api: GitlabApi,
  check: HostCheck,
  options: HostCallOptions,
): Promise<boolean> {
  const { value } = await api.get(
    z.array(statusSchema),
    {
      path: `${projectPath(
        check.repository,
      )}/repository/commits/${encodeURIComponent(check.headSha)}/statuses`,
      query: { name: check.name },
    },
    options,
  );
  const shown = value.find(one => one.name === check.name);
  return (
    shown?.status === STATES[check.state] &&
    (check.state === 'pending' || shown.description === descriptionOf(check))
  );
}

function descriptionOf(check: HostCheck): string {
  return [...titleWithoutNeutral(check)].slice(0, MAX_LENGTH).join('');
}

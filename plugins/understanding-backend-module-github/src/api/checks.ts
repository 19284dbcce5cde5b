import {
  HostCallOptions,
  HostCheck,
  titleWithoutNeutral,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { BUTTONS } from '../buttons';
import { checkRunSchema } from '../payloads';
import { ownerAndRepo } from './changes';
import { GithubClient } from './GithubClient';
import { GithubSession } from './GithubSession';

// What GitHub takes at most: of a title and a summary in bytes, of a description in
// characters. It refuses a check whose texts are longer.
const TITLE_BYTES = 255;
const SUMMARY_BYTES = 65_535;
const DESCRIPTION_CHARACTERS = 140;

const STATUS_STATES = {
  pending: 'pending',
  success: 'success',
  // A commit status has nothing that claims nothing.
  neutral: 'success',
  failure: 'failure',
} as const;

const statusSchema = z.object({
  context: z.string(),
  state: z.string(),
  description: z.string().nullish(),
});

/**
 * Shows a check: an App as a check run, and a token, which may not write those, as a
 * commit status.
 */
export async function writeCheck(
  client: GithubClient,
  check: HostCheck,
  options: HostCallOptions,
): Promise<void> {
  const credentials = await client.credentialsFor(ownerAndRepo(check).owner);
  const session = client.session(credentials, options);
  if (credentials.type === 'app') {
    await writeCheckRun(session, check, client.appIds);
  } else {
    await writeStatus(session, check);
  }
}

/** Whether a head shows a check as {@link writeCheck} has written it. */
export async function showsCheck(
  client: GithubClient,
  check: HostCheck,
  options: HostCallOptions,
): Promise<boolean> {
  const credentials = await client.credentialsFor(ownerAndRepo(check).owner);
  const session = client.session(credentials, options);
  if (credentials.type === 'app') {
    const [run] = await runsOf(session, check, client.appIds);
    const { status, conclusion } = outcomeOf(check);
    return (
      run?.status === status &&
      (run.conclusion ?? undefined) === conclusion &&
      run.output?.title === cut(check.title, TITLE_BYTES)
    );
  }
  const { data } = await session.ask({
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/status',
    parameters: { ...ownerAndRepo(check), ref: check.headSha, per_page: 100 },
    answer: z.object({ statuses: z.array(statusSchema) }),
  });
  const shown = data.statuses.find(one => one.context === check.name);
  return (
    shown?.state === STATUS_STATES[check.state] &&
    shown.description === descriptionOf(check)
  );
}

function outcomeOf({ state }: HostCheck) {
  return state === 'pending'
    ? { status: 'in_progress', conclusion: undefined }
    : { status: 'completed', conclusion: state };
}

/** @see https://docs.github.com/en/rest/checks/runs */
async function writeCheckRun(
  session: GithubSession,
  check: HostCheck,
  appIds: readonly number[],
): Promise<void> {
  const parameters = {
    ...ownerAndRepo(check),
    details_url: check.url,
    ...outcomeOf(check),
    output: {
      title: cut(check.title, TITLE_BYTES),
      summary: cut(check.summary, SUMMARY_BYTES),
    },
    // GitHub tells it with each press of a button.
    ...(check.explanation && {
      external_id: check.explanation,
      actions: BUTTONS,
    }),
  };
  // One that is completed stays as it is, whatever it is told; GitHub shows the newest
  // of a name, so a new one takes its place.
  const run = (await runsOf(session, check, appIds)).find(
    ({ status }) => status !== 'completed',
  )?.id;
  const answer = z.unknown();
  await session.ask(
    run === undefined
      ? {
          route: 'POST /repos/{owner}/{repo}/check-runs',
          parameters: {
            ...parameters,
            name: check.name,
            head_sha: check.headSha,
          },
          answer,
        }
      : {
          route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
          parameters: { ...parameters, check_run_id: run },
          answer,
        },
  );
}

/** The newest runs of that name that Apps of ours have written. */
async function runsOf(
  session: GithubSession,
  check: HostCheck,
  appIds: readonly number[],
): Promise<z.output<typeof checkRunSchema>[]> {
  const { data } = await session.ask({
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    parameters: {
      ...ownerAndRepo(check),
      ref: check.headSha,
      check_name: check.name,
      filter: 'latest',
    },
    answer: z.object({ check_runs: z.array(checkRunSchema) }),
  });
  return data.check_runs.filter(({ app }) => app && appIds.includes(app.id));
}

/** @see https://docs.github.com/en/rest/commits/statuses#create-a-commit-status */
async function writeStatus(
  session: GithubSession,
  check: HostCheck,
): Promise<void> {
  await session.ask({
    route: 'POST /repos/{owner}/{repo}/statuses/{sha}',
    parameters: {
      ...ownerAndRepo(check),
      sha: check.headSha,
      state: STATUS_STATES[check.state],
      context: check.name,
      description: descriptionOf(check),
      target_url: check.url,
    },
    answer: z.unknown(),
  });
}

function descriptionOf(check: HostCheck): string {
  const title = [...titleWithoutNeutral(check)];
  return title.length > DESCRIPTION_CHARACTERS
    ? `${title.slice(0, DESCRIPTION_CHARACTERS - 1).join('')}…`
    : title.join('');
}

/** As much of a text as fits into a number of bytes, without half a character. */
function cut(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.length <= bytes) {
    return text;
  }
  const ellipsis = '…';
  const fitting = whole.subarray(0, bytes - Buffer.byteLength(ellipsis));
  return new TextDecoder().decode(fitting, { stream: true }) + ellipsis;
}

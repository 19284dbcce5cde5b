import { Answer, ReceivedRequest } from './ScriptedServer';
import { APP, INSTALLATION_TOKEN } from './standInCredentials';

/** What a repository shows beside its commits, in the words of GitHub's API. */
export interface Checks {
  readonly checkRuns: Record<string, unknown>[];
  readonly statuses: Record<string, unknown>[];
}

/** @param rest - of the path, after the repository */
export function answerOfChecks(
  { checkRuns, statuses }: Checks,
  rest: string,
  { method, body, authorization }: ReceivedRequest,
  nextId: () => number,
): Answer {
  const [, id] = /^\/check-runs\/(\d+)$/.exec(rest) ?? [];
  const [, checked] = /^\/commits\/(\w+)\/check-runs$/.exec(rest) ?? [];
  const [, sha] = /^\/statuses\/(\w+)$/.exec(rest) ?? [];
  if (checked) {
    const runs = checkRuns.filter(run => run.head_sha === checked);
    return { body: { total_count: runs.length, check_runs: runs.slice(-1) } };
  }
  const [, stated] = /^\/commits\/(\w+)\/status$/.exec(rest) ?? [];
  if (stated) {
    const told = statuses.filter(one => one.sha === stated);
    // Of each context, the last one.
    const last = new Map(told.map(one => [one.context, one]));
    return { body: { statuses: [...last.values()] } };
  }
  if (sha && method === 'POST') {
    statuses.push({ sha, ...body });
    return [...String(body.description)].length > 140
      ? refused(422, 'description is too long')
      : { status: 201 };
  }
  if (!authorization?.includes(INSTALLATION_TOKEN)) {
    return refused(403, 'You must authenticate via a GitHub App.');
  }
  const output = body.output as { title: string; summary: string };
  if (Buffer.byteLength(output.summary) > 65_535 || output.title.length > 255) {
    return refused(422, 'summary exceeds a maximum bytesize of 65535');
  }
  const actions = (body.actions ?? []) as Array<Record<string, string>>;
  const isTooLong = actions.some(
    ({ label, description, identifier }) =>
      label.length > 20 || description.length > 40 || identifier.length > 20,
  );
  if (actions.length > 3 || isTooLong) {
    return refused(422, 'actions are too many or too long');
  }
  if (method === 'POST' && rest === '/check-runs') {
    checkRuns.push({ id: nextId(), app: { id: APP.appId }, ...body });
    return { status: 201 };
  }
  const run = checkRuns.find(each => each.id === Number(id));
  if (method === 'PATCH' && run) {
    // What is completed stays so, whatever it is told.
    Object.assign(run, run.status === 'completed' ? {} : body);
    return {};
  }
  return refused(404, 'Not Found');
}

function refused(status: number, message: string): Answer {
  return { status, body: { message } };
}

import {
  ChangeReading,
  HostFile,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  Diff,
  approvalsSchema,
  commitSchema,
  diffSchema,
  mergeRequestSchema,
  noteSchema,
  toChange,
} from './answers';
import { countLines } from './countLines';
import { GitlabApi, Request } from './GitlabApi';
import { toReviews } from './toReviews';

const PAGE = 100;
const MAX_FILES = 3000;
/** Of commits and of notes; the last ones, where there are more. */
const MAX_ITEMS = 1000;

/** The path of a project in the API. */
export function projectPath(repository: string): string {
  return `/projects/${encodeURIComponent(repository)}`;
}

/**
 * Reads a merge request, its diffs, commits, approvals and notes: five requests, and
 * one more for each further hundred of them.
 *
 * @returns undefined where the project is there and the merge request is not
 */
export async function readChange(
  api: GitlabApi,
  { repository, number }: { repository: string; number: number },
  options: HostCallOptions,
): Promise<ChangeReading | undefined> {
  const project = projectPath(repository);
  const path = `${project}/merge_requests/${number}`;
  const answer = await api.ask({ path }, options);
  if (answer.status === 404) {
    // The project may be what is gone, or hidden from us.
    await api.get(z.object({}), { path: project }, options);
    return undefined;
  }
  const mergeRequest = api.parse(mergeRequestSchema, answer);
  const change = toChange(mergeRequest, api.host);
  if (!change) {
    return undefined;
  }
  const pages = <S extends z.ZodType>(
    schema: S,
    limit: number,
    request: Request,
  ) => readPages(api, schema, limit, request, options);
  const diffs = await pages(diffSchema, MAX_FILES, { path: `${path}/diffs` });
  const commits = await pages(commitSchema, MAX_ITEMS, {
    path: `${path}/commits`,
  });
  const approvals = await api.get(
    approvalsSchema,
    { path: `${path}/approvals` },
    options,
  );
  const notes = await pages(noteSchema, MAX_ITEMS, {
    path: `${path}/notes`,
    query: { order_by: 'created_at', sort: 'desc' },
  });
  return {
    change,
    files: diffs.items.map(toFile),
    filesTruncated:
      diffs.truncated || (mergeRequest.changes_count?.endsWith('+') ?? false),
    commits: commits.items.map(({ id, message, author_email }) => ({
      sha: id,
      message,
      email: author_email || undefined,
    })),
    commitsTruncated: commits.truncated,
    reviews: toReviews(
      change,
      mergeRequest.author.id,
      approvals.value,
      notes.items,
    ),
  };
}

async function readPages<S extends z.ZodType>(
  api: GitlabApi,
  schema: S,
  limit: number,
  request: Request,
  options: HostCallOptions,
): Promise<{ items: z.output<S>[]; truncated: boolean }> {
  const items: z.output<S>[] = [];
  for (let page = 1; items.length < limit; page++) {
    const query = {
      ...request.query,
      per_page: String(PAGE),
      page: String(page),
    };
    const { value, nextPage } = await api.get(
      z.array(schema),
      { ...request, query },
      options,
    );
    items.push(...value);
    if (!nextPage || value.length === 0) {
      return { items, truncated: false };
    }
  }
  return { items: items.slice(0, limit), truncated: true };
}

function toFile(diff: Diff): HostFile {
  return {
    path: diff.new_path,
    previousPath: diff.renamed_file ? diff.old_path : undefined,
    status: statusOf(diff),
    ...countLines(diff.diff ?? ''),
    ...(diff.diff && { digest: digestOf(diff.diff) }),
  };
}

/** The same wherever in a file it stands, as of `git patch-id`. */
function digestOf(diff: string): string {
  const lines = diff
    .split('\n')
    .map(line => (line.startsWith('@@ ') ? '@@' : line));
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function statusOf(diff: Diff): HostFile['status'] {
  if (diff.new_file) {
    return 'added';
  }
  if (diff.deleted_file) {
    return 'removed';
  }
  return diff.renamed_file ? 'renamed' : 'modified';
}

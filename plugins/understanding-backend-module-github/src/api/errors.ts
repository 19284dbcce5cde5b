import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { namesOf } from '../payloads';

const headersSchema = z.record(z.string(), z.unknown());

/** What Octokit throws where a request has no answer, or one that is an error. */
const httpErrorSchema = z.object({
  name: z.literal('HttpError'),
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: headersSchema.optional() }).optional(),
});

const queryErrorsSchema = z.array(z.object({ type: z.string().optional() }));

/** What Octokit throws where an answer of GraphQL names errors; of limits, another one. */
const queryErrorSchema = z.union([
  z.object({
    name: z.literal('GraphqlResponseError'),
    errors: queryErrorsSchema,
    headers: headersSchema,
  }),
  z
    .object({
      data: z.object({ errors: queryErrorsSchema }),
      response: z.object({ headers: headersSchema }),
    })
    .transform(({ data, response }) => ({ ...data, ...response })),
]);

/** GitHub asks for at least that after a secondary limit, if it tells nothing else. */
const SECONDARY_LIMIT_SECONDS = 60;

/** The status of an error of Octokit; a request without an answer counts as 500. */
export function statusOf(error: unknown): number | undefined {
  return httpErrorSchema.safeParse(error).data?.status;
}

/**
 * Says in the words of the seam why GitHub did not do what it was asked. Its own words
 * are left out, as they may repeat what was asked. What is neither GitHub's nor
 * Octokit's is returned as it is.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function toChangeHostError(error: unknown, now: Date): unknown {
  if (error instanceof z.ZodError) {
    return new ChangeHostError(
      'unavailable',
      `GitHub's answer is not as it documents it: ${namesOf(error)}`,
    );
  }
  const refused = queryErrorSchema.safeParse(error).data;
  if (refused) {
    const types = refused.errors.map(one => one.type);
    return types.includes('RATE_LIMITED')
      ? toWait(waitOf(403, '', refused.headers, now) ?? SECONDARY_LIMIT_SECONDS)
      : new ChangeHostError(
          types.includes('NOT_FOUND') ? 'not-found' : 'forbidden',
          'GitHub does not answer a query',
        );
  }
  const parsed = httpErrorSchema.safeParse(error);
  if (!parsed.success) {
    return error;
  }
  const { status, message, response } = parsed.data;
  const wait = waitOf(status, message, response?.headers ?? {}, now);
  if (wait !== undefined) {
    return toWait(wait);
  }
  if (!response) {
    return new ChangeHostError('unavailable', 'GitHub gave no answer');
  }
  return new ChangeHostError(codeOf(status), `GitHub answered ${status}`);
}

function toWait(seconds: number): ChangeHostError {
  return new ChangeHostError(
    'rate-limited',
    `GitHub asks to wait for ${seconds} seconds`,
    seconds,
  );
}

function codeOf(status: number): ChangeHostError['code'] {
  switch (status) {
    case 401:
    case 403:
    case 451:
      return 'forbidden';
    case 404:
    case 410:
    case 422: // As of a commit that is not there.
      return 'not-found';
    default:
      return 'unavailable';
  }
}

/** Seconds that GitHub wants us to wait for, if it is that. */
function waitOf(
  status: number,
  message: string,
  headers: Record<string, unknown>,
  now: Date,
): number | undefined {
  if (status !== 403 && status !== 429) {
    return undefined;
  }
  const retryAfter = Number(headers['retry-after']);
  if (retryAfter > 0) {
    return Math.ceil(retryAfter);
  }
  if (headers['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset']) - now.getTime() / 1000;
    return Math.max(1, Math.ceil(reset) || 0);
  }
  return status === 429 || /secondary rate/i.test(message)
    ? SECONDARY_LIMIT_SECONDS
    : undefined;
}

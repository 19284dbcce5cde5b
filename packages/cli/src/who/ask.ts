import { ResponseError } from '@backstage/errors';
import {
  UnderstandingClient,
  WhoUnderstandsResponse,
  whoUnderstandsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { UnreadableError, UsageError } from '../errors';

const TIMEOUT_MILLIS = 30_000;

/** Which Backstage is asked, and as whom. */
export interface Backstage {
  /** The address of its back end. */
  readonly url?: string;
  readonly token?: string;
}

/**
 * Asks a running Backstage.
 *
 * @throws UsageError when the call is wrong; UnreadableError when there is no answer
 */
export async function askWho(
  question: string,
  backstage: Backstage,
): Promise<WhoUnderstandsResponse> {
  const parsed = whoUnderstandsQuerySchema.safeParse({ query: question });
  if (!parsed.success) {
    throw new UsageError(`The query: ${parsed.error.issues[0].message}.`);
  }
  const url = addressOf(backstage.url);
  const client = UnderstandingClient.create({
    discoveryApi: { getBaseUrl: async id => `${url}/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        const headers = new Headers(init?.headers);
        if (backstage.token) {
          headers.set('Authorization', `Bearer ${backstage.token}`);
        }
        const signal = AbortSignal.timeout(TIMEOUT_MILLIS);
        try {
          // A redirection leads to a page to sign in, or takes the token elsewhere.
          return await fetch(input, {
            ...init,
            headers,
            signal,
            redirect: 'error',
          });
        } catch (error) {
          throw unreachable(url, error as Error);
        }
      },
    },
  });
  try {
    return await client.whoUnderstands(parsed.data.query);
  } catch (error) {
    throw inWords(error, url);
  }
}

function addressOf(url: string | undefined): string {
  if (!url) {
    throw new UsageError(
      'Name the back end of your Backstage with --url, or set UNDERSTANDING_URL to it.',
    );
  }
  const { protocol, username } = URL.parse(url) ?? {};
  if (!/^https?:$/.test(protocol ?? '') || username) {
    throw new UsageError(
      '--url must be an http: or https: address without a user, such as https://backstage.example.com.',
    );
  }
  return url.replace(/\/+$/, '');
}

function inWords(error: unknown, url: string): Error {
  if (error instanceof ResponseError) {
    switch (error.response.status) {
      case 400:
        return new UsageError(error.body.error.message);
      case 401:
        return new UnreadableError(
          `${url} does not know who asks: give a token with --token, or set UNDERSTANDING_TOKEN to it.`,
        );
      case 403:
        return new UnreadableError(error.body.error.message);
      case 404:
        return new UnreadableError(
          `${url} has no understanding plugin: name the back end of Backstage, and install the plugin there.`,
        );
      default:
        return new UnreadableError(
          `${url} answers ${error.response.status}: ask again later, or ask whoever runs it.`,
        );
    }
  }
  const { cause, name } = error as Error;
  const isOfAnotherForm = cause instanceof Error && cause.name === 'ZodError';
  if (isOfAnotherForm || name === 'SyntaxError') {
    return new UnreadableError(
      `${url} gives an answer that is not understood: it is no Backstage with this plugin, or another version of it than this command.`,
    );
  }
  return name === 'TimeoutError'
    ? unreachable(url, error as Error)
    : (error as Error);
}

function unreachable(url: string, error: Error): UnreadableError {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  const why = cause?.code ?? cause?.message ?? error.message;
  return new UnreadableError(
    `${url} cannot be reached (${why}): see that the address is right, and that Backstage runs there.`,
  );
}

import { GitKnowledgeError } from './GitKnowledgeError';

/**
 * Gives a reading a signal that aborts when its time is up, or when the caller's does.
 *
 * @param options.seconds - for the whole reading
 */
export async function withTimeLimit<T>(
  options: { repository: string; seconds: number; signal?: AbortSignal },
  read: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { repository, seconds, signal } = options;
  const limit = new AbortController();
  const timer = setTimeout(
    () =>
      limit.abort(
        new GitKnowledgeError(
          'timeout',
          `Reading ${repository} took more than ${seconds} seconds and was given up: raise the limit.`,
        ),
      ),
    seconds * 1000,
  );
  try {
    return await read(
      signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    );
  } finally {
    clearTimeout(timer);
  }
}

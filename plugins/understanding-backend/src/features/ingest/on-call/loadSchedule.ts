import { UrlReaderService } from '@backstage/backend-plugin-api';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { ScheduleError } from './ScheduleError';

const MAX_BYTES = 5 * 1024 * 1024;
const TIMEOUT_MILLIS = 30_000;

/** Where a schedule is: one of the two. */
export interface ScheduleLocation {
  readonly url?: string;
  /** An absolute path. */
  readonly file?: string;
}

/**
 * The text of a schedule.
 *
 * @throws ScheduleError saying why there is none
 */
export async function loadSchedule(
  { url, file }: ScheduleLocation,
  urlReader: UrlReaderService,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await readText(
      url === undefined
        ? createReadStream(file ?? '')
        : await openUrl(url, urlReader, signal),
    );
  } catch (error) {
    if (error instanceof ScheduleError || signal.aborted) {
      throw error;
    }
    throw new ScheduleError(reasonOf(error));
  }
}

async function openUrl(
  url: string,
  urlReader: UrlReaderService,
  signal: AbortSignal,
): Promise<Readable> {
  const response = await urlReader.readUrl(url, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MILLIS)]),
  });
  return response.stream?.() ?? Readable.from([await response.buffer()]);
}

async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      stream.destroy();
      throw new ScheduleError(
        `It has more than ${
          MAX_BYTES / 1024 / 1024
        } MB: export less of the past`,
      );
    }
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'NotFoundError' || code === 'ENOENT') {
    return 'It is not where the configuration says';
  }
  if (name === 'NotAllowedError') {
    return 'The back end may not read it: its host has to be an integration, or in backend.reading.allow';
  }
  if (name === 'TimeoutError' || name === 'AbortError') {
    return `Its host gave no answer for ${TIMEOUT_MILLIS / 1000} seconds`;
  }
  return 'It cannot be fetched';
}

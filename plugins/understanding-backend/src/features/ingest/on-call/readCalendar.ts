import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { ScheduleError } from './ScheduleError';

const PROGRAM = resolvePackagePath(
  '@understanding-dev/backstage-plugin-understanding-backend',
  'workers/readCalendar.mjs',
);
const TIMEOUT_SECONDS = 10;
const MEMORY_MB = 256;

const readingSchema = z.object({
  type: z.literal('read'),
  shifts: z.array(
    z.object({
      email: z.string().optional(),
      name: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
    }),
  ),
  /** How many events were left out, */
  left: z.number().int(),
  /** and of the first of them which and why, in words that name nobody. */
  reasons: z.array(z.string()),
});
const replySchema = z.discriminatedUnion('type', [
  readingSchema,
  z.object({ type: z.literal('problem'), problem: z.string() }),
]);

/** The shifts of a calendar. */
export type CalendarReading = Omit<z.infer<typeof readingSchema>, 'type'>;

/**
 * Reads a calendar (iCalendar, RFC 5545) within bounds of time and memory.
 *
 * @param window - what ends before it or begins after it is left out
 * @throws ScheduleError saying what is wrong with it
 */
export async function readCalendar(
  text: string,
  window: { from: string; to: string },
  options: { signal?: AbortSignal; seconds?: number } = {},
): Promise<CalendarReading> {
  const worker = new Worker(PROGRAM, {
    workerData: { text, ...window },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    // None of what this process was started with is of use there.
    execArgv: [],
    env: {},
  });
  const { signal, seconds = TIMEOUT_SECONDS } = options;
  const limit = AbortSignal.timeout(seconds * 1000);
  try {
    const message = await new Promise((done, fail) => {
      worker.once('message', done);
      worker.once('error', fail);
      worker.once('exit', () => fail(new Error('it ended without an answer')));
      limit.addEventListener('abort', () =>
        fail(
          new ScheduleError(
            `Reading it takes more than ${seconds} seconds: one of its events may repeat by a rule that no day fulfils`,
          ),
        ),
      );
      signal?.addEventListener('abort', () => fail(signal.reason));
    });
    const reply = replySchema.parse(message);
    if (reply.type === 'problem') {
      throw new ScheduleError(
        `It is no calendar that can be read: ${reply.problem}`,
      );
    }
    return reply;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY') {
      throw new ScheduleError(
        `Reading it takes more than ${MEMORY_MB} MB of memory`,
      );
    }
    throw error;
  } finally {
    await worker.terminate();
  }
}

import { json } from 'node:stream/consumers';
import { setPriority } from 'node:os';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { readHistory } from '../readHistory';
import { historyRequestSchema } from '../schemas';
import { ChildReply, outOfMemory } from './protocol';

const WATCH_MS = 200;
const BYTES_A_MB = 1024 * 1024;

/** Answers the one request on standard input on standard output. */
export async function runChild(): Promise<void> {
  // Readings are never urgent.
  setPriority(10);
  const stop = new AbortController();
  // The parent holds the other end of this channel; when it goes, so do we, and git.
  process.once('disconnect', () => stop.abort());
  const reply = await answer(stop);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(JSON.stringify(reply), error =>
      error ? reject(error) : resolve(),
    );
  });
  if (process.connected) {
    process.disconnect();
  }
}

async function answer(stop: AbortController): Promise<ChildReply> {
  const { signal } = stop;
  let watch: NodeJS.Timeout | undefined;
  try {
    const request = historyRequestSchema.parse(await json(process.stdin));
    watch = watchMemory(stop, request.limits.memoryMb);
    return { type: 'answer', answer: await readHistory(request, { signal }) };
  } catch (error) {
    return error instanceof GitKnowledgeError
      ? { type: 'error', code: error.code, message: error.message }
      : { type: 'error', code: 'failed', message: String(error) };
  } finally {
    clearInterval(watch);
  }
}

/** The limit that the parent sets holds for objects only, and not for bytes. */
function watchMemory(stop: AbortController, memoryMb: number): NodeJS.Timeout {
  return setInterval(() => {
    if (process.memoryUsage().arrayBuffers > memoryMb * BYTES_A_MB) {
      stop.abort(outOfMemory(memoryMb));
    }
  }, WATCH_MS);
}

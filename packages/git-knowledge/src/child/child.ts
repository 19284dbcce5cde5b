import { json } from 'node:stream/consumers';
import { setPriority } from 'node:os';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { readHistory } from '../readHistory';
import { historyRequestSchema } from '../schemas';
import { ChildReply } from './protocol';

/** Answers the one request on standard input on standard output. */
export async function runChild(): Promise<void> {
  // Readings are never urgent.
  setPriority(10);
  const stop = new AbortController();
  // The parent holds the other end of this channel; when it goes, so do we, and git.
  process.once('disconnect', () => stop.abort());
  const reply = await answer(stop.signal);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(JSON.stringify(reply), error =>
      error ? reject(error) : resolve(),
    );
  });
  if (process.connected) {
    process.disconnect();
  }
}

async function answer(signal: AbortSignal): Promise<ChildReply> {
  try {
    const request = historyRequestSchema.parse(await json(process.stdin));
    return { type: 'answer', answer: await readHistory(request, { signal }) };
  } catch (error) {
    return error instanceof GitKnowledgeError
      ? { type: 'error', code: error.code, message: error.message }
      : { type: 'error', code: 'failed', message: String(error) };
  }
}

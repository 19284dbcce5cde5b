import { GitKnowledgeError } from '../GitKnowledgeError';

const MAX_PART_BYTES = 64 * 1024 * 1024;

/** Splits a stream of bytes at NUL, into text. */
export async function* splitNul(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (
      let end = chunk.indexOf(0, start);
      end >= 0;
      end = chunk.indexOf(0, start)
    ) {
      const part = chunk.subarray(start, end);
      yield (rest.length > 0 ? Buffer.concat([...rest, part]) : part).toString(
        'utf8',
      );
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start));
      restBytes += chunk.length - start;
      if (restBytes > MAX_PART_BYTES) {
        throw new GitKnowledgeError(
          'too-large',
          `A commit has a path of over ${MAX_PART_BYTES} bytes: read fewer commits.`,
        );
      }
    }
  }
  if (rest.length > 0) {
    yield Buffer.concat(rest).toString('utf8');
  }
}

import { streamGit } from '../git/git';
import { isContentChange } from './contentChange';

/** Bytes of differences read of one document, newest first. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The newest commit that changed what a document says; see {@link isContentChange}.
 * Its creation is such a change, also as a copy. Renames are followed.
 *
 * @returns undefined when none is found within what is read
 */
export async function readLastContentChange(options: {
  repository: string;
  head: string;
  path: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { repository, head, path, signal } = options;
  const output = streamGit(
    repository,
    [
      'log',
      '--no-merges',
      '--follow',
      '-p',
      '-U0',
      '-w',
      '--ignore-blank-lines',
      '--no-ext-diff',
      '--no-textconv',
      '--format=%x00%H',
      '--end-of-options',
      head,
      '--',
      `:(top,literal)${path}`,
    ],
    { signal },
  );
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of output) {
    bytes += chunk.length;
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split('\0');
    // The last part may go on in the next chunk.
    text = parts.pop() ?? '';
    const found = parts.find(saysSomethingElse);
    if (found) {
      return hashOf(found);
    }
    if (bytes > MAX_BYTES) {
      return undefined;
    }
  }
  return saysSomethingElse(text) ? hashOf(text) : undefined;
}

function hashOf(part: string): string {
  return part.slice(
    0,
    part.indexOf('\n') >= 0 ? part.indexOf('\n') : undefined,
  );
}

function saysSomethingElse(part: string): boolean {
  const hunks = part.search(/^@@ /m);
  const header = hunks < 0 ? part : part.slice(0, hunks);
  // What git cannot compare may say anything.
  if (/^(?:new file mode|copy from|Binary files) /m.test(header)) {
    return true;
  }
  const lines = hunks < 0 ? [] : part.slice(hunks).split('\n');
  const ofSide = (sign: string) =>
    lines
      .filter(line => line.startsWith(sign))
      .map(line => line.slice(1))
      .join('\n');
  return isContentChange({ removed: ofSide('-'), added: ofSide('+') });
}

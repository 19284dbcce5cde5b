import {
  ExplanationHeadings,
  ExplanationPolicy,
  HostCommit,
  defaultHeadings,
  explanationPolicySchema,
  explanationSectionSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import parseDiff from 'parse-diff';
import { parse } from 'yaml';
import { z } from 'zod';
import { UnreadableError, UsageError } from '../errors';

/** Hosts take less of a description, and rarely show larger differences. */
const MAX_BYTES = 64 * 1024 * 1024;

const headingsSchema = z.strictObject(
  Object.fromEntries(
    explanationSectionSchema.options.map(section => [
      section,
      z.array(z.string()).optional(),
    ]),
  ),
);
/** Of an app-config, what is read here; the rest is Backstage's. */
const configSchema = z.looseObject({
  understanding: z
    .looseObject({
      explanations: z
        .strictObject({
          policy: explanationPolicySchema.optional(),
          headings: headingsSchema.optional(),
        })
        .optional(),
    })
    .optional(),
});

/** @param file - `-` for standard input */
export async function readText(file: string, input: Readable): Promise<string> {
  return file === '-' ? readStream(input, 'standard input') : readFile(file);
}

/** The paths that a difference touches, those before a renaming included. */
export async function readFiles(
  diff: string | undefined,
): Promise<string[] | undefined> {
  if (diff === undefined) {
    return undefined;
  }
  const text = await readFile(diff);
  const paths = parseDiff(text)
    .flatMap(({ from, to }) => [from, to])
    .filter(path => path !== undefined && path !== '/dev/null');
  if (paths.length === 0 && text.trim() !== '') {
    throw new UnreadableError(
      `${diff} is no difference that git printed: write it with git diff base...head.`,
    );
  }
  return [...new Set(paths)] as string[];
}

/** Commits as `git log -z --format='%H%n%ae%n%B'` prints them. */
export async function readCommits(
  file: string | undefined,
): Promise<HostCommit[]> {
  if (file === undefined) {
    return [];
  }
  const text = await readFile(file);
  return text
    .split('\0')
    .filter(commit => commit.trim() !== '')
    .map(commit => {
      const [sha, email, ...message] = commit.split('\n');
      if (!/^[\da-f]{40,64}$/.test(sha)) {
        throw new UnreadableError(
          `${file} does not hold commits: write it with git log -z --format='%H%n%ae%n%B' base..head.`,
        );
      }
      return { sha, email, message: message.join('\n') };
    });
}

/** What an organisation asks for; the names of one section replace the usual ones. */
export async function readSettings(
  file: string | undefined,
): Promise<{ policy: ExplanationPolicy; headings: ExplanationHeadings }> {
  const { policy = 'ai-assisted', headings = {} } =
    file === undefined ? {} : await readConfig(file);
  return { policy, headings: { ...defaultHeadings, ...headings } };
}

async function readConfig(file: string) {
  const text = await readFile(file);
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new UnreadableError(
      `${file} is no YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  const parsed = configSchema.safeParse(content ?? {});
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new UsageError(`${file}: ${path.join('.')}: ${message}`);
  }
  return parsed.data.understanding?.explanations ?? {};
}

async function readFile(file: string): Promise<string> {
  return readStream(createReadStream(file), file);
}

async function readStream(stream: Readable, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      const buffer = Buffer.from(chunk);
      bytes += buffer.length;
      if (bytes > MAX_BYTES) {
        throw new UnreadableError(
          `${name} has over ${MAX_BYTES} bytes: leave out of it what need not be explained.`,
        );
      }
      chunks.push(buffer);
    }
  } catch (error) {
    throw error instanceof UnreadableError
      ? error
      : new UnreadableError(
          `${name} cannot be read (${
            (error as NodeJS.ErrnoException).code
          }): name a file that is there.`,
        );
  }
  return Buffer.concat(chunks).toString('utf8');
}

import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  open,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { GitKnowledgeError } from '../GitKnowledgeError';
import { HeadFiles } from './HeadFiles';
import { History } from './History';

/** What every file of ours begins with, of whichever version. */
const WORD = 'git-knowledge state ';
/** First line of those of this version; another one is made anew. */
const VERSION = `${WORD}4\n`;
/** And the second one: the head, so that git can begin before the rest is loaded. */
const START = new RegExp(`^${VERSION}([\\da-f]{40}|[\\da-f]{64})\n`);
const MAX_START_BYTES = VERSION.length + 64 + 1;
const CHECKSUM_BYTES = 4;
/** Follows the name of the file while it is written. */
const TEMPORARY = /^[\da-f-]{36}\.tmp$/;
/** Nobody writes for so long. */
const ABANDONED_MS = 60 * 60 * 1000;

const int32 = z.custom<Int32Array>(types.isInt32Array);
const bytes = z.custom<Uint8Array>(types.isUint8Array);
const float64 = z.custom<Float64Array>(types.isFloat64Array);
const column = z.strictObject({ values: int32, length: z.number() });
const times = z.strictObject({ values: float64, length: z.number() });
const interned = z.strictObject({
  bytes: z.instanceof(Buffer),
  ends: column,
  slots: int32,
  seed: z.number(),
});

const stateSchema = z.strictObject({
  /** What the history was read with; one that was read otherwise is not the same. */
  reading: z.string(),
  /** The commits up to it, in order. */
  order: int32,
  /** The files there. */
  files: z.strictObject({
    paths: int32,
    contents: z.instanceof(Buffer),
    kinds: bytes,
  }),
  large: z.number(),
  uncompared: z.number(),
  columns: z.strictObject({
    hashes: interned,
    contacts: interned,
    paths: interned,
    rows: column,
    authors: column,
    authorTimes: times,
    committerTimes: times,
    parentStarts: column,
    roleStarts: column,
    changeStarts: column,
    changeEnds: column,
    parents: column,
    roles: column,
    changes: column,
  }),
});

/** A history up to a head, as it was read. */
export interface SavedState
  extends Omit<z.infer<typeof stateSchema>, 'columns' | 'files'> {
  /** The commit up to which it was read. */
  readonly head: string;
  readonly history: History;
  readonly files: HeadFiles;
}

/**
 * Reads only at which commit a history ends that was saved; whether it is whole tells
 * loading it.
 *
 * @returns undefined where there is none of this version
 */
export async function readSavedHead(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  const handle = found?.isFile()
    ? await open(file).catch(() => undefined)
    : undefined;
  if (!handle) {
    return undefined;
  }
  try {
    const start = Buffer.alloc(MAX_START_BYTES);
    const { bytesRead } = await handle.read(start);
    return START.exec(start.toString('latin1', 0, bytesRead))?.[1];
  } finally {
    await handle.close();
  }
}

/**
 * Loads a history that was saved.
 *
 * @returns undefined where there is none yet, or one of ours that is not whole or of
 * another version: it can be made anew
 * @throws GitKnowledgeError `not-a-state` for everything else, which is somebody's
 */
export async function loadState(file: string): Promise<SavedState | undefined> {
  const saved = await contentOf(file);
  const [start, head] =
    START.exec(saved.toString('latin1', 0, MAX_START_BYTES)) ?? [];
  if (start === undefined) {
    return undefined;
  }
  const end = start.length + CHECKSUM_BYTES;
  const content = saved.subarray(end);
  if (!saved.subarray(start.length, end).equals(checksum(start, content))) {
    return undefined;
  }
  let parsed;
  try {
    parsed = stateSchema.safeParse(deserialize(content));
  } catch {
    // Written by a newer Node.
    return undefined;
  }
  if (!parsed.success) {
    return undefined;
  }
  const { columns, files, ...state } = parsed.data;
  const history = new History(columns);
  return { ...state, head, history, files: new HeadFiles(history, files) };
}

/** Empty where there is no file yet. */
async function contentOf(file: string): Promise<Buffer> {
  let content = Buffer.alloc(0);
  try {
    const found = await stat(file).catch(ifMissing);
    if (found === undefined) {
      await stat(dirname(file));
    } else if (!found.isFile()) {
      throw notAState(file, 'is no file: name a file in it, or another one');
    } else {
      content = await readFile(file);
    }
  } catch (error) {
    if (error instanceof GitKnowledgeError) {
      throw error;
    }
    const { code } = error as NodeJS.ErrnoException;
    throw notAState(
      file,
      code === 'ENOENT'
        ? 'lies in a folder that is not there: make the folder, or name another file'
        : `cannot be read (${code}): name another file`,
    );
  }
  const isOurs = content.toString('latin1', 0, WORD.length) === WORD;
  if (content.length > 0 && !isOurs) {
    throw notAState(
      file,
      'is not one of ours, and is left as it is: name another file, or one that is not there yet',
    );
  }
  return content;
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') {
    throw error;
  }
  return undefined;
}

function notAState(file: string, what: string): GitKnowledgeError {
  return new GitKnowledgeError('not-a-state', `The state ${file} ${what}.`);
}

/**
 * Saves a history; a file that is there is replaced as a whole or not at all. Whoever
 * saves at the same time writes elsewhere, and the last one stays.
 */
export async function saveState(
  file: string,
  { head, history, files, ...state }: SavedState,
): Promise<void> {
  const content = serialize({
    ...state,
    files: files.columns,
    columns: history.columns,
  });
  const start = `${VERSION}${head}\n`;
  // What a link leads to is replaced, and not the link.
  const target = (await realpath(file).catch(ifMissing)) ?? file;
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile([
        Buffer.from(start),
        checksum(start, content),
        content,
      ]);
      await removeAbandoned(target, await handle.stat());
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes what processes left that were killed while they saved. */
async function removeAbandoned(file: string, { mtimeMs }: Stats) {
  const folder = dirname(file);
  const start = `${basename(file)}.`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(start) && TEMPORARY.test(name.slice(start.length))) {
      const path = join(folder, name);
      // By the clock of the file system, which may be another machine's.
      const written = await stat(path).catch(ifMissing);
      if (written && written.mtimeMs < mtimeMs - ABANDONED_MS) {
        await rm(path, { force: true });
      }
    }
  }
}

/** Against damage, which one that is fast enough not to be felt finds as well. */
function checksum(start: string, content: Buffer): Buffer {
  const sum = Buffer.alloc(CHECKSUM_BYTES);
  sum.writeUInt32LE(crc32(content, crc32(start)));
  return sum;
}

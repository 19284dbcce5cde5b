import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import { History } from './History';

/** First line of every file; one of another version is made anew. */
const MAGIC = Buffer.from('git-knowledge state 1\n');
const CHECKSUM_BYTES = 32;

const int32 = z.custom<Int32Array>(types.isInt32Array);
const float64 = z.custom<Float64Array>(types.isFloat64Array);
const interned = z.strictObject({ bytes: z.instanceof(Buffer), ends: int32 });

const stateSchema = z.strictObject({
  /** What the history was read with; one that was read otherwise is not the same. */
  reading: z.string(),
  /** The commit up to which it was read. */
  head: z.string(),
  large: z.number(),
  uncompared: z.number(),
  columns: z.strictObject({
    hashes: interned,
    contacts: interned,
    paths: interned,
    rows: int32,
    authors: int32,
    authorTimes: float64,
    committerTimes: float64,
    parentStarts: int32,
    roleStarts: int32,
    changeStarts: int32,
    changeEnds: int32,
    parents: int32,
    roles: int32,
    changes: int32,
  }),
});

/** A history up to a head, as it was read. */
export interface SavedState
  extends Omit<z.infer<typeof stateSchema>, 'columns'> {
  readonly history: History;
}

/**
 * Loads a history that was saved.
 *
 * @returns undefined where there is no such file, or one that is not whole or of
 * another version
 */
export async function loadState(file: string): Promise<SavedState | undefined> {
  let saved: Buffer;
  try {
    saved = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const start = MAGIC.length + CHECKSUM_BYTES;
  const content = saved.subarray(start);
  if (
    !saved.subarray(0, MAGIC.length).equals(MAGIC) ||
    !saved.subarray(MAGIC.length, start).equals(checksum(content))
  ) {
    return undefined;
  }
  const { columns, ...state } = stateSchema.parse(deserialize(content));
  return { ...state, history: new History(columns) };
}

/** Saves a history; a file that is there is replaced as a whole or not at all. */
export async function saveState(
  file: string,
  { history, ...state }: SavedState,
): Promise<void> {
  const content = serialize({ ...state, columns: history.columns });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writev([MAGIC, checksum(content), content]);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function checksum(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Writes the place in a list after which to go on; opaque to callers. */
export function writeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Reads a cursor that {@link writeCursor} wrote.
 *
 * @throws InputError when it is none of ours
 */
export function readCursor<T extends z.ZodType>(
  schema: T,
  cursor: string | undefined,
): z.infer<T> | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  try {
    return schema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
  } catch {
    throw new InputError(
      'cursor: is not one that this list gave for this order; begin again without it',
    );
  }
}

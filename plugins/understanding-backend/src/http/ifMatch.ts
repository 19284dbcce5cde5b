import { ConflictError, InputError } from '@backstage/errors';
import { Request } from 'express';

/** The entity tag of a version. */
export function etagOf(thing: { readonly version: number }): string {
  return `"${thing.version}"`;
}

/**
 * The version that a caller has read, from `If-Match`; 0 from `If-None-Match: *`, by
 * which a caller says that nothing was there.
 *
 * @throws InputError without either, since what others wrote meanwhile would be lost
 */
export function versionOf(req: Request): number {
  if (req.header('if-none-match') === '*') {
    return 0;
  }
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(req.header('if-match') ?? '');
  if (!match) {
    throw new InputError(
      'Send the ETag of the version that you have read as If-Match, such as If-Match: "1"; where nothing was there yet, send If-None-Match: *.',
    );
  }
  return Number(match[1]);
}

/**
 * Says that somebody else was faster. Both versions are in the answer, so that nothing
 * that was written is lost.
 *
 * @param what - what was to be changed, such as `this failure mode`
 * @param current - the present version; undefined where it is gone
 * @param submitted - undefined where it was to be removed
 */
export function conflictOf<T extends { readonly version: number }>(
  what: string,
  read: number,
  current: T | undefined,
  submitted?: unknown,
): ConflictError {
  const seen =
    read === 0
      ? `Nothing was there of ${what} when you looked`
      : `Version ${read} of ${what} is no longer the present one`;
  const error = new ConflictError(
    current
      ? `${seen}; version ${current.version} is. Read what changed, and send yours again with If-Match: "${current.version}".`
      : `${seen}; it is gone. Send yours again with If-None-Match: * to write it anew.`,
  );
  return Object.assign(error, { current, submitted });
}

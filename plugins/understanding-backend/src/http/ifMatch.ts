import { InputError } from '@backstage/errors';
import { Request } from 'express';

/** The entity tag of a version. */
export function etagOf(thing: { readonly version: number }): string {
  return `"${thing.version}"`;
}

/**
 * The version that a caller has read, from `If-Match`.
 *
 * @throws InputError without it, since what others wrote meanwhile would be lost
 */
export function versionOf(req: Request): number {
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(req.header('if-match') ?? '');
  if (!match) {
    throw new InputError(
      'Send the ETag of the version that you have read as If-Match, such as If-Match: "1".',
    );
  }
  return Number(match[1]);
}

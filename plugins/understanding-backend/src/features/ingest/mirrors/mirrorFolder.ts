import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import { join, relative, sep } from 'node:path';

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/;
/** What code hosts take in names; nothing that a path or a shell reads otherwise. */
const SEGMENT = /^[a-z0-9._~-]{1,200}$/;
const MAX_SEGMENTS = 20;
const SUFFIX = '.git';

/**
 * Where the mirror of a repository lies: `<directory>/<host>/<owner>/<name>.git`, in
 * lower case, as addresses of code hosts compare without it.
 *
 * @returns undefined for names that no code host gives, such as `..` or `a.git/b`
 */
export function mirrorFolder(
  directory: string,
  { host, repository }: HostRepository,
): string | undefined {
  const [first, ...segments] = [host, ...repository.split('/')].map(part =>
    part.toLowerCase(),
  );
  const isName =
    HOST.test(first) &&
    segments.length <= MAX_SEGMENTS &&
    segments.every(
      segment =>
        SEGMENT.test(segment) &&
        !/^\.\.?$/.test(segment) &&
        // It would lie in the mirror of another one.
        !segment.endsWith(SUFFIX),
    );
  return isName
    ? join(directory, first, ...segments.slice(0, -1), segments.slice(-1)[0]) +
        SUFFIX
    : undefined;
}

/** The repository whose mirror lies in a folder; undefined when none does. */
export function mirroredRepository(
  directory: string,
  folder: string,
): HostRepository | undefined {
  const [host, ...segments] = relative(directory, folder).split(sep);
  const repository = segments.join('/').slice(0, -SUFFIX.length);
  return mirrorFolder(directory, { host, repository }) === folder
    ? { host, repository }
    : undefined;
}

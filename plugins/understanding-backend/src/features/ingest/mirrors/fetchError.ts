import { MirrorError, MirrorErrorCode } from './MirrorError';
import { GitEnd } from './sandboxedGit';

/** What git says, in the order in which it is looked for. */
const SIGNS: ReadonlyArray<readonly [RegExp, MirrorErrorCode]> = [
  [/No space left on device|Disk quota exceeded/, 'no-room'],
  [/[Oo]ut of memory|[Cc]annot allocate memory|mmap failed/, 'too-large'],
  [/fsck error|^error: object [0-9a-f]+:/m, 'malformed'],
  [/^fatal: repository '.*' not found$/m, 'not-found'],
  [/could not read Username|Authentication failed/, 'forbidden'],
  [/couldn't find remote ref HEAD/, 'empty'],
];

const STATUS = /The requested URL returned error: (\d{3})\b/;
const NETWORK =
  /unable to access|RPC failed|hung up unexpectedly|early EOF|unexpected disconnect|expected (flush|packfile)|protocol error|not valid: |invalid server response|index-pack (died|failed)|invalid index-pack output/;

/** What a failed git of a mirror means. */
export function fetchError(
  name: string,
  { code, errors }: GitEnd,
): MirrorError {
  const sign = SIGNS.find(([pattern]) => pattern.test(errors));
  if (sign) {
    return MirrorError.create(sign[1], name, {
      detail: /object [0-9a-f]+: ([A-Za-z0-9]+):/.exec(errors)?.[1],
    });
  }
  const status = Number(STATUS.exec(errors)?.[1]);
  if (status) {
    return MirrorError.create(codeOfStatus(status), name, {
      detail: `HTTP ${status}`,
    });
  }
  return NETWORK.test(errors)
    ? MirrorError.create('unavailable', name)
    : MirrorError.create('failed', name, {
        detail: `git ended with ${code ?? 'a signal'}`,
      });
}

function codeOfStatus(status: number): MirrorErrorCode {
  if (status >= 300 && status < 400) {
    return 'moved';
  }
  switch (status) {
    case 401:
    case 403:
    case 407:
    case 451:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'unavailable' : 'failed';
  }
}

/**
 * Why a repository could not be fetched.
 *
 * - `empty`: nothing was ever committed on its default branch.
 * - `moved`: its host names another address.
 * - `malformed`: git refuses an object in it.
 * - `no-room`: the mirrors have no room for it.
 * - `refused`: its change host gives an address that is not fetched from.
 * - `failed`: nobody knows.
 */
export type MirrorErrorCode =
  | 'empty'
  | 'failed'
  | 'forbidden'
  | 'malformed'
  | 'moved'
  | 'no-room'
  | 'not-found'
  | 'rate-limited'
  | 'refused'
  | 'timeout'
  | 'too-large'
  | 'unavailable';

const TEMPORARY: ReadonlySet<MirrorErrorCode> = new Set<MirrorErrorCode>([
  'failed',
  'no-room',
  'rate-limited',
  'timeout',
  'unavailable',
]);

/**
 * A repository could not be fetched. The message is made here, of words and the name of
 * the repository: what git and hosts print may hold anything.
 */
export class MirrorError extends Error {
  readonly code: MirrorErrorCode;
  readonly retryAfterSeconds?: number;

  /** @param detail - a word or number that was checked, for `failed` and `malformed` */
  static create(
    code: MirrorErrorCode,
    name: string,
    options: { detail?: string; retryAfterSeconds?: number } = {},
  ): MirrorError {
    return new MirrorError(
      code,
      wordsOf(code, name, options.detail),
      options.retryAfterSeconds,
    );
  }

  /** @param message - as an earlier error of this kind had it */
  constructor(
    code: MirrorErrorCode,
    message: string,
    retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'MirrorError';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether it says nothing about the repository, and may be over soon. */
  get isTemporary(): boolean {
    return TEMPORARY.has(this.code);
  }
}

function wordsOf(code: MirrorErrorCode, name: string, detail = ''): string {
  switch (code) {
    case 'not-found':
      return `Its host does not find ${name}, or does not show it to us: correct the annotation backstage.io/source-location, or give the change host's credentials access to it.`;
    case 'forbidden':
      return `Its host does not let us read ${name}: give the change host's credentials access to its contents.`;
    case 'empty':
      return `${name} has no commit on its default branch yet: make one, and it is read.`;
    case 'moved':
      return `Its host says that ${name} is elsewhere now: write its present address into the annotation backstage.io/source-location.`;
    case 'malformed':
      return `git refuses an object in ${name}${
        detail && ` (${detail})`
      }: repair the repository, or clone it below one of understanding.repositories.localRoots.`;
    case 'too-large':
      return `${name} needs more room or memory than one repository may take: raise understanding.repositories.mirrors.maxRepositorySize, or clone it below one of understanding.repositories.localRoots.`;
    case 'no-room':
      return `There is no room for ${name} on the disk of the mirrors: make some, or change understanding.repositories.mirrors.maxSize.`;
    case 'rate-limited':
      return `The host of ${name} asks us to wait; it is fetched later.`;
    case 'unavailable':
      return `The host of ${name} gives no answer that git understands, or its certificate is not trusted; it is asked again later.`;
    case 'timeout':
      return `Fetching ${name} took too long and was given up: raise understanding.repositories.mirrors.timeout; it is tried again later.`;
    case 'refused':
      return `The change host gives an address of ${name} that is not fetched from: it takes an http: or https: URL without credentials in it, and headers of one line.`;
    case 'failed':
    default:
      return `${name} could not be fetched${
        detail && ` (${detail})`
      }; it is tried again later.`;
  }
}

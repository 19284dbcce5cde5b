import { GitKnowledgeError } from '../GitKnowledgeError';

const MAX_WORDS = 300;
const NO_SUCH_PROGRAM = 127;
/** By their names, and as a shell tells them of what it ran. */
const INTERRUPTED = new Set<unknown>(['SIGINT', 'SIGTERM', 128 + 2, 128 + 15]);

/** How a git ended. */
export interface End {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
}

/** What a reading that was stopped ends with: what its signal says, if that is ours. */
export function abortedError(signal: AbortSignal): GitKnowledgeError {
  return signal.reason instanceof GitKnowledgeError ? signal.reason : stopped();
}

function stopped(): GitKnowledgeError {
  return new GitKnowledgeError('aborted', 'The reading was stopped.');
}

/** What git ended with, as an error that says what to do. */
export function toError(
  repository: string,
  { code, killedBy }: End,
  { stderr, memoryMb }: { stderr: string; memoryMb: number },
): GitKnowledgeError {
  if (code === NO_SUCH_PROGRAM) {
    return gitMissing();
  }
  // Whoever interrupts us may have interrupted git first.
  if (INTERRUPTED.has(killedBy ?? code)) {
    return stopped();
  }
  if (/not a git repository/i.test(stderr)) {
    return notARepository(repository);
  }
  if (/permission denied/i.test(stderr)) {
    return mayNotBeRead(repository);
  }
  if (/out of memory|cannot allocate memory/i.test(stderr)) {
    return new GitKnowledgeError(
      'too-large',
      `git needs more than ${memoryMb} MiB of memory for ${repository}: something in it is too large to be read; read fewer commits, or leave it out.`,
    );
  }
  const [words = `it was ended by ${killedBy ?? code}`] = stderr
    .trim()
    .split('\n')
    .slice(-1)
    .filter(Boolean);
  return new GitKnowledgeError(
    'failed',
    `git could not read ${repository}: ${words
      // It may quote what it found in a file.
      .replace(/\p{Cc}/gu, '?')
      .slice(0, MAX_WORDS)}; run git fsck there, or clone it anew.`,
  );
}

/** What kept git from being run, likewise. */
export function asKnown(error: unknown, repository: string): GitKnowledgeError {
  if (error instanceof GitKnowledgeError) {
    return error;
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return gitMissing();
  }
  if (code === 'EACCES') {
    return mayNotBeRead(repository);
  }
  return new GitKnowledgeError(
    'failed',
    `git could not be run in ${repository}: ${(error as Error).message}`,
  );
}

export function mayNotBeRead(repository: string): GitKnowledgeError {
  return new GitKnowledgeError(
    'failed',
    `This user may not read ${repository}, or something in it: change its permissions, or call this as its owner.`,
  );
}

function gitMissing(): GitKnowledgeError {
  return new GitKnowledgeError(
    'git-missing',
    'git is not installed on this machine: install git 2.31 or newer.',
  );
}

export function notARepository(repository: string): GitKnowledgeError {
  return new GitKnowledgeError(
    'not-a-repository',
    `${repository} is not a git repository: run git init or git clone there, or correct the location.`,
  );
}

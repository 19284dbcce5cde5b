/**
 * Why a history could not be read.
 * @public
 */
export type GitKnowledgeErrorCode =
  | 'aborted'
  | 'empty'
  | 'failed'
  | 'git-missing'
  | 'not-a-repository'
  | 'not-a-state'
  | 'not-found'
  | 'timeout'
  | 'too-large'
  | 'unknown-ref';

/**
 * A history could not be read; the message says what to do.
 * @public
 */
export class GitKnowledgeError extends Error {
  readonly code: GitKnowledgeErrorCode;

  constructor(code: GitKnowledgeErrorCode, message: string) {
    super(message);
    this.name = 'GitKnowledgeError';
    this.code = code;
  }
}

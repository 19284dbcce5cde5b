/**
 * What the command line has of the world.
 * @public
 */
export interface CliIo {
  /** Standard output. */
  write(text: string): void;
  /** Standard error. */
  fail(text: string): void;
  readonly now: Date;
  /** The current directory. */
  readonly cwd: string;
  /** Aborts when whoever called has enough. */
  readonly signal?: AbortSignal;
  /** Columns of the terminal that the output goes to; undefined elsewhere. */
  readonly columns?: number;
  /** Whether the output may have colours. */
  readonly hasColours?: boolean;
  /** Whether standard error is a terminal, where progress can be shown. */
  readonly showsProgress?: boolean;
}

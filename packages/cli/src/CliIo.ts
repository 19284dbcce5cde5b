import { Readable } from 'node:stream';

/**
 * What the program has to do with the world around it.
 * @public
 */
export interface CliIo {
  /** Standard input. */
  readonly input: Readable;
  readonly write: (text: string) => void;
  /** For what goes wrong. */
  readonly fail: (text: string) => void;
}

/**
 * The command `understanding`: checks in any CI whether a change is explained.
 *
 * @packageDocumentation
 */
export type { CheckAnswer } from './explain/check';
export { type CliIo, runCli } from './runCli';

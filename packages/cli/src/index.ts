/**
 * The command `understanding`: checks in any CI whether a change is explained, and
 * asks a running Backstage who understands something.
 *
 * @packageDocumentation
 */
export type { CheckAnswer } from './explain/check';
export type { CliIo } from './CliIo';
export { runCli } from './runCli';

/**
 * Change host of the understanding backend: GitHub.
 *
 * @packageDocumentation
 */
export { understandingModuleGithub as default } from './module';

/**
 * Change host of the understanding backend: GitLab.
 *
 * @packageDocumentation
 */
export { understandingModuleGitlab as default } from './module';

/**
 * The backend of the understanding plugin.
 *
 * @packageDocumentation
 */
export { understandingPlugin as default } from './plugin';

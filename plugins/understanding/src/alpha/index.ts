/**
 * The plugin for apps of the new front-end system.
 *
 * @packageDocumentation
 */
export { understandingPlugin as default } from './plugin';
export { understandingTranslationRef } from '../translation';
export { understandingSearchModule } from './searchModule';

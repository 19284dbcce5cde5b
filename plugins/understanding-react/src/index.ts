/**
 * API, hooks and small components of the understanding plugin.
 *
 * @packageDocumentation
 */
export { understandingApiRef } from './api';
export * from './components';
export { understandingReactTranslationRef } from './translation';
export { useEntityUnderstanding } from './hooks/useEntityUnderstanding';

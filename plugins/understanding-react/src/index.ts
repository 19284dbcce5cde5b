/**
 * API, hooks and small components of the understanding plugin.
 *
 * @packageDocumentation
 */
export { understandingApiRef } from './api';
export * from './components';
export { useEntityUnderstanding } from './hooks/useEntityUnderstanding';

/**
 * Explanations of changes in Backstage search.
 *
 * @packageDocumentation
 */
export type { ExplanationDocument } from './ExplanationCollatorFactory';
export { searchModuleUnderstanding as default } from './module';

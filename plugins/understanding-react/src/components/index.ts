export { CoverageStateLabel } from './CoverageStateLabel';
export { DocumentStateLabel } from './DocumentStateLabel';
export { ExampleLabel } from './ExampleLabel';
export {
  ExplanationStateLabel,
  explanationStateNames,
} from './ExplanationStateLabel';
export { FlagLabel } from './FlagLabel';
export { FreshnessLabel } from './FreshnessLabel';
export { Instant } from './Instant';
export { PersonList } from './PersonList';
export { Prose } from './Prose';
export { ReasonList } from './ReasonList';
export { UnderstandingError } from './UnderstandingError';

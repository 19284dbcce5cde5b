export { DocumentStateLabel } from './DocumentStateLabel';
export { ExampleLabel } from './ExampleLabel';
export { FlagLabel } from './FlagLabel';
export { FreshnessLabel } from './FreshnessLabel';
export { Instant } from './Instant';
export { PersonList } from './PersonList';
export { ReasonList } from './ReasonList';
export { UnderstandingError } from './UnderstandingError';

export * from './addEvidence';
export * from './corrections';
export * from './freshness';
export * from './identities';
export * from './suggestReviewers';
export * from './teamEntities';
export * from './understanding';

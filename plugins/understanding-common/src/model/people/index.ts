export * from './addEvidence';
export * from './freshness';
export * from './identities';
export * from './understanding';

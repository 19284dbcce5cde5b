export * from './addEvidence';
export * from './corrections';
export * from './contradictions';
export * from './freshness';
export * from './identities';
export * from './understanding';
export * from './timeZone';

export * from './freshness';
export * from './identities';
export * from './understanding';

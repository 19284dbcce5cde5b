export * from './dependencyGraph';
export * from './describeOutage';
export * from './simulateOutage';
export * from './structure';

export * from './dependencyGraph';
export * from './describeOutage';
export * from './simulateDeparture';
export * from './simulateOutage';
export * from './structure';

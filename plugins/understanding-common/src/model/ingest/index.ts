export * from './affectedEntities';
export * from './aiAssistance';
export * from './changeWeight';
export * from './command';
export * from './HostFact';
export * from './latest';

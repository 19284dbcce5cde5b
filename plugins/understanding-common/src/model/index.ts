export * from './alerts';
export * from './documents';
export * from './entities';
export * from './failure-modes';
export * from './flags';
export * from './lookup';
export * from './people';
export * from './settings';

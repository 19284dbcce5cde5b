export * from './documents';
export * from './edges';
export * from './entities';
export * from './flags';
export * from './lookup';
export * from './people';
export * from './shared';

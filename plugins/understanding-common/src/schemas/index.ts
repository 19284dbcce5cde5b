export * from './documents';
export * from './entities';
export * from './explanations';
export * from './flags';
export * from './ingest';
export * from './lookup';
export * from './people';
export * from './shared';

export * from './parseQuestion';
export * from './nobodyUnderstands';

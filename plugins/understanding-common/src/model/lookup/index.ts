export * from './parseQuestion';
export * from './nobodyUnderstands';
export * from './searchWords';
export * from './slackAnswer';

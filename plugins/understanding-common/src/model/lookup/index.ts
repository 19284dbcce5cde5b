export * from './parseQuestion';
export * from './nobodyUnderstands';
export * from './onCallInWords';
export * from './oneEditAway';
export * from './partTruncated';
export * from './searchWords';
export * from './slackAnswer';
export * from './stillReading';

export * from './planAlerts';
export * from './retry';
export * from './alertText';

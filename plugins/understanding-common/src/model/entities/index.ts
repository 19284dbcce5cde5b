export * from './assessEntity';
export * from './catalogEntity';
export * from './catalogFile';
export * from './combineEdges';
export * from './compareWithTraffic';
export * from './serviceGraph';

export * from './assessEntity';
export * from './catalogEntity';
export * from './combineEdges';
export * from './compareWithTraffic';
export * from './serviceGraph';

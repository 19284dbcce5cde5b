export * from './assumptions';
export * from './compareSides';
export * from './coverEdges';
export * from './criticality';
export * from './differences';
export * from './planFileImport';
export * from './rollUpCoverage';
export * from './templates';

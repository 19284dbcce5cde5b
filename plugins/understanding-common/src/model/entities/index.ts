export * from './assessEntity';
export * from './catalogEntity';

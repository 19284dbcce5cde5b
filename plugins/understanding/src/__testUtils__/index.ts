export { StandInBackend } from './StandInBackend';
export { findRow } from './findRow';
export * from './fixtures';
export * from './render';
export { setupUser } from './setupUser';
export * from './failureModes';

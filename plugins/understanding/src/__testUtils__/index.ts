export { StandInBackend } from './StandInBackend';
export * from './fixtures';
export * from './render';
export { setupUser } from './setupUser';
export * from './failureModes';

/**
 * The contract and the rules of the understanding plugin, for browser, server and
 * command line.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './markdown';
export * from './model';
export * from './permissions';
export * from './schemas';
export { type UnderstandingApi } from './UnderstandingApi';
export {
  UnderstandingClient,
  type UnderstandingClientOptions,
} from './UnderstandingClient';

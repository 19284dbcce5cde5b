/**
 * The contract and the rules of the understanding plugin, for browser, server and
 * command line.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './model';
export * from './permissions';
export * from './schemas';
export {
  UnderstandingClient,
  type UnderstandingApi,
  type UnderstandingClientOptions,
} from './UnderstandingClient';

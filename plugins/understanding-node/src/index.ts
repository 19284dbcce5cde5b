/**
 * Extension points of the understanding backend.
 *
 * @packageDocumentation
 */
export * from './alertChannel';
export * from './changeHost';
export * from './equalsOneOf';
export * from './parseJsonBody';

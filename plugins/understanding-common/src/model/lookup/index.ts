export * from './parseQuestion';

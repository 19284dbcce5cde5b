export * from './operability';

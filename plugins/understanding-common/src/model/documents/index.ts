export * from './documentState';

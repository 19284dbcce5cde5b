export * from './explanationIn';
export * from './readSections';

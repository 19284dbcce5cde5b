export * from './assessmentCommand';
export * from './explanationState';
export * from './parseExplanation';
export * from './plainText';
export * from './policy';
export * from './prompts';
export * from './questions';
export * from './similarity';

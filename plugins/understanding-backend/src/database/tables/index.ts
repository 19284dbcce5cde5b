/** Rows as the database has them; they never leave the stores. */
export * from './entities';
export * from './explanations';
export * from './histories';
export * from './hosts';
export * from './people';

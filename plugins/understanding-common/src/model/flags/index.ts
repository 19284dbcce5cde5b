export * from './FlagRule';
export * from './planFlags';
export { flagRules } from './rules';

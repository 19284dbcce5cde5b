export * from './FlagRule';
export * from './hideNames';
export * from './planFlags';
export { flagRules } from './rules';

import { FlagRule } from '../FlagRule';
import { noOwner } from './noOwner';
import { staleDocs } from './staleDocs';
import { thinUnderstanding } from './thinUnderstanding';

/**
 * The only registry of rules.
 * @public
 */
export const flagRules: readonly FlagRule[] = [
  noOwner,
  staleDocs,
  thinUnderstanding,
];

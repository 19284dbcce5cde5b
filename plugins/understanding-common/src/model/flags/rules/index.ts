import { FlagRule } from '../FlagRule';
import { expiringAssumption } from './expiringAssumption';
import { noOwner } from './noOwner';
import { staleDocs } from './staleDocs';
import { thinUnderstanding } from './thinUnderstanding';
import { unansweredDependency } from './unansweredDependency';
import { undeclaredDependency } from './undeclaredDependency';
import { unpreventedFailure } from './unpreventedFailure';
import { unseenDependency } from './unseenDependency';

/**
 * The only registry of rules.
 * @public
 */
export const flagRules: readonly FlagRule[] = [
  expiringAssumption,
  noOwner,
  staleDocs,
  thinUnderstanding,
  unansweredDependency,
  undeclaredDependency,
  unpreventedFailure,
  unseenDependency,
];

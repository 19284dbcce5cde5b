/**
 * Pages, entity tab and card that show who understands what.
 *
 * @packageDocumentation
 */
export {
  EntityFailureModesContent,
  EntityUnderstandingCard,
  EntityUnderstandingContent,
  UnderstandingPage,
  isUnderstandingAvailable,
  understandingPlugin,
} from './plugin';

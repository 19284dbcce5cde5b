/**
 * Pages, entity tab and card that show who understands what.
 *
 * @packageDocumentation
 */
export {
  EntityUnderstandingCard,
  EntityUnderstandingContent,
  UnderstandingPage,
  isUnderstandingAvailable,
  understandingPlugin,
} from './plugin';

/**
 * Pages, entity tab and card that show who understands what.
 *
 * @packageDocumentation
 */
export {
  EntityExplanationsContent,
  EntityFailureModesContent,
  EntityUnderstandingCard,
  EntityUnderstandingContent,
  UnderstandingCatalogSearchResultListItem,
  UnderstandingPage,
  isUnderstandingAvailable,
  understandingPlugin,
} from './plugin';
export { explanationsResultType } from './features/explanations/explanationsResultType';

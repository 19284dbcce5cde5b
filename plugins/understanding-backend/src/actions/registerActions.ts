import { registerEntityUnderstanding } from './entityUnderstandingAction';
import { registerListFlags } from './listFlagsAction';
import { registerOperability } from './operabilityAction';
import { registerWhoUnderstands } from './whoUnderstandsAction';

/**
 * What agents may ask through Backstage's actions, e.g. over MCP. Each calls the same
 * service as the HTTP API with the credentials of the caller, and changes nothing.
 */
export function registerActions(
  options: Parameters<typeof registerEntityUnderstanding>[0] &
    Parameters<typeof registerListFlags>[0] &
    Parameters<typeof registerOperability>[0] &
    Parameters<typeof registerWhoUnderstands>[0],
): void {
  registerWhoUnderstands(options);
  registerEntityUnderstanding(options);
  registerListFlags(options);
  registerOperability(options);
}

import { createApiRef } from '@backstage/core-plugin-api';
import { UnderstandingApi } from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * Asks the understanding backend; in both front-end systems.
 * @public
 */
export const understandingApiRef = createApiRef<UnderstandingApi>({
  id: 'plugin.understanding.client',
});

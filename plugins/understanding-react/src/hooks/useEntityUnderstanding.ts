import { useApi } from '@backstage/core-plugin-api';
import { EntityUnderstanding } from '@understanding-dev/backstage-plugin-understanding-common';
import useAsyncRetry, { AsyncStateRetry } from 'react-use/esm/useAsyncRetry';
import { understandingApiRef } from '../api';

/**
 * What is known of one entity.
 *
 * @param entityRef - full and lower-case
 * @public
 */
export function useEntityUnderstanding(
  entityRef: string,
): AsyncStateRetry<EntityUnderstanding> {
  const api = useApi(understandingApiRef);
  return useAsyncRetry(() => api.getEntity(entityRef), [api, entityRef]);
}

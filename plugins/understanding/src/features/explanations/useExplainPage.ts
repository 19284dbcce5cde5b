import { useApi } from '@backstage/core-plugin-api';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** What has to be known before one can write. */
export function useExplainPage(id: string | undefined) {
  const api = useApi(understandingApiRef);
  return useAsyncRetry(async () => {
    const [{ headings }, record] = await Promise.all([
      api.getExplanationPolicy({}),
      id === undefined ? undefined : api.getExplanation(id),
    ]);
    return { headings, record };
  }, [api, id]);
}

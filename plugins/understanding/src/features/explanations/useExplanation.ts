import { useApi } from '@backstage/core-plugin-api';
import { ExplanationRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry, { AsyncStateRetry } from 'react-use/esm/useAsyncRetry';

/** One explanation with all that is known of it. */
export function useExplanation(id: string): AsyncStateRetry<ExplanationRecord> {
  const api = useApi(understandingApiRef);
  return useAsyncRetry(() => api.getExplanation(id), [api, id]);
}

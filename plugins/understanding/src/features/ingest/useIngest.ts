import { useApi } from '@backstage/core-plugin-api';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useReducer, useRef } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useEvent from 'react-use/esm/useEvent';

/** Whoever comes back sooner is shown what was read before. */
const FOCUS_PAUSE_MILLIS = 15_000;

/**
 * How ingest is doing: read at first, when it is asked for, and when somebody comes
 * back to the page. `reading` counts how often, for what is to be read with it.
 */
export function useIngest() {
  const api = useApi(understandingApiRef);
  const [reading, readAgain] = useReducer((count: number) => count + 1, 0);
  const lastReadAt = useRef(0);
  const status = useAsync(async () => {
    lastReadAt.current = Date.now();
    return {
      ...(await api.getIngestStatus()),
      readAt: new Date().toISOString(),
    };
  }, [api, reading]);
  useEvent('focus', () => {
    if (Date.now() - lastReadAt.current >= FOCUS_PAUSE_MILLIS) {
      readAgain();
    }
  });
  return { status, reading, readAgain };
}

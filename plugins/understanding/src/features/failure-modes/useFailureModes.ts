import { useApi } from '@backstage/core-plugin-api';
import {
  Edge,
  EdgePage,
  FailureMode,
  FailureModeFileState,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry, { AsyncStateRetry } from 'react-use/esm/useAsyncRetry';

/** What the tab shows of an entity. */
export interface FailureModesOfEntity {
  readonly edges: readonly Edge[];
  /** Dependencies that the reader may not see. */
  readonly hidden: number;
  readonly proposed: EdgePage['proposed'];
  readonly unread: EdgePage['unread'];
  readonly modes: readonly FailureMode[];
  readonly totalModes: number;
  readonly file?: FailureModeFileState;
}

/** The dependencies of an entity, and what is said of the ways in which they fail. */
export function useFailureModes(
  entityRef: string,
): AsyncStateRetry<FailureModesOfEntity> {
  const api = useApi(understandingApiRef);
  return useAsyncRetry(async () => {
    const [edges, modes, { file }] = await Promise.all([
      api.listEdges(entityRef),
      api.listFailureModes({ entity: entityRef, limit: 200 }),
      api.getFailureModeFile(entityRef),
    ]);
    return {
      edges: edges.items,
      hidden: edges.hidden,
      proposed: edges.proposed,
      unread: edges.unread,
      modes: modes.items,
      totalModes: modes.totalItems,
      file,
    };
  }, [api, entityRef]);
}

import { useApi } from '@backstage/core-plugin-api';
import { useTable } from '@backstage/ui';
import {
  Edge,
  Explanation,
  ListExplanationsQuery,
  isDependency,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { ALL } from '../../components/FilterSelect';

/** What the filters choose; undefined means all. */
export type ExplanationFilter = Pick<
  ListExplanationsQuery,
  'aiAssistance' | 'edgeTo' | 'plane' | 'state'
>;

// What the address says and means nothing must not keep the table away.
const { shape } = listExplanationsQuerySchema;

/** Explanations of an entity, a page at a time; the filters stand in the address. */
export function useExplanations(entityRef: string) {
  const api = useApi(understandingApiRef);
  const [params, setParams] = useSearchParams();
  const state = shape.state.safeParse(params.get('state') ?? undefined).data;
  const plane = shape.plane.safeParse(params.get('plane') ?? undefined).data;
  const ai = shape.aiAssistance.safeParse(params.get('ai') ?? undefined).data;
  const edgeTo = shape.edgeTo.safeParse(params.get('edge') ?? undefined).data;
  const edges = useAsync(() => api.listEdges(entityRef), [api, entityRef]);
  // The table loads anew whenever it is given another object.
  const filter = useMemo(
    (): ExplanationFilter => ({ state, plane, aiAssistance: ai, edgeTo }),
    [state, plane, ai, edgeTo],
  );
  const table = useTable<Explanation, ExplanationFilter>({
    mode: 'cursor',
    filter,
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
    getData: async request => {
      const page = await api.listExplanations({
        entity: entityRef,
        ...request.filter,
        limit: request.pageSize,
        cursor: request.cursor,
      });
      return {
        data: page.items,
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });
  const choose = (key: string, value: string) =>
    setParams(
      current => {
        const next = new URLSearchParams(current);
        if (value === ALL) {
          next.delete(key);
        } else {
          next.set(key, value);
        }
        return next;
      },
      { replace: true },
    );
  return {
    table,
    filter,
    /** Dependencies by which they can be filtered. */
    dependencies: withChosen(edges.value?.items ?? [], edgeTo),
    isFiltered: Object.values(filter).some(value => value !== undefined),
    choose,
    showEverything: () => setParams({}, { replace: true }),
  };
}

/** Also what the address names, and is no dependency any more. */
function withChosen(
  edges: readonly Edge[],
  chosen: string | undefined,
): Array<{ ref: string; title: string }> {
  const found = edges.filter(isDependency).map(edge => ({
    ref: edge.targetRef,
    title: edge.targetTitle ?? edge.targetRef,
  }));
  return !chosen || found.some(one => one.ref === chosen)
    ? found
    : [...found, { ref: chosen, title: chosen }];
}

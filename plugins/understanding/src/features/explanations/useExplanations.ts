import { useApi } from '@backstage/core-plugin-api';
import { useTable } from '@backstage/ui';
import {
  Explanation,
  ListExplanationsQuery,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the filters choose; undefined means all. */
export type ExplanationFilter = Pick<
  ListExplanationsQuery,
  'aiAssistance' | 'plane' | 'state'
>;

/** Chosen in place of a state, plane or the like: all of them. */
export const ALL = 'all';

// What the address says and means nothing must not keep the table away.
const { shape } = listExplanationsQuerySchema;

/** Explanations of an entity, a page at a time; the filters stand in the address. */
export function useExplanations(entityRef: string) {
  const api = useApi(understandingApiRef);
  const [params, setParams] = useSearchParams();
  const state = shape.state.safeParse(params.get('state') ?? undefined).data;
  const plane = shape.plane.safeParse(params.get('plane') ?? undefined).data;
  const ai = shape.aiAssistance.safeParse(params.get('ai') ?? undefined).data;
  // The table loads anew whenever it is given another object.
  const filter = useMemo(
    (): ExplanationFilter => ({ state, plane, aiAssistance: ai }),
    [state, plane, ai],
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
    isFiltered: Object.values(filter).some(value => value !== undefined),
    choose,
    showEverything: () => setParams({}, { replace: true }),
  };
}

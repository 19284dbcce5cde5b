import { useApi } from '@backstage/core-plugin-api';
import { SortDescriptor, useTable } from '@backstage/ui';
import {
  EntityKind,
  EntitySummary,
  FlagRuleId,
  entityKindSchema,
  flagRuleIdSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';

/** A summary as a row of the table. */
export type EntityRow = EntitySummary & { id: string };

/** What the filters choose; undefined means all. */
export interface EntityTableFilter {
  readonly kind?: EntityKind;
  readonly owner?: string;
  readonly flag?: FlagRuleId;
}

/** In the address, in place of a kind: entities of every kind. */
const ALL = 'all';

/** The table's rows, a page at a time; filter, search and order stand in the address. */
export function useEntitiesTable() {
  const api = useApi(understandingApiRef);
  const [params, setParams] = useSearchParams();
  const facets = useAsync(() => api.getFacets(), [api]);

  const set = (changes: Record<string, string | undefined>) =>
    setParams(
      current => {
        const next = new URLSearchParams(current);
        for (const [key, value] of Object.entries(changes)) {
          if (value) {
            next.set(key, value);
          } else {
            next.delete(key);
          }
        }
        return next;
      },
      { replace: true },
    );

  const chosenKind = params.get('kind') ?? 'component';
  const filter: EntityTableFilter = {
    kind: entityKindSchema.safeParse(chosenKind).data,
    owner: params.get('owner') ?? undefined,
    flag: flagRuleIdSchema.safeParse(params.get('flag')).data,
  };
  const search = params.get('q') ?? '';
  const [column = 'title', direction] = (params.get('sort') ?? '').split(':');
  const sort: SortDescriptor = {
    column: column || 'title',
    direction: direction === 'desc' ? 'descending' : 'ascending',
  };

  const table = useTable<EntityRow, EntityTableFilter>({
    mode: 'cursor',
    filter,
    search,
    sort,
    onSortChange: next =>
      set({
        sort: `${next.column}:${
          next.direction === 'descending' ? 'desc' : 'asc'
        }`,
      }),
    onSearchChange: q => set({ q }),
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
    getData: async request => {
      const page = await api.listEntities({
        ...request.filter,
        q: request.search || undefined,
        orderBy: request.sort
          ? `${request.sort.column}:${
              request.sort.direction === 'descending' ? 'desc' : 'asc'
            }`
          : undefined,
        limit: request.pageSize,
        cursor: request.cursor,
      });
      return {
        data: page.items.map(item => ({ ...item, id: item.entityRef })),
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });

  return {
    table,
    filter,
    search,
    owners: facets.value?.owners ?? [],
    isFiltered: Boolean(search || filter.owner || filter.flag),
    setKind: (kind: string) => set({ kind: kind === ALL ? ALL : kind }),
    setOwner: (owner: string) => set({ owner: owner === ALL ? '' : owner }),
    setFlag: (flag: string) => set({ flag: flag === ALL ? '' : flag }),
    setSearch: (q: string) => set({ q }),
  };
}

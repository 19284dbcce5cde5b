import { useApi } from '@backstage/core-plugin-api';
import { SortDescriptor, useTable } from '@backstage/ui';
import {
  EntityKind,
  EntitySummary,
  FlagRuleId,
  entityKindSchema,
  entityRefSchema,
  flagRuleIdSchema,
  listEntitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import useInterval from 'react-use/esm/useInterval';
import { ALL } from '../../components/FilterSelect';

/** A summary as a row of the table. */
export type EntityRow = EntitySummary & { id: string };

/** What the filters choose; undefined means all. */
export interface EntityTableFilter {
  readonly kind?: EntityKind;
  readonly owner?: string;
  readonly flag?: FlagRuleId;
}

const DEFAULT_KIND: EntityKind = 'component';
const PENDING_MILLIS = 3000;

// An address that means nothing must not keep the table away.
const orderSchema = listEntitiesQuerySchema.shape.orderBy.catch('title:asc');

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

  const kind = entityKindSchema.safeParse(
    params.get('kind') ?? DEFAULT_KIND,
  ).data;
  const owner = entityRefSchema.safeParse(params.get('owner')).data;
  const flag = flagRuleIdSchema.safeParse(params.get('flag')).data;
  // The table loads anew whenever it is given another object.
  const filter = useMemo(
    (): EntityTableFilter => ({ kind, owner, flag }),
    [kind, owner, flag],
  );
  const search = params.get('q') ?? '';
  const order = orderSchema.parse(params.get('sort') ?? undefined);
  const sort = useMemo((): SortDescriptor => {
    const [column, direction] = order.split(':');
    return {
      column,
      direction: direction === 'desc' ? 'descending' : 'ascending',
    };
  }, [order]);

  const [isStillReading, setStillReading] = useState(false);
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
      setStillReading(page.stillReading ?? false);
      return {
        data: page.items.map(item => ({ ...item, id: item.entityRef })),
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });

  // After the first start, the catalog and histories are read while somebody looks.
  // Later pages are left alone, since loading anew leads back to the first.
  const { reload, tableProps } = table;
  const { data, pagination } = tableProps;
  const isFiltered = Boolean(
    search || owner || flag || (kind && kind !== DEFAULT_KIND),
  );
  const isFirstPage = pagination.type === 'page' && !pagination.hasPreviousPage;
  const isPending =
    data?.some(row => row.pending) ||
    (data?.length === 0 && (isStillReading || !isFiltered));
  useInterval(reload, isFirstPage && isPending ? PENDING_MILLIS : null);

  const owners = facets.value?.owners ?? [];
  const isOffered = !owner || owners.some(({ ref }) => ref === owner);

  return {
    table,
    filter,
    search,
    owners: isOffered ? owners : [...owners, { ref: owner, title: owner }],
    isFiltered,
    isStillReading,
    showEverything: () => set({ kind: ALL, owner: '', flag: '', q: '' }),
    setKind: (chosen: string) => set({ kind: chosen }),
    setOwner: (chosen: string) => set({ owner: chosen === ALL ? '' : chosen }),
    setFlag: (chosen: string) => set({ flag: chosen === ALL ? '' : chosen }),
    setSearch: (q: string) => set({ q }),
  };
}

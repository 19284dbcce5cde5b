import { useApi } from '@backstage/core-plugin-api';
import { TablePaginationType } from '@backstage/ui';
import {
  DeliveryState,
  listDeliveriesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';

// An address that means nothing must not keep the table away.
const stateSchema = listDeliveriesQuerySchema.shape.state.catch('dead');

/**
 * Deliveries in the state that the address names, a page at a time. Each page is
 * read anew with `reading`, where it is, so that a replay leads nowhere else.
 */
export function useDeliveries(reading: number) {
  const api = useApi(understandingApiRef);
  const [params, setParams] = useSearchParams();
  const state = stateSchema.parse(params.get('state') ?? undefined);
  const [pageSize, setPageSize] = useState(20);
  // Of the pages that lead to this one, and of itself; the first has none.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors[cursors.length - 1];

  const page = useAsync(
    () => api.listDeliveries({ state, limit: pageSize, cursor }),
    [api, state, pageSize, cursor, reading],
  );

  // The last row of the last page was replayed.
  const isLeft = page.value?.items.length === 0 && cursors.length > 0;
  useEffect(() => {
    if (isLeft) {
      setCursors(current => current.slice(0, -1));
    }
  }, [isLeft]);

  const nextCursor = page.value?.nextCursor;
  const pagination: TablePaginationType = {
    type: 'page',
    pageSize,
    pageSizeOptions: [20, 50, 100],
    totalCount: page.value?.totalItems,
    hasNextPage: nextCursor !== undefined,
    hasPreviousPage: cursors.length > 0,
    onNextPage: () => {
      if (nextCursor && !page.loading) {
        setCursors([...cursors, nextCursor]);
      }
    },
    onPreviousPage: () => setCursors(cursors.slice(0, -1)),
    onPageSizeChange: size => {
      setPageSize(size);
      setCursors([]);
    },
  };

  const choose = (chosen: DeliveryState) => {
    setCursors([]);
    setParams(
      current => {
        const next = new URLSearchParams(current);
        next.set('state', chosen);
        return next;
      },
      { replace: true },
    );
  };

  return { state, choose, page, pagination };
}

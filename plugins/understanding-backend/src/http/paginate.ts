import { VisibleEntities, isVisible } from '../permissions/Access';

/** A page of a list, with the place after which the next one begins. */
export interface ListPage<TItem, TPosition> {
  readonly items: TItem[];
  readonly totalItems: number;
  readonly next?: TPosition;
}

/**
 * Reads one page of what a caller may see. Where the caller may see all, the
 * database pages and counts. Otherwise the whole list is read and cut here, so that
 * neither the items nor the total tell of what is hidden.
 */
export async function paginate<TItem, TPosition>(options: {
  visible: VisibleEntities;
  limit: number;
  after: TPosition | undefined;
  list(page: { limit?: number; after?: TPosition }): Promise<TItem[]>;
  count(): Promise<number>;
  refOf(item: TItem): string;
  positionOf(item: TItem): TPosition;
}): Promise<ListPage<TItem, TPosition>> {
  const { visible, limit, after, list, count, refOf, positionOf } = options;
  if (visible.type === 'all') {
    const found = await list({ limit: limit + 1, after });
    return cut(found, limit, positionOf, await count());
  }
  const seen = (items: TItem[]) =>
    items.filter(item => isVisible(visible, refOf(item)));
  const found = seen(await list({ after }));
  const total = after === undefined ? found : seen(await list({}));
  return cut(found, limit, positionOf, total.length);
}

function cut<TItem, TPosition>(
  found: TItem[],
  limit: number,
  positionOf: (item: TItem) => TPosition,
  totalItems: number,
): ListPage<TItem, TPosition> {
  const items = found.slice(0, limit);
  const last = items[items.length - 1];
  return {
    items,
    totalItems,
    next: found.length > limit && last ? positionOf(last) : undefined,
  };
}

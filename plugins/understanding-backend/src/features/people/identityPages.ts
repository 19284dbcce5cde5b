import { listIdentitiesQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { readCursor, writeCursor } from '../../http/cursor';

/** Which page of a list is asked for. */
export type Query = z.output<typeof listIdentitiesQuerySchema>;

export const positionSchema = z.object({ after: z.string() });

/** One page of a list that is made as a whole, in the order of its keys. */
export function pageOf<T>(
  all: readonly T[],
  query: Query,
  keyOf: (item: T) => string,
): { items: T[]; totalItems: number; nextCursor?: string } {
  const after = readCursor(positionSchema, query.cursor)?.after;
  const sorted = all
    .map(item => ({ item, key: keyOf(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const rest =
    after === undefined ? sorted : sorted.filter(({ key }) => key > after);
  const page = rest.slice(0, query.limit);
  const last = page[page.length - 1];
  return {
    items: page.map(({ item }) => item),
    totalItems: all.length,
    nextCursor:
      rest.length > query.limit && last
        ? writeCursor({ after: last.key })
        : undefined,
  };
}

import { useApi } from '@backstage/core-plugin-api';
import { Table, Text, useTable } from '@backstage/ui';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo } from 'react';
import { Section } from '../../components/Section';
import { IdentityList } from './identityLists';

/** One list of people, a page at a time, under a heading of its own. */
export function IdentityTable<T extends object>(
  props: IdentityList<T> & {
    /** Read anew whenever this changes. */
    reading: number;
  },
) {
  const { title, about, none, list, idOf, columns, reading } = props;
  const api = useApi(understandingApiRef);
  // The table loads anew whenever it is given another object.
  const filter = useMemo(() => ({ reading }), [reading]);
  const { tableProps, reload } = useTable<T & { id: string }, typeof filter>({
    mode: 'cursor',
    filter,
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
    getData: async ({ pageSize, cursor }) => {
      const page = await list(api, { limit: pageSize, cursor });
      return {
        data: page.items.map(item => ({ ...item, id: idOf(item) })),
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });
  return (
    <Section title={title}>
      <Text>{about}</Text>
      {tableProps.error ? (
        <UnderstandingError error={tableProps.error} retry={reload} />
      ) : (
        <Table
          {...tableProps}
          columnConfig={columns}
          emptyState={<Text>{none}</Text>}
        />
      )}
    </Section>
  );
}

import { useApi } from '@backstage/core-plugin-api';
import { Button, Selection, Table, Text, useTable } from '@backstage/ui';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import { Section } from '../../components/Section';
import { IdentityList } from './identityLists';

/** One list of people, a page at a time, under a heading of its own. */
export function IdentityTable<T extends object>(
  props: IdentityList<T> & {
    /** Read anew whenever this changes. */
    reading: number;
    /** Where several can be confirmed at once, as for somebody with forty addresses. */
    confirm?: (items: readonly T[]) => void;
  },
) {
  const { title, about, none, list, idOf, columns, reading, confirm } = props;
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
  const [keys, setKeys] = useState<Selection>(new Set());
  const chosen = (tableProps.data ?? []).filter(
    row => keys === 'all' || keys.has(row.id),
  );
  return (
    <Section title={title}>
      <Text>{about}</Text>
      {confirm && chosen.length > 0 && (
        <div>
          <Button
            size="small"
            onPress={() => {
              setKeys(new Set());
              confirm(chosen);
            }}
          >
            {`Confirm what is chosen (${chosen.length})`}
          </Button>
        </div>
      )}
      {tableProps.error ? (
        <UnderstandingError error={tableProps.error} retry={reload} />
      ) : (
        <Table
          {...tableProps}
          columnConfig={columns}
          selection={
            confirm && {
              mode: 'multiple',
              behavior: 'toggle',
              selected: keys,
              onSelectionChange: setKeys,
            }
          }
          emptyState={<Text>{none}</Text>}
        />
      )}
    </Section>
  );
}

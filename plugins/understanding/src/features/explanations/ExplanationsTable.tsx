import { Button, Flex, Table, Text, UseTableResult } from '@backstage/ui';
import { Explanation } from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo } from 'react';
import { ExplanationColumn, explanationColumns } from './explanationColumns';

/** Explanations, a page at a time; or why there are none. */
export function ExplanationsTable<TFilter>(props: {
  table: UseTableResult<Explanation, TFilter>;
  columns: readonly ExplanationColumn[];
  /** Said where there are none. */
  none: string;
  /** Offered where filters may hide them. */
  showEverything?: () => void;
}) {
  const { columns, none, showEverything, table } = props;
  const { data, error, loading } = table.tableProps;
  const config = useMemo(() => explanationColumns(columns), [columns]);
  if (error) {
    return <UnderstandingError error={error} retry={table.reload} />;
  }
  // Below the columns of an empty table, a sentence would not break on a narrow screen.
  if (!loading && data?.length === 0) {
    return showEverything ? (
      <Flex align="center" gap="3">
        <Text>Nothing matches these filters.</Text>
        <Button size="small" variant="secondary" onPress={showEverything}>
          Show everything
        </Button>
      </Flex>
    ) : (
      <Text>{none}</Text>
    );
  }
  return <Table {...table.tableProps} columnConfig={config} />;
}

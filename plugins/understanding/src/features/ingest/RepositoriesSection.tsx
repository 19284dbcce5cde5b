import { ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import { HostRepositoryStatus } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import {
  countColumn,
  headerColumn,
  instantColumn,
  textColumn,
} from '../../components/columns';
import { Section } from '../../components/Section';

type RepositoryRow = HostRepositoryStatus & { id: string };

function Past(props: { row: RepositoryRow }) {
  const { backfilledAt, problem, sweptAt } = props.row;
  if (backfilledAt) {
    return (
      <>
        Read to its beginning on <Instant at={backfilledAt} time />
      </>
    );
  }
  if (problem) {
    return <>Held up by the problem</>;
  }
  return <>{sweptAt ? 'Being read, newest first' : 'Not begun'}</>;
}

const COLUMNS: ColumnConfig<RepositoryRow>[] = [
  headerColumn('repository', 'Repository', row => row.id),
  textColumn('problem', 'Problem', row => row.problem ?? 'None'),
  countColumn('changes', 'Changes known', row => row.changes),
  countColumn('unread', 'Of them unread', row => row.unread),
  textColumn('past', 'Past', row => <Past row={row} />),
  instantColumn(
    'sweptAt',
    'Last asked for what was missed',
    row => row.sweptAt,
    'Not yet',
  ),
];

/** How far the past changes of each repository have been read, problems first. */
export function RepositoriesSection(props: {
  repositories: readonly HostRepositoryStatus[];
  truncated: boolean;
}) {
  const { repositories, truncated } = props;
  const { tableProps } = useTable<RepositoryRow>({
    mode: 'complete',
    data: repositories.map(row => ({
      ...row,
      id: `${row.host}/${row.repository}`,
    })),
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
  });
  return (
    <Section title="Repositories">
      {truncated && (
        <Text>
          There are more repositories than the {repositories.length} listed
          here; those with a problem come first.
        </Text>
      )}
      {repositories.length === 0 ? (
        <Text>
          No entity of the catalog has its source in a repository of a change
          host that is set up.
        </Text>
      ) : (
        <Table {...tableProps} columnConfig={COLUMNS} />
      )}
    </Section>
  );
}

import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ColumnConfig,
  Select,
  Skeleton,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { headerColumn } from './columns';
import { Section } from './Section';

type By = 'team' | 'system';

interface Group {
  /** Absent for entities that have no team or system. */
  readonly ref?: string;
  readonly title?: string;
}

type Row<T extends Group> = T & { id: string };

const LABELS: Record<By, string> = { team: 'Team', system: 'System' };

/** What teams or systems have, added up, one row each. */
export function SumsSection<T extends Group>(props: {
  title: string;
  /** Said before them. */
  about?: string;
  load: (by: By) => Promise<readonly T[]>;
  columns: readonly ColumnConfig<Row<T>>[];
  /** Said where there is nothing. */
  nothing: string;
  /** How the row is called of what has no team. */
  withoutTeam?: string;
}) {
  const { about, columns, load, nothing, title } = props;
  const { withoutTeam = 'Without an owner' } = props;
  const [by, setBy] = useState<By>('team');
  const { error, retry, value } = useAsyncRetry(
    async () => ({ by, items: await load(by) }),
    [load, by],
  );
  const data = useMemo(
    () => (value?.items ?? []).map(one => ({ ...one, id: one.ref ?? '-' })),
    [value],
  );
  const columnConfig = useMemo(
    () => [
      groupColumn<T>(
        (value?.by ?? by) === 'system' ? 'Without a system' : withoutTeam,
      ),
      ...columns,
    ],
    [by, columns, value, withoutTeam],
  );
  const { tableProps } = useTable<Row<T>>({
    mode: 'complete',
    data,
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Section title={title}>
      {about && <Text>{about}</Text>}
      <Select
        label="Added up by"
        value={by}
        onChange={key => setBy(key === 'system' ? 'system' : 'team')}
        options={(['team', 'system'] as const).map(id => ({
          id,
          label: LABELS[id],
        }))}
      />
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && data.length === 0 && <Text>{nothing}</Text>}
      {value && data.length > 0 && (
        <Table {...tableProps} columnConfig={columnConfig} />
      )}
    </Section>
  );
}

function groupColumn<T extends Group>(none: string): ColumnConfig<Row<T>> {
  return headerColumn('group', 'Group', row =>
    row.ref ? (
      <EntityRefLink entityRef={row.ref} hideIcon>
        {row.title ?? row.ref}
      </EntityRefLink>
    ) : (
      none
    ),
  );
}

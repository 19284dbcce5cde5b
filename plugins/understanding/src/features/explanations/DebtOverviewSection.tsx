import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ColumnConfig,
  Select,
  Skeleton,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import {
  ExplanationDebtOverview,
  explanationDebtOverviewQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../entities/Section';
import { TextCell } from '../ingest/TextCell';

type Row = ExplanationDebtOverview['items'][number] & { id: string };

const { by: bySchema } = explanationDebtOverviewQuerySchema.shape;

const columnsOf = (none: string): ColumnConfig<Row>[] => [
  {
    id: 'group',
    label: 'Group',
    isRowHeader: true,
    cell: row => (
      <TextCell>
        {row.ref ? (
          <EntityRefLink entityRef={row.ref} hideIcon>
            {row.title ?? row.ref}
          </EntityRefLink>
        ) : (
          none
        )}
      </TextCell>
    ),
  },
  { id: 'open', label: 'Open', cell: row => <TextCell>{row.open}</TextCell> },
  {
    id: 'oldest',
    label: 'Oldest open one',
    cell: row => (
      <TextCell>
        {row.oldestAt ? <Instant at={row.oldestAt} /> : 'None'}
      </TextCell>
    ),
  },
  { id: 'paid', label: 'Paid', cell: row => <TextCell>{row.paid}</TextCell> },
];

/** The debts of each team or system, added up. */
export function DebtOverviewSection() {
  const api = useApi(understandingApiRef);
  const [by, setBy] = useState(bySchema.parse(undefined));
  const { error, retry, value } = useAsyncRetry(
    async () => ({
      by,
      items: (await api.getExplanationDebtOverview({ by })).items,
    }),
    [api, by],
  );
  const data = useMemo(
    () => (value?.items ?? []).map(one => ({ ...one, id: one.ref ?? '-' })),
    [value],
  );
  const columns = useMemo(
    () =>
      columnsOf(
        value?.by === 'system' ? 'Without a system' : 'Without an owner',
      ),
    [value],
  );
  const { tableProps } = useTable<Row>({
    mode: 'complete',
    data,
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Section title="Debts, added up">
      <Select
        label="Added up by"
        value={by}
        onChange={key => setBy(bySchema.parse(key))}
        options={[
          { id: 'team', label: 'Team' },
          { id: 'system', label: 'System' },
        ]}
      />
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && data.length === 0 && <Text>Nothing has ever been owed.</Text>}
      {value && data.length > 0 && (
        <Table {...tableProps} columnConfig={columns} />
      )}
    </Section>
  );
}

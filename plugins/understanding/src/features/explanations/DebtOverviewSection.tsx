import { useApi } from '@backstage/core-plugin-api';
import { ColumnConfig } from '@backstage/ui';
import { ExplanationDebtOverview } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useCallback } from 'react';
import { SumsSection } from '../entities/SumsSection';
import { TextCell } from '../ingest/TextCell';

type Row = ExplanationDebtOverview['items'][number] & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
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
  const load = useCallback(
    async (by: 'team' | 'system') =>
      (await api.getExplanationDebtOverview({ by })).items,
    [api],
  );
  return (
    <SumsSection
      title="Debts, added up"
      load={load}
      columns={COLUMNS}
      nothing="Nothing has ever been owed."
    />
  );
}

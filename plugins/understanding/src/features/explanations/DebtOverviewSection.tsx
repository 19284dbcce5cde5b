import { useApi } from '@backstage/core-plugin-api';
import { ColumnConfig } from '@backstage/ui';
import { ExplanationDebtOverview } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useCallback } from 'react';
import { textColumn } from '../../components/columns';
import { SumsSection } from '../../components/SumsSection';

type Row = ExplanationDebtOverview['items'][number] & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  textColumn('open', 'Open', row => row.open),
  textColumn('oldest', 'Oldest open one', row =>
    row.oldestAt ? <Instant at={row.oldestAt} /> : 'None',
  ),
  textColumn('paid', 'Paid', row => row.paid),
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

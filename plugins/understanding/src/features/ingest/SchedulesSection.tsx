import { ColumnConfig, Table } from '@backstage/ui';
import { ScheduleStatus } from '@understanding-dev/backstage-plugin-understanding-common';
import { ReasonList } from '@understanding-dev/backstage-plugin-understanding-react';
import {
  headerColumn,
  instantColumn,
  textColumn,
} from '../../components/columns';
import { Section } from '../../components/Section';

type ScheduleRow = ScheduleStatus & { id: string };

const COLUMNS: ColumnConfig<ScheduleRow>[] = [
  headerColumn('schedule', 'Schedule', row => row.schedule),
  textColumn('problem', 'Problem', row => row.problem ?? 'None'),
  textColumn('notices', 'Events that are left out', row =>
    row.notices.length === 0 ? (
      'None'
    ) : (
      <ReasonList reasons={row.notices.map(message => ({ message }))} />
    ),
  ),
  instantColumn('readAt', 'Read last', row => row.readAt, 'Not yet'),
];

/** The schedules of who is on call; where none is configured, nothing. */
export function SchedulesSection(props: {
  schedules: readonly ScheduleStatus[];
}) {
  const { schedules } = props;
  return schedules.length === 0 ? null : (
    <Section title="On-call schedules">
      <Table
        columnConfig={COLUMNS}
        data={schedules.map(row => ({ ...row, id: row.schedule }))}
        pagination={{ type: 'none' }}
      />
    </Section>
  );
}

import { ColumnConfig, Table } from '@backstage/ui';
import { ScheduleStatus } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  ReasonList,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../entities/Section';
import { TextCell } from './TextCell';

type ScheduleRow = ScheduleStatus & { id: string };

const COLUMNS: ColumnConfig<ScheduleRow>[] = [
  {
    id: 'schedule',
    label: 'Schedule',
    isRowHeader: true,
    cell: row => <TextCell>{row.schedule}</TextCell>,
  },
  {
    id: 'problem',
    label: 'Problem',
    cell: row => <TextCell>{row.problem ?? 'None'}</TextCell>,
  },
  {
    id: 'notices',
    label: 'Events that are left out',
    cell: row => (
      <TextCell>
        {row.notices.length === 0 ? (
          'None'
        ) : (
          <ReasonList reasons={row.notices.map(message => ({ message }))} />
        )}
      </TextCell>
    ),
  },
  {
    id: 'readAt',
    label: 'Read last',
    cell: row => (
      <TextCell>
        {row.readAt ? <Instant at={row.readAt} time /> : 'Not yet'}
      </TextCell>
    ),
  },
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

import { useApi } from '@backstage/core-plugin-api';
import { Button, ColumnConfig } from '@backstage/ui';
import { AbsenceGroup } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useCallback, useState } from 'react';
import { SumsSection } from '../entities/SumsSection';
import { TextCell } from '../ingest/TextCell';

type Row = AbsenceGroup & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  {
    id: 'nobody',
    label: 'Nobody left',
    cell: row => <TextCell>{row.nobodyLeft}</TextCell>,
  },
  {
    id: 'one',
    label: 'One person left',
    cell: row => <TextCell>{row.oneLeft}</TextCell>,
  },
  {
    id: 'entities',
    label: 'Of entities',
    cell: row => (
      <TextCell>
        {row.entities}
        {row.unread > 0 && `, and ${row.unread} not known`}
      </TextCell>
    ),
  },
  {
    id: 'factor',
    label: 'Absence factor of all',
    cell: row => (
      <TextCell>{row.entities > 0 ? row.factor.factor : 'not known'}</TextCell>
    ),
  },
  {
    id: 'read',
    label: 'Read since',
    cell: row => (
      <TextCell>{row.readAt ? <Instant at={row.readAt} /> : 'never'}</TextCell>
    ),
  },
];

/** Of how much nobody, or one person, is left in each team or system; once asked for. */
export function AbsenceOverview() {
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <Sums />
  ) : (
    <div>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        Who is left, added up
      </Button>
    </div>
  );
}

function Sums() {
  const api = useApi(understandingApiRef);
  const load = useCallback(
    async (by: 'team' | 'system') => (await api.listAbsence({ by })).items,
    [api],
  );
  return (
    <SumsSection
      title="Who is left"
      about="Of how many entities nobody, or one person, is left as an active author. What you may not see is not counted."
      load={load}
      columns={COLUMNS}
      nothing="Nothing is known yet."
      withoutTeam="Without a team"
    />
  );
}

import { useApi } from '@backstage/core-plugin-api';
import { Button, ColumnConfig } from '@backstage/ui';
import { AbsenceGroup } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useCallback, useState } from 'react';
import { textColumn } from '../../components/columns';
import { SumsSection } from '../../components/SumsSection';

type Row = AbsenceGroup & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  textColumn('nobody', 'Nobody left', row => row.nobodyLeft),
  textColumn('one', 'One person left', row => row.oneLeft),
  textColumn(
    'entities',
    'Of entities',
    row =>
      `${row.entities}${row.unread > 0 ? `, and ${row.unread} not known` : ''}`,
  ),
  textColumn('factor', 'Absence factor of all', row =>
    row.entities > 0 ? row.factor.factor : 'not known',
  ),
  textColumn('read', 'Read since', row =>
    row.readAt ? <Instant at={row.readAt} /> : 'never',
  ),
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

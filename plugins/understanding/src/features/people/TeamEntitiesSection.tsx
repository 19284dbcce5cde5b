import { useApi } from '@backstage/core-plugin-api';
import { ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import {
  MINIMUM_TEAM,
  TeamEntities,
  TeamList,
  understoodByInWords,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { RefCell } from '../entities/RefCell';
import { Section } from '../entities/Section';
import { TextCell } from '../ingest/TextCell';

type Row = TeamEntities['items'][number] & { id: string };
type Told = Pick<TeamEntities, 'among' | 'totalItems' | 'unknown'>;

const ENTITY: ColumnConfig<Row> = {
  id: 'entity',
  label: 'Entity',
  isRowHeader: true,
  cell: row => (
    <RefCell entityRef={row.entityRef} title={row.title} none="None" />
  ),
};
const OWNER: ColumnConfig<Row> = {
  id: 'owner',
  label: 'Owner',
  cell: row => (
    <RefCell entityRef={row.ownerRef} title={row.ownerTitle} none="Nobody" />
  ),
};
const UNDERSTOOD: ColumnConfig<Row> = {
  id: 'understood',
  label: 'By anybody',
  cell: row => <TextCell>{understoodByInWords(row.understoodBy)}</TextCell>,
};

const LISTS: Record<
  TeamList,
  { title: string; none: string; columns: ColumnConfig<Row>[] }
> = {
  'owned-not-understood': {
    title: 'Owned and not understood',
    none: 'Of what you may see of it, nothing is owned and not understood.',
    columns: [ENTITY, UNDERSTOOD],
  },
  'understood-not-owned': {
    title: 'Understood and not owned',
    none: 'Of what you may see, nothing is understood here and owned elsewhere.',
    columns: [ENTITY, OWNER, UNDERSTOOD],
  },
};

/** Entities that a team owns and does not understand, or the other way round. */
export function TeamEntitiesSection(props: {
  teamRef: string;
  list: TeamList;
}) {
  const { teamRef, list } = props;
  const api = useApi(understandingApiRef);
  const [told, setTold] = useState<Told>();
  const { tableProps, reload } = useTable<Row>({
    mode: 'cursor',
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
    getData: async ({ cursor, pageSize }) => {
      const page = await api.listTeamEntities(teamRef, {
        list,
        cursor,
        limit: pageSize,
      });
      setTold(page);
      return {
        data: page.items.map(one => ({ ...one, id: one.entityRef })),
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });
  const { columns, none, title } = LISTS[list];
  const said = told && inWords(list, told);
  const isHeldBack =
    told?.among === 'anybody' && list === 'understood-not-owned';
  return (
    <Section title={title}>
      {said && <Text>{said}</Text>}
      {tableProps.error && (
        <UnderstandingError error={tableProps.error} retry={reload} />
      )}
      {!tableProps.error && !isHeldBack && (
        <Table
          {...tableProps}
          columnConfig={columns}
          emptyState={<Text>{none}</Text>}
        />
      )}
    </Section>
  );
}

function inWords(list: TeamList, { among, totalItems, unknown }: Told): string {
  if (list === 'understood-not-owned') {
    if (among === 'team' && totalItems === 0) {
      return '';
    }
    return among === 'team'
      ? 'Somebody of this team understands these, and others own them.'
      : `Not listed for teams of fewer than ${MINIMUM_TEAM}, since it would tell what single people know.`;
  }
  return [
    totalItems > 0 &&
      (among === 'team'
        ? 'Nobody of this team understands these.'
        : 'Nobody at all understands these.'),
    among === 'anybody' &&
      'Of a team this small it is not said what its members know.',
    unknown > 0 &&
      `Of ${unknown} ${
        totalItems > 0 ? 'more' : 'of its entities'
      } it is not known.`,
  ]
    .filter(Boolean)
    .join(' ');
}

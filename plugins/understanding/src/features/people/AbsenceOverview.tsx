import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Button,
  ColumnConfig,
  Flex,
  Select,
  Skeleton,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import {
  AbsenceGroup,
  absenceQuerySchema,
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

type Row = AbsenceGroup & { id: string };

const { by: bySchema } = absenceQuerySchema.shape;

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
    <Flex>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        Who is left, added up
      </Button>
    </Flex>
  );
}

function Sums() {
  const api = useApi(understandingApiRef);
  const [by, setBy] = useState(bySchema.parse(undefined));
  const { error, retry, value } = useAsyncRetry(
    async () => ({ by, items: (await api.listAbsence({ by })).items }),
    [api, by],
  );
  const data = useMemo(
    () => (value?.items ?? []).map(one => ({ ...one, id: one.ref ?? '-' })),
    [value],
  );
  const columns = useMemo(
    () =>
      columnsOf(value?.by === 'system' ? 'Without a system' : 'Without a team'),
    [value],
  );
  const { tableProps } = useTable<Row>({
    mode: 'complete',
    data,
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Section title="Who is left">
      <Text>
        Of how many entities nobody, or one person, is left as an active author.
        What you may not see is not counted.
      </Text>
      <Flex>
        <Select
          label="Added up by"
          value={by}
          onChange={key => setBy(bySchema.parse(key))}
          options={[
            { id: 'team', label: 'Team' },
            { id: 'system', label: 'System' },
          ]}
        />
      </Flex>
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && data.length === 0 && <Text>Nothing is known yet.</Text>}
      {value && data.length > 0 && (
        <Table {...tableProps} columnConfig={columns} />
      )}
    </Section>
  );
}

import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Button,
  Cell,
  CellText,
  ColumnConfig,
  Flex,
  Link,
  Select,
  Skeleton,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import {
  CoverageGroup,
  coverageQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { structureRouteRef } from '../../routes';

type Row = CoverageGroup & { id: string };

const columnsOf = (none: string): ColumnConfig<Row>[] => [
  {
    id: 'group',
    label: 'Group',
    isRowHeader: true,
    cell: row => (
      <Cell>
        {row.ref ? (
          <EntityRefLink entityRef={row.ref} hideIcon>
            {row.title ?? row.ref}
          </EntityRefLink>
        ) : (
          <Text>{none}</Text>
        )}
      </Cell>
    ),
  },
  {
    id: 'entities',
    label: 'Entities',
    cell: row => <CellText title={String(row.entities)} />,
  },
  {
    id: 'answered',
    label: 'Answered',
    cell: ({ coverage }) => (
      <CellText
        title={
          coverage.required === 0
            ? 'Nothing is required'
            : `${coverage.answered} of ${coverage.required}`
        }
      />
    ),
  },
  {
    id: 'tested',
    label: 'Tested',
    cell: ({ coverage }) => <CellText title={String(coverage.tested)} />,
  },
];

/** How far each team, or system, has answered for its dependencies; once asked for. */
export function CoverageSection() {
  const structurePath = useRouteRef(structureRouteRef)();
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <Sums />
  ) : (
    <Flex align="center" gap="4">
      <Button variant="secondary" onPress={() => setOpen(true)}>
        Answers for dependencies, added up
      </Button>
      <Link href={structurePath}>Structure of dependencies</Link>
    </Flex>
  );
}

function Sums() {
  const api = useApi(understandingApiRef);
  const [by, setBy] = useState(coverageQuerySchema.shape.by.options[0]);
  const { error, retry, value } = useAsyncRetry(
    async () => ({ by, items: (await api.getCoverage({ by })).items }),
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
    <section aria-labelledby="understanding-coverage">
      <Flex direction="column" gap="3">
        <Text as="h2" variant="title-x-small" id="understanding-coverage">
          Answers for dependencies that fail
        </Text>
        <Flex>
          <Select
            label="Added up by"
            value={by}
            onChange={key => setBy(coverageQuerySchema.shape.by.parse(key))}
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
      </Flex>
    </section>
  );
}

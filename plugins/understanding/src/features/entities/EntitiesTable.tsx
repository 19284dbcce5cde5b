import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Button,
  Cell,
  ColumnConfig,
  Flex,
  SearchField,
  Table,
  Text,
} from '@backstage/ui';
import {
  entityKindSchema,
  flagRules,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  DocumentStateLabel,
  ExampleLabel,
  FlagLabel,
  UnderstandingError,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { FilterSelect } from '../../components/FilterSelect';
import { RefCell } from '../../components/RefCell';
import sectionStyles from '../../components/Section.module.css';
import { WrappingCell } from '../../components/WrappingCell';
import styles from './EntitiesTable.module.css';
import { EntityRow, useEntitiesTable } from './useEntitiesTable';

const KIND_NAMES = {
  component: 'Components',
  api: 'APIs',
  resource: 'Resources',
  system: 'Systems',
};

function EntityCell(props: { row: EntityRow }) {
  const { row } = props;
  return (
    <WrappingCell>
      <EntityRefLink entityRef={row.entityRef} hideIcon>
        {row.title}
      </EntityRefLink>
      {row.example && <ExampleLabel />}
      {row.type && <Text variant="body-small">{row.type}</Text>}
    </WrappingCell>
  );
}

function PeopleCell(props: { row: EntityRow }) {
  const { understoodBy, people, unknownReason } = props.row;
  let text = 'Nobody';
  if (understoodBy === undefined) {
    text = 'Unknown';
  } else if (people && people.length > 0) {
    const more = understoodBy - people.length;
    text = [
      ...people.map(person => person.displayName),
      ...(more > 0 ? [`${more} more`] : []),
    ].join(', ');
  } else if (understoodBy > 0) {
    text = `${understoodBy} ${understoodBy === 1 ? 'person' : 'people'}`;
  }
  return (
    <WrappingCell>
      <Text>{text}</Text>
      {understoodBy === undefined && (
        <Text variant="body-small">{unknownReason}</Text>
      )}
    </WrappingCell>
  );
}

const COLUMNS: ColumnConfig<EntityRow>[] = [
  {
    id: 'title',
    label: 'Service',
    isRowHeader: true,
    isSortable: true,
    cell: row => <EntityCell row={row} />,
  },
  {
    id: 'owner',
    label: 'Owner',
    isSortable: true,
    cell: row => (
      <RefCell entityRef={row.ownerRef} title={row.ownerTitle} none="Nobody" />
    ),
  },
  {
    id: 'system',
    label: 'System',
    isSortable: true,
    cell: row => (
      <RefCell entityRef={row.systemRef} title={row.systemTitle} none="None" />
    ),
  },
  {
    id: 'understoodBy',
    label: 'Known by',
    isSortable: true,
    cell: row => <PeopleCell row={row} />,
  },
  {
    id: 'documentState',
    label: 'Documents',
    isSortable: true,
    cell: row => (
      <Cell>
        <DocumentStateLabel state={row.documentState} />
      </Cell>
    ),
  },
  {
    id: 'flags',
    label: 'Open flags',
    isSortable: true,
    cell: row => (
      <WrappingCell>
        {row.flags.map(flag => (
          <FlagLabel key={flag.rule} flag={flag} />
        ))}
        {row.flags.length === 0 && <Text>None</Text>}
      </WrappingCell>
    ),
  },
];

/** Every service with its owner, the people who know it, its documents and flags. */
export function EntitiesTable() {
  const entities = useEntitiesTable();
  const { table, filter } = entities;
  return (
    <section
      aria-labelledby="understanding-services"
      className={sectionStyles.body}
    >
      <Flex direction="column" gap="3">
        <Text as="h2" variant="title-x-small" id="understanding-services">
          Services
        </Text>
        <div className={styles.filters}>
          <FilterSelect
            label="Kind"
            value={filter.kind}
            onChange={entities.setKind}
            all="All kinds"
            options={entityKindSchema.options.map(kind => ({
              id: kind,
              label: KIND_NAMES[kind],
            }))}
          />
          <FilterSelect
            label="Owner"
            value={filter.owner}
            onChange={entities.setOwner}
            all="All owners"
            options={entities.owners.map(({ ref, title }) => ({
              id: ref,
              label: title,
            }))}
          />
          <FilterSelect
            label="Flag"
            value={filter.flag}
            onChange={entities.setFlag}
            all="With or without flags"
            options={flagRules.map(rule => ({
              id: rule.id,
              label: rule.title,
            }))}
          />
          <SearchField
            label="Filter by words"
            size="small"
            value={entities.search}
            onChange={entities.setSearch}
          />
        </div>
        {table.tableProps.error ? (
          <UnderstandingError
            error={table.tableProps.error}
            retry={table.reload}
          />
        ) : (
          <Table
            {...table.tableProps}
            columnConfig={COLUMNS}
            emptyState={<Nothing {...entities} />}
          />
        )}
      </Flex>
    </section>
  );
}

/** Why nothing is listed, and the way out. */
function Nothing(
  props: Pick<
    ReturnType<typeof useEntitiesTable>,
    'filter' | 'isFiltered' | 'isStillReading' | 'showEverything'
  >,
) {
  const { filter, isFiltered, isStillReading, showEverything } = props;
  if (isStillReading) {
    return (
      <Text>
        Not all of the catalog has been read yet. What it holds appears here by
        itself.
      </Text>
    );
  }
  if (!isFiltered && !filter.kind) {
    return (
      <Text>
        The catalog holds no services, or none that you may see. They appear
        here within a minute after it has them.
      </Text>
    );
  }
  return (
    <Flex align="center" gap="3">
      <Text>
        {isFiltered
          ? 'Nothing matches these filters.'
          : 'The catalog holds no components, or none that you may see.'}
      </Text>
      <Button size="small" variant="secondary" onPress={showEverything}>
        Show everything
      </Button>
    </Flex>
  );
}

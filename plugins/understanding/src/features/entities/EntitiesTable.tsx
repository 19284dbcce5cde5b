import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Button,
  Cell,
  ColumnConfig,
  Flex,
  SearchField,
  Select,
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
import styles from './EntitiesTable.module.css';
import { RefCell } from './RefCell';
import sectionStyles from './Section.module.css';
import { ALL, EntityRow, useEntitiesTable } from './useEntitiesTable';

const KIND_NAMES = {
  component: 'Components',
  api: 'APIs',
  resource: 'Resources',
  system: 'Systems',
};

function EntityCell(props: { row: EntityRow }) {
  const { row } = props;
  return (
    <Cell>
      <div className={styles.cell}>
        <EntityRefLink entityRef={row.entityRef} hideIcon>
          {row.title}
        </EntityRefLink>
        {row.example && <ExampleLabel />}
        {row.type && <Text variant="body-small">{row.type}</Text>}
      </div>
    </Cell>
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
    <Cell>
      <div className={styles.cell}>
        <Text>{text}</Text>
        {understoodBy === undefined && (
          <Text variant="body-small">{unknownReason}</Text>
        )}
      </div>
    </Cell>
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
      <Cell>
        <div className={styles.cell}>
          {row.flags.map(flag => (
            <FlagLabel key={flag.rule} flag={flag} />
          ))}
          {row.flags.length === 0 && <Text>None</Text>}
        </div>
      </Cell>
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
          <Select
            label="Kind"
            value={filter.kind ?? ALL}
            onChange={key => entities.setKind(String(key))}
            options={[
              { id: ALL, label: 'All kinds' },
              ...entityKindSchema.options.map(kind => ({
                id: kind,
                label: KIND_NAMES[kind],
              })),
            ]}
          />
          <Select
            label="Owner"
            value={filter.owner ?? ALL}
            onChange={key => entities.setOwner(String(key))}
            options={[
              { id: ALL, label: 'All owners' },
              ...entities.owners.map(({ ref, title }) => ({
                id: ref,
                label: title,
              })),
            ]}
          />
          <Select
            label="Flag"
            value={filter.flag ?? ALL}
            onChange={key => entities.setFlag(String(key))}
            options={[
              { id: ALL, label: 'With or without flags' },
              ...flagRules.map(rule => ({ id: rule.id, label: rule.title })),
            ]}
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
            emptyState={
              entities.isFiltered ? (
                <Flex align="center" gap="3">
                  <Text>Nothing matches these filters.</Text>
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={entities.showEverything}
                  >
                    Show everything
                  </Button>
                </Flex>
              ) : (
                <Text>
                  Nothing is known yet. Entities appear here within a minute
                  after the catalog has them.
                </Text>
              )
            }
          />
        )}
      </Flex>
    </section>
  );
}

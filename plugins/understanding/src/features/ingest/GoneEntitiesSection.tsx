import { ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import { GoneEntity } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  countColumn,
  headerColumn,
  instantColumn,
} from '../../components/columns';
import { Section } from '../../components/Section';

type GoneRow = GoneEntity & { id: string };

const COLUMNS: ColumnConfig<GoneRow>[] = [
  headerColumn('entityRef', 'Entity', row => row.entityRef),
  instantColumn('goneAt', 'Gone since', row => row.goneAt),
  countColumn('records', 'What people said of it', row => row.records),
];

/**
 * What the catalog does not have any more though people said something of it; where
 * there is none, nothing.
 */
export function GoneEntitiesSection(props: {
  entities: readonly GoneEntity[];
  truncated: boolean;
}) {
  const { entities, truncated } = props;
  const { tableProps } = useTable<GoneRow>({
    mode: 'complete',
    data: entities.map(row => ({ ...row, id: row.entityRef })),
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
  });
  return entities.length === 0 ? null : (
    <Section title="Entities that left the catalog">
      <Text>
        What people said of them is kept under these names, and does not follow
        to an entity that is called otherwise now. Where one was only renamed,
        give it back its name, and change its title instead; all of it is there
        again then.
      </Text>
      {truncated && (
        <Text>
          There are more than the {entities.length} listed here; those that went
          last come first.
        </Text>
      )}
      <Table {...tableProps} columnConfig={COLUMNS} />
    </Section>
  );
}

import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import { GoneEntity } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  countColumn,
  headerColumn,
  instantColumn,
  textColumn,
} from '../../components/columns';
import { Section } from '../../components/Section';

type GoneRow = GoneEntity & { id: string };

const COLUMNS: ColumnConfig<GoneRow>[] = [
  headerColumn('entityRef', 'Entity', row => row.entityRef),
  instantColumn('goneAt', 'Gone since', row => row.goneAt),
  countColumn('records', 'What people said of it', row => row.records),
  textColumn('inItsPlace', 'In its place now', ({ inItsPlace }) =>
    inItsPlace ? <EntityRefLink entityRef={inItsPlace} hideIcon /> : 'None',
  ),
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
        Nothing has to be done where an entity was retired: what people said of
        it is kept, in case that it comes back. It does not follow to another
        name. Where an entity was only renamed, give it back its name, and
        change its title instead; all of it is there again then. Where the name
        had to change, say again under the new one what still holds.
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

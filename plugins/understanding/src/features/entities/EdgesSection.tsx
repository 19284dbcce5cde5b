import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Cell,
  CellText,
  ColumnConfig,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import { Edge } from '@understanding-dev/backstage-plugin-understanding-common';
import { Section } from '../../components/Section';

type EdgeRow = Edge & { id: string };

const TYPES: Record<Edge['type'], string> = {
  dependsOn: 'depends on',
  consumesApi: 'consumes API',
  partOf: 'is part of',
};

const COLUMNS: ColumnConfig<EdgeRow>[] = [
  {
    id: 'target',
    label: 'Entity',
    isRowHeader: true,
    cell: edge => (
      <Cell>
        {edge.targetTitle ? (
          <EntityRefLink entityRef={edge.targetRef} hideIcon>
            {edge.targetTitle}
          </EntityRefLink>
        ) : (
          <Text>{edge.targetRef} (not in the catalog)</Text>
        )}
      </Cell>
    ),
  },
  {
    id: 'type',
    label: 'Relation',
    cell: edge => <CellText title={TYPES[edge.type]} />,
  },
  {
    id: 'criticality',
    label: 'Criticality',
    cell: edge => (
      <CellText title={edge.type === 'partOf' ? '–' : edge.criticality} />
    ),
  },
  {
    id: 'origin',
    label: 'Origin',
    cell: edge => <CellText title={edge.origin} />,
  },
];

/** What the entity depends on, and whether it fails without it. */
export function EdgesSection(props: { edges: readonly Edge[] }) {
  const { tableProps } = useTable<EdgeRow>({
    mode: 'complete',
    data: props.edges.map(edge => ({
      ...edge,
      id: `${edge.type} ${edge.targetRef}`,
    })),
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Section title="Dependencies">
      {props.edges.length === 0 ? (
        <Text>The catalog declares no dependencies of it.</Text>
      ) : (
        <Table {...tableProps} columnConfig={COLUMNS} />
      )}
    </Section>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CellText, ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import { Edge } from '@understanding-dev/backstage-plugin-understanding-common';
import { useMemo } from 'react';
import { RefCell } from '../../components/RefCell';
import { Section } from '../../components/Section';
import { understandingTranslationRef } from '../../translation';

type EdgeRow = Edge & { id: string };

/** What the entity depends on, and whether it fails without it. */
export function EdgesSection(props: { edges: readonly Edge[] }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { tableProps } = useTable<EdgeRow>({
    mode: 'complete',
    data: props.edges.map(edge => ({
      ...edge,
      id: `${edge.type} ${edge.targetRef}`,
    })),
    paginationOptions: { pageSize: 20 },
  });
  const columns = useMemo(
    (): ColumnConfig<EdgeRow>[] => [
      {
        id: 'target',
        label: t('edges.target'),
        isRowHeader: true,
        cell: edge => (
          <RefCell entityRef={edge.targetRef} title={edge.targetTitle} />
        ),
      },
      {
        id: 'type',
        label: t('edges.relation'),
        cell: edge => <CellText title={t(`edges.type.${edge.type}`)} />,
      },
      {
        id: 'criticality',
        label: t('edges.criticality'),
        cell: edge => (
          <CellText title={edge.type === 'partOf' ? '–' : edge.criticality} />
        ),
      },
      {
        id: 'origin',
        label: t('edges.origin'),
        cell: edge => <CellText title={edge.origin} />,
      },
    ],
    [t],
  );
  return (
    <Section title={t('edges.title')}>
      {props.edges.length === 0 ? (
        <Text>{t('edges.none')}</Text>
      ) : (
        <Table {...tableProps} columnConfig={columns} />
      )}
    </Section>
  );
}

import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Cell,
  CellText,
  ColumnConfig,
  Skeleton,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import { StructureResponse } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { PageLayout } from '../../PageLayout';
import { Section } from '../../components/Section';

/** What the shape of all dependencies tells: where one failure reaches many. */
export function StructurePage() {
  const api = useApi(understandingApiRef);
  const { error, loading, retry, value } = useAsyncRetry(
    () => api.getStructure(),
    [api],
  );
  return (
    <PageLayout title="Structure of dependencies">
      {loading && !value && (
        <div role="status" aria-label="Loading">
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {value && !error && <Findings structure={value} />}
    </PageLayout>
  );
}

function Findings(props: { structure: StructureResponse }) {
  const { cycles, edges, entities, hotSpots, singlePoints, truncated } =
    props.structure;
  if (edges === 0) {
    return (
      <Text>
        No dependency is known that you may see. Declare dependsOn or
        consumesApis in catalog files.
      </Text>
    );
  }
  return (
    <>
      <Text>
        Among {entities} entities and {edges} dependencies that you may see.
        {truncated && ' Only the first of what was found are listed.'}
      </Text>
      <Section title="Hot spots">
        <Text>
          The most entities depend on these at once: their failure is seen
          first, and by the most.
        </Text>
        <RefTable
          rows={hotSpots.map(({ dependants, entityRef }) => ({
            refs: [entityRef],
            text: String(dependants),
          }))}
          label="Entity"
          textLabel="Direct dependants"
        />
      </Section>
      <Section title="Single points of failure">
        <Text>
          Without one of these, the others fall apart into groups that nothing
          joins.
        </Text>
        {singlePoints.length === 0 ? (
          <Text>There is none.</Text>
        ) : (
          <RefTable
            rows={singlePoints.map(ref => ({ refs: [ref] }))}
            label="Entity"
          />
        )}
      </Section>
      <Section title="Circles">
        <Text>
          Each of these depends on all others of its circle, so that none can be
          started, or recover, before the rest.
        </Text>
        {cycles.length === 0 ? (
          <Text>There is none.</Text>
        ) : (
          <RefTable
            rows={cycles.map(refs => ({ refs, text: String(refs.length) }))}
            label="Entities"
            textLabel="How many"
          />
        )}
      </Section>
    </>
  );
}

type Row = { readonly refs: readonly string[]; readonly text?: string };

function RefTable(props: {
  rows: readonly Row[];
  label: string;
  textLabel?: string;
}) {
  const { label, rows, textLabel } = props;
  const data = useMemo(
    () => rows.map(row => ({ ...row, id: row.refs.join(' ') })),
    [rows],
  );
  const columns: ColumnConfig<Row & { id: string }>[] = [
    {
      id: 'refs',
      label,
      isRowHeader: true,
      cell: ({ refs }) => (
        <Cell>
          {refs.map((ref, index) => (
            <span key={ref}>
              {index > 0 && ', '}
              <EntityRefLink entityRef={ref} hideIcon />
            </span>
          ))}
        </Cell>
      ),
    },
    ...(textLabel
      ? [
          {
            id: 'text',
            label: textLabel,
            cell: ({ text = '' }: Row) => <CellText title={text} />,
          },
        ]
      : []),
  ];
  const { tableProps } = useTable({
    mode: 'complete',
    data,
    paginationOptions: { pageSize: 20 },
  });
  return <Table {...tableProps} columnConfig={columns} />;
}

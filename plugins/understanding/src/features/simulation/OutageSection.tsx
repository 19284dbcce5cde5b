import { parseEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityRefLink,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import {
  Badge,
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
  AffectedEntity,
  Condition,
  OutageResponse,
  conditionSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  CoverageStateLabel,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { Section } from '../../components/Section';
import { structureRouteRef } from '../../routes';
import { CONDITIONS } from '../failure-modes/words';
import { GraphView } from './GraphView';
import { outageGraph } from './layout';

/** Who is hit when this entity fails, as a list and as a graph. */
export function OutageSection(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const structurePath = useRouteRef(structureRouteRef)();
  const [condition, setCondition] = useState<Condition>('down');
  const [outage, simulate] = useAsyncFn(
    () => api.simulateOutage({ entityRef, condition }),
    [api, entityRef, condition],
  );
  return (
    <Section title="What breaks when this fails">
      <Flex align="end" gap="3">
        <Select
          label="Condition"
          value={condition}
          onChange={key => setCondition(conditionSchema.parse(key))}
          options={conditionSchema.options.map(id => ({
            id,
            label: CONDITIONS[id],
          }))}
        />
        <Button
          variant="primary"
          onPress={() => void simulate()}
          isPending={outage.loading}
        >
          Simulate
        </Button>
      </Flex>
      <div>
        <Link href={structurePath}>
          Circles, hot spots and single points of failure
        </Link>
      </div>
      <div role="region" aria-label="Simulated outage" aria-live="polite">
        {outage.loading && <Skeleton width="100%" height={120} />}
        {outage.error && <UnderstandingError error={outage.error} />}
        {outage.value && !outage.loading && (
          <Result entityRef={entityRef} outage={outage.value} />
        )}
      </div>
    </Section>
  );
}

/** As short as the catalog writes references. */
function short(entityRef: string): string {
  return humanizeEntityRef(parseEntityRef(entityRef), {
    defaultKind: 'component',
    defaultNamespace: 'default',
  });
}

type Row = AffectedEntity & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  {
    id: 'entity',
    label: 'Entity',
    isRowHeader: true,
    cell: row => (
      <Cell>
        <EntityRefLink entityRef={row.entityRef} hideIcon>
          {row.title ?? row.entityRef}
        </EntityRefLink>
      </Cell>
    ),
  },
  {
    id: 'via',
    label: 'How',
    cell: row => (
      <Cell>
        <Badge>
          {row.via === 'HARD' ? 'HARD: fails, too' : 'SOFT: degrades'}
        </Badge>
      </Cell>
    ),
  },
  {
    id: 'distance',
    label: 'Steps',
    cell: row => <CellText title={String(row.distance)} />,
  },
  {
    id: 'path',
    label: 'Path',
    cell: row => (
      <Cell>
        <Text variant="body-small">
          {row.retryAmplification && row.retryAmplification > 1 && (
            <strong>up to {row.retryAmplification} requests for one: </strong>
          )}
          {row.path.map(ref => (ref ? short(ref) : '(hidden)')).join(' ← ')}
        </Text>
      </Cell>
    ),
  },
  {
    id: 'unanswered',
    label: 'Answers on the way',
    cell: row => {
      const [first] = row.unansweredEdges;
      return (
        <Cell>
          {first ? (
            <Text variant="body-small">
              None first for {short(first.sourceRef)} on{' '}
              {short(first.targetRef)}
            </Text>
          ) : (
            <CoverageStateLabel
              state={row.steps[row.steps.length - 1]?.state ?? 'none'}
            />
          )}
        </Cell>
      );
    },
  },
];

function Result(props: { entityRef: string; outage: OutageResponse }) {
  const { entityRef, outage } = props;
  const { affected, hidden, total, truncated } = outage;
  const data = useMemo(
    () => affected.map(one => ({ ...one, id: one.entityRef })),
    [affected],
  );
  const { tableProps } = useTable<Row>({
    mode: 'complete',
    data,
    paginationOptions: { pageSize: 20 },
  });
  const drawing = useMemo(
    () => outageGraph(entityRef, short(entityRef), outage),
    [entityRef, outage],
  );
  if (affected.length === 0) {
    return (
      <Text>
        Nothing that you may see depends on it.
        {hidden > 0 && ` ${hidden} that you may not see are hit.`}
      </Text>
    );
  }
  return (
    <Flex direction="column" gap="3">
      <Text>
        {total.hard} fail with it, {total.soft} more are touched.
        {truncated && ` The first ${affected.length} are listed.`}
        {hidden > 0 && ` ${hidden} that you may not see are hit, too.`}
      </Text>
      <Table {...tableProps} columnConfig={COLUMNS} />
      <GraphView label="Graph of the outage" {...drawing} />
    </Flex>
  );
}

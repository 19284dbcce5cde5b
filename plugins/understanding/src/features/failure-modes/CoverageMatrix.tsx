import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Button,
  Cell,
  ColumnConfig,
  Flex,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import {
  Condition,
  Edge,
  conditionSchema,
  isDependency,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { CoverageStateLabel } from '@understanding-dev/backstage-plugin-understanding-react';
import { ReactNode, useMemo } from 'react';
import { Section } from '../../components/Section';
import styles from './FailureModes.module.css';
import { CONDITIONS, nameOf } from './words';

type EdgeRow = Edge & { id: string };

/**
 * Each dependency of an entity by each way in which it can fail: one look tells what
 * has no answer.
 */
export function CoverageMatrix(props: {
  edges: readonly Edge[];
  hidden: number;
  onCondition: (edge: Edge, condition: Condition) => void;
  onClassify: (edge: Edge) => void;
  /** Stands below it. */
  children?: ReactNode;
}) {
  const { children, hidden, onClassify, onCondition } = props;
  const rows = useMemo(
    () =>
      props.edges
        .filter(isDependency)
        .map(edge => ({ ...edge, id: edge.targetRef })),
    [props.edges],
  );
  const required = rows.flatMap(edge =>
    edge.conditions.filter(one => one.required),
  );
  const answered = required.filter(one => one.state !== 'none');
  const columns: ColumnConfig<EdgeRow>[] = useMemo(
    () => [
      {
        id: 'target',
        label: 'Dependency',
        isRowHeader: true,
        cell: edge => <TargetCell edge={edge} />,
      },
      {
        id: 'criticality',
        label: 'Criticality',
        cell: edge => (
          <Cell>
            <Button
              size="small"
              variant="tertiary"
              aria-label={`Classify ${nameOf(edge)}, now ${edge.criticality}`}
              onPress={() => onClassify(edge)}
            >
              {edge.criticality}
            </Button>
          </Cell>
        ),
      },
      ...conditionSchema.options.map(
        (condition): ColumnConfig<EdgeRow> => ({
          id: condition,
          label: CONDITIONS[condition],
          cell: edge => (
            <ConditionCell
              edge={edge}
              condition={condition}
              onPress={() => onCondition(edge, condition)}
            />
          ),
        }),
      ),
    ],
    [onClassify, onCondition],
  );
  const { tableProps } = useTable<EdgeRow>({
    mode: 'complete',
    data: rows,
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Section title="What happens when a dependency fails">
      {rows.length === 0 && hidden === 0 && (
        <Text>
          Nothing is known that it depends on. Declare dependsOn or consumesApis
          in its catalog file.
        </Text>
      )}
      {rows.length > 0 && (
        <>
          <Text>
            {required.length === 0
              ? 'No answer is required: all dependencies are SOFT.'
              : `${answered.length} of ${required.length} required answers are given.`}
          </Text>
          <div className={styles.scroll}>
            <Table {...tableProps} columnConfig={columns} />
          </div>
        </>
      )}
      {hidden > 0 && (
        <Flex>
          <Text>{hidden} more that you may not see.</Text>
        </Flex>
      )}
      {children}
    </Section>
  );
}

function TargetCell(props: { edge: Edge }) {
  const { apiRefs, origin, targetRef, targetTitle } = props.edge;
  return (
    <Cell>
      <div className={styles.target}>
        {targetTitle ? (
          <EntityRefLink entityRef={targetRef} hideIcon>
            {targetTitle}
          </EntityRefLink>
        ) : (
          <Text>{targetRef} (not in the catalog)</Text>
        )}
        <Text as="p" variant="body-small">
          {origin}
          {apiRefs.length > 0 && ` through ${apiRefs.join(', ')}`}
        </Text>
      </div>
    </Cell>
  );
}

/** Which answer there is, as a button that leads to it. */
function ConditionCell(props: {
  edge: Edge;
  condition: Condition;
  onPress: () => void;
}) {
  const { edge, condition, onPress } = props;
  const found = edge.conditions.find(one => one.condition === condition);
  const state = found?.state ?? 'none';
  const name = CONDITIONS[condition].toLowerCase();
  return (
    <Cell>
      <Button
        size="small"
        variant="tertiary"
        aria-label={`${nameOf(edge)}, ${name}: ${state}${
          found?.required ? ', required' : ''
        }`}
        onPress={onPress}
      >
        {state === 'none' && !found?.required ? (
          <Text>–</Text>
        ) : (
          <CoverageStateLabel state={state} />
        )}
      </Button>
    </Cell>
  );
}

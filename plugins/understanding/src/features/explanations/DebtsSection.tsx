import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  ColumnConfig,
  Link,
  Select,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import {
  ExplanationDebt,
  listExplanationDebtsQuerySchema,
  understandingExplanationAssessPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExplanationStateLabel,
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useState } from 'react';
import { RefCell } from '../../components/RefCell';
import { Section } from '../../components/Section';
import { TextCell } from '../../components/TextCell';
import { ExplanationLink } from './ExplanationLink';
import { SessionDialog } from './SessionDialog';

type Row = ExplanationDebt & { id: string };

const { state: stateSchema } = listExplanationDebtsQuerySchema.shape;

const PAID_BY: Record<NonNullable<ExplanationDebt['paidBy']>, string> = {
  explanation: 'by an explanation',
  'taught-session': 'by a session in which it was taught',
};

const columnsOf = (
  pay: ((debt: ExplanationDebt) => void) | undefined,
): ColumnConfig<Row>[] => [
  {
    id: 'entity',
    label: 'Entity',
    minWidth: 150,
    isRowHeader: true,
    cell: row => (
      <RefCell entityRef={row.entityRef} title={row.entityTitle} none="None" />
    ),
  },
  {
    id: 'owner',
    label: 'Owner',
    minWidth: 150,
    cell: row => (
      <RefCell entityRef={row.ownerRef} title={row.ownerTitle} none="Nobody" />
    ),
  },
  {
    id: 'what',
    label: 'What',
    defaultWidth: '2fr',
    minWidth: 220,
    cell: row => (
      <TextCell>
        <ExplanationLink explanation={row.explanation} />
      </TextCell>
    ),
  },
  {
    id: 'state',
    label: 'State',
    minWidth: 210,
    cell: row => (
      <TextCell>
        <ExplanationStateLabel state={row.explanation.state} />
      </TextCell>
    ),
  },
  {
    id: 'opened',
    label: 'Owed since',
    minWidth: 130,
    cell: row => (
      <TextCell>
        <Instant at={row.openedAt} />
        {row.paidAt && (
          <Text as="div" variant="body-small">
            Paid <Instant at={row.paidAt} />
            {row.paidBy && `, ${PAID_BY[row.paidBy]}`}
            {row.session?.url && (
              <>
                {' '}
                (<Link href={row.session.url}>where</Link>)
              </>
            )}
          </Text>
        )}
      </TextCell>
    ),
  },
  ...(pay
    ? [
        {
          id: 'pay',
          label: 'Pay',
          minWidth: 200,
          cell: (row: Row) => (
            <TextCell>
              <Button size="small" variant="secondary" onPress={() => pay(row)}>
                Taught in a session
              </Button>
            </TextCell>
          ),
        },
      ]
    : []),
];

/** Each explanation that is owed, the oldest first. */
export function DebtsSection() {
  const api = useApi(understandingApiRef);
  const [state, setState] = useState(stateSchema.parse(undefined));
  const [paying, setPaying] = useState<ExplanationDebt>();
  const { allowed } = usePermission({
    permission: understandingExplanationAssessPermission,
  });
  const filter = useMemo(() => ({ state }), [state]);
  const columns = useMemo(
    () => columnsOf(allowed && state === 'open' ? setPaying : undefined),
    [allowed, state],
  );
  const { reload, tableProps } = useTable<Row, typeof filter>({
    mode: 'cursor',
    filter,
    paginationOptions: { pageSize: 20, pageSizeOptions: [20, 50, 100] },
    getData: async request => {
      const page = await api.listExplanationDebts({
        ...request.filter,
        limit: request.pageSize,
        cursor: request.cursor,
      });
      return {
        data: page.items.map(one => ({
          ...one,
          id: `${one.explanation.id} ${one.entityRef}`,
        })),
        nextCursor: page.nextCursor,
        totalCount: page.totalItems,
      };
    },
  });
  const isEmpty = !tableProps.loading && tableProps.data?.length === 0;
  return (
    <Section title="Debts">
      <Select
        label="Show"
        value={state}
        onChange={key => setState(stateSchema.parse(key))}
        options={[
          { id: 'open', label: 'Open' },
          { id: 'paid', label: 'Paid' },
        ]}
      />
      {tableProps.error && (
        <UnderstandingError error={tableProps.error} retry={reload} />
      )}
      {!tableProps.error && !isEmpty && (
        <Table {...tableProps} columnConfig={columns} />
      )}
      {isEmpty && (
        <Text>
          {state === 'open' ? 'Nothing is owed.' : 'Nothing was paid yet.'}
        </Text>
      )}
      {paying && (
        <SessionDialog
          debt={paying}
          close={() => setPaying(undefined)}
          onPaid={() => {
            setPaying(undefined);
            reload();
          }}
        />
      )}
    </Section>
  );
}

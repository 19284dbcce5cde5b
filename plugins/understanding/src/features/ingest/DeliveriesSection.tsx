import { Cell, ColumnConfig, Select, Table, Text } from '@backstage/ui';
import {
  DeliveryRecord,
  DeliveryState,
  deliveryStateSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo } from 'react';
import {
  headerColumn,
  instantColumn,
  textColumn,
} from '../../components/columns';
import { Section } from '../../components/Section';
import { ReplayButton } from './ReplayButton';
import { useDeliveries } from './useDeliveries';

const STATES: Record<DeliveryState, { label: string; none: string }> = {
  pending: { label: 'Waiting', none: 'No delivery waits to be read.' },
  done: { label: 'Done', none: 'No delivery has been read yet.' },
  ignored: { label: 'Ignored', none: 'No delivery was ignored.' },
  dead: { label: 'Dead letters', none: 'There are no dead letters.' },
};

const SIZE = new Intl.NumberFormat('en', {
  notation: 'compact',
  style: 'unit',
  unit: 'byte',
  unitDisplay: 'narrow',
});

const FACTS: ColumnConfig<DeliveryRecord>[] = [
  headerColumn(
    'deliveryId',
    'Delivery',
    row => row.deliveryId ?? 'Without an id',
  ),
  textColumn('host', 'Host', row => row.host),
  textColumn('event', 'Event', row => row.event),
  textColumn('size', 'Size', row => SIZE.format(row.size)),
  instantColumn('receivedAt', 'Received', row => row.receivedAt),
];

const REASON = textColumn<DeliveryRecord>(
  'reason',
  'Reason',
  row => row.reason,
);

/** What came from change hosts; what was not understood can be replayed. */
export function DeliveriesSection(props: {
  /** Read anew whenever this changes. */
  reading: number;
  readAgain: () => void;
}) {
  const { reading, readAgain } = props;
  const { state, choose, page, pagination } = useDeliveries(reading);
  const columns = useMemo(() => {
    switch (state) {
      case 'dead':
        return [
          ...FACTS,
          REASON,
          {
            id: 'replay',
            label: 'Replay',
            cell: (row: DeliveryRecord) => (
              <Cell>
                {row.state === 'dead' && (
                  <ReplayButton
                    // A letter that died again can be replayed again.
                    key={row.settledAt}
                    delivery={row}
                    onReplayed={readAgain}
                  />
                )}
              </Cell>
            ),
          },
        ];
      case 'ignored':
        return [...FACTS, REASON];
      default:
        return FACTS;
    }
  }, [state, readAgain]);
  return (
    <Section title="Deliveries">
      <Select
        label="State"
        value={state}
        onChange={key => choose(deliveryStateSchema.parse(key))}
        options={deliveryStateSchema.options.map(id => ({
          id,
          label: STATES[id].label,
        }))}
      />
      {page.error && !page.loading ? (
        <UnderstandingError error={page.error} retry={readAgain} />
      ) : (
        <Table
          columnConfig={columns}
          data={page.value?.items}
          isPending={page.loading}
          isStale={page.loading && page.value !== undefined}
          pagination={pagination}
          emptyState={<Text>{STATES[state].none}</Text>}
        />
      )}
    </Section>
  );
}

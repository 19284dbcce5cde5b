import { ColumnConfig, Table, Text } from '@backstage/ui';
import {
  QueueName,
  QueueStatus,
  queueNameSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { DateTime } from 'luxon';
import {
  countColumn,
  headerColumn,
  textColumn,
} from '../../components/columns';
import { Section } from '../../components/Section';

type QueueRow = QueueStatus & { id: string };

/** What waits in each queue, in words. */
const QUEUES: Record<QueueName, string> = {
  catalog: 'Pages of the catalog to read',
  delivery: 'Deliveries to read',
  change: 'Changes to ask their host about',
  proposal: 'Open changes of catalog files to read',
  attribution: 'Repositories whose changes to give to entities',
  host: 'Hosts to ask for what was missed, and for the past',
  repository: 'Git histories to read',
  schedule: 'Schedules of who is on call to read',
  'service-graph': 'Service graphs to read',
  'failure-mode-file': 'Files of failure modes to read',
  entity: 'Entities to assess',
  erasure: 'People to erase',
  retention: 'Evidence that is kept no longer',
  'draft-retention': 'Drafts that are kept no longer',
  exemption: 'Exemptions that begin or end',
  judge: 'Explanations to judge anew',
  'review-rights': 'Reviewers whose rights to ask for',
  check: 'Checks to write',
  'check-sweep': 'Checks to compare with their host',
  alert: 'Alerts to send',
};

function nameOf(queue: string): string {
  const known = queueNameSchema.safeParse(queue);
  return known.success ? QUEUES[known.data] : queue;
}

/** E.g. `4 minutes ago`. */
function ago(seconds: number): string | null {
  const now = DateTime.now();
  return now.minus({ seconds }).toRelative({ base: now });
}

const COLUMNS: ColumnConfig<QueueRow>[] = [
  headerColumn('queue', 'Queue', row => nameOf(row.queue)),
  countColumn('due', 'Due now', row => row.due),
  countColumn('retrying', 'Failed, to be tried again', row => row.retrying),
  textColumn('oldest', 'Oldest became due', ({ oldestSeconds }) =>
    oldestSeconds === undefined ? 'Nothing is due' : ago(oldestSeconds),
  ),
];

/** How much work waits, and for how long. */
export function QueuesSection(props: { queues: readonly QueueStatus[] }) {
  return (
    <Section title="Queues">
      <Table
        columnConfig={COLUMNS}
        data={props.queues.map(queue => ({ ...queue, id: queue.queue }))}
        pagination={{ type: 'none' }}
        emptyState={<Text>No work is queued.</Text>}
      />
    </Section>
  );
}

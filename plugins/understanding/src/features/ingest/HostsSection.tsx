import { Alert, ColumnConfig, Table } from '@backstage/ui';
import { IngestStatus } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  countColumn,
  headerColumn,
  instantColumn,
  textColumn,
} from '../../components/columns';
import { Section } from '../../components/Section';
import styles from './HostsSection.module.css';

type HostRow = IngestStatus['hosts'][number] & { id: string };

const COLUMNS: ColumnConfig<HostRow>[] = [
  headerColumn('host', 'Host', row => row.host),
  textColumn(
    'instances',
    'Instances',
    row => row.instances.join(', ') || 'None',
  ),
  instantColumn(
    'lastReceivedAt',
    'Last delivery',
    row => row.lastReceivedAt,
    'None yet',
  ),
  countColumn('pending', 'Waiting', row => row.deliveries.pending),
  countColumn('done', 'Done', row => row.deliveries.done),
  countColumn('ignored', 'Ignored', row => row.deliveries.ignored),
  countColumn('dead', 'Dead letters', row => row.deliveries.dead),
];

const MODULES = [
  ['GitHub', 'understanding-backend-module-github'],
  ['GitLab', 'understanding-backend-module-gitlab'],
];

function HowToSetUp() {
  return (
    <>
      Without one, changes, reviews and verified evidence are not seen. Install
      one of these in the back end, and configure it as its README tells:
      <ul className={styles.list}>
        {MODULES.map(([title, module]) => (
          <li key={module}>
            {title}: <code>@understanding-dev/backstage-plugin-{module}</code>,
            with <code>plugins/{module}/README.md</code>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The change hosts that are set up, or how to set one up. */
export function HostsSection(props: { hosts: IngestStatus['hosts'] }) {
  const { hosts } = props;
  return (
    <Section title="Change hosts">
      {hosts.length === 0 ? (
        <Alert
          status="info"
          icon
          title="No change host is set up"
          description={<HowToSetUp />}
        />
      ) : (
        <Table
          columnConfig={COLUMNS}
          data={hosts.map(host => ({ ...host, id: host.host }))}
          pagination={{ type: 'none' }}
        />
      )}
    </Section>
  );
}

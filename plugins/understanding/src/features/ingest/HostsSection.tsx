import { Alert, ColumnConfig, Table } from '@backstage/ui';
import { IngestStatus } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../entities/Section';
import styles from './HostsSection.module.css';
import { TextCell } from './TextCell';

type HostRow = IngestStatus['hosts'][number] & { id: string };

function countColumn(
  state: keyof HostRow['deliveries'],
  label: string,
): ColumnConfig<HostRow> {
  return {
    id: state,
    label,
    cell: row => (
      <TextCell>{row.deliveries[state].toLocaleString('en')}</TextCell>
    ),
  };
}

const COLUMNS: ColumnConfig<HostRow>[] = [
  {
    id: 'host',
    label: 'Host',
    isRowHeader: true,
    cell: row => <TextCell>{row.host}</TextCell>,
  },
  {
    id: 'instances',
    label: 'Instances',
    cell: row => <TextCell>{row.instances.join(', ') || 'None'}</TextCell>,
  },
  {
    id: 'lastReceivedAt',
    label: 'Last delivery',
    cell: row => (
      <TextCell>
        {row.lastReceivedAt ? (
          <Instant at={row.lastReceivedAt} time />
        ) : (
          'None yet'
        )}
      </TextCell>
    ),
  },
  countColumn('pending', 'Waiting'),
  countColumn('done', 'Done'),
  countColumn('ignored', 'Ignored'),
  countColumn('dead', 'Dead letters'),
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

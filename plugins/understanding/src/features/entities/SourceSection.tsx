import { Alert, Text } from '@backstage/ui';
import { SourceState } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';

/** Where all of this was read, so that it can be checked. */
export function SourceSection(props: { source: SourceState }) {
  const { source } = props;
  if (source.type === 'unknown') {
    return (
      <Section title="Source">
        <Alert
          status="info"
          icon
          title="Its history cannot be seen"
          description={source.reason}
        />
      </Section>
    );
  }
  const paths = source.paths.map(path => path || 'all of it');
  return (
    <Section title="Source">
      <Text>
        Read from the history of {source.repository} ({paths.join(', ')}), up to
        commit <code>{source.head.slice(0, 10)}</code>, on{' '}
        <Instant at={source.readAt} />.
      </Text>
      {source.notices.map(notice => (
        <Text key={notice}>{notice}</Text>
      ))}
    </Section>
  );
}

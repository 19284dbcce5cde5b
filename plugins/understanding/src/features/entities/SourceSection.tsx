import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import { SourceState } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { understandingTranslationRef } from '../../translation';

/** Where all of this was read, so that it can be checked. */
export function SourceSection(props: { source: SourceState }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { source } = props;
  if (source.type === 'unknown') {
    return (
      <Section title={t('source.title')}>
        <Alert
          status="info"
          icon
          title={t('source.unknown')}
          description={source.reason}
        />
      </Section>
    );
  }
  const paths = source.paths.map(path => path || t('source.allOfIt'));
  return (
    <Section title={t('source.title')}>
      <Text>
        {t('source.read', {
          repository: source.repository,
          paths: paths.join(', '),
          commit: <code>{source.head.slice(0, 10)}</code>,
          date: <Instant at={source.readAt} />,
        })}
      </Text>
      {source.notices.map(notice => (
        <Text key={notice}>{notice}</Text>
      ))}
    </Section>
  );
}

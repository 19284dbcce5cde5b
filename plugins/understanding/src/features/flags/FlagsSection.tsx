import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { Flag } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  FlagLabel,
  Instant,
  ReasonList,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { understandingTranslationRef } from '../../translation';

/** Open findings with their reasons and the cheapest honest repair. */
export function FlagsSection(props: { flags: readonly Flag[] }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  return (
    <Section title={t('flags.title')}>
      {props.flags.length === 0 && <Text>{t('flags.none')}</Text>}
      {props.flags.map(flag => (
        <div key={flag.id}>
          <Flex align="center" gap="2">
            <FlagLabel flag={flag} />
            <Text>
              {t('flags.since', { date: <Instant at={flag.since} /> })}
            </Text>
          </Flex>
          <ReasonList reasons={flag.reasons} />
          <Text>
            <strong>{t('flags.repair')}</strong>{' '}
            {flag.repair.url ? (
              <Link href={flag.repair.url}>{flag.repair.message}</Link>
            ) : (
              flag.repair.message
            )}
          </Text>
        </div>
      ))}
    </Section>
  );
}

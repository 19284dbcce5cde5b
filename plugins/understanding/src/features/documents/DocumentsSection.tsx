import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { EntityUnderstanding } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  DocumentStateLabel,
  Instant,
  ReasonList,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';
import { understandingTranslationRef } from '../../translation';

/** The documents of an entity, and whether they can be believed. */
export function DocumentsSection(props: {
  understanding: EntityUnderstanding;
}) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { summary, documents } = props.understanding;
  return (
    <Section
      title={t('documents.title')}
      label={<DocumentStateLabel state={summary.documentState} />}
    >
      {documents.length === 0 && (
        <Text>{summary.unknownReason ?? t('documents.none')}</Text>
      )}
      {documents.map(document => (
        <div key={document.id}>
          <WrappingRow>
            <Text>
              {document.url ? (
                <Link href={document.url}>
                  {document.title ?? document.path}
                </Link>
              ) : (
                document.title ?? document.path
              )}{' '}
              <code>{document.path}</code>
            </Text>
            <DocumentStateLabel state={document.state} />
            <Text>
              {t('documents.contentOf', {
                date: <Instant at={document.contentChangedAt} />,
              })}
            </Text>
          </WrappingRow>
          <ReasonList reasons={document.reasons} />
        </div>
      ))}
    </Section>
  );
}

import { Link, Text } from '@backstage/ui';
import { EntityUnderstanding } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  DocumentStateLabel,
  Instant,
  ReasonList,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';

/** The documents of an entity, and whether they can be believed. */
export function DocumentsSection(props: {
  understanding: EntityUnderstanding;
}) {
  const { summary, documents } = props.understanding;
  return (
    <Section
      title="Documents"
      label={<DocumentStateLabel state={summary.documentState} />}
    >
      {documents.length === 0 && (
        <Text>{summary.unknownReason ?? 'No document was found.'}</Text>
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
              content of <Instant at={document.contentChangedAt} />
            </Text>
          </WrappingRow>
          <ReasonList reasons={document.reasons} />
        </div>
      ))}
    </Section>
  );
}

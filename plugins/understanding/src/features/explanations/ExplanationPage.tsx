import { useRouteRefParams } from '@backstage/core-plugin-api';
import { Flex, Skeleton, Text } from '@backstage/ui';
import {
  ExplanationRecord,
  explanationInWords,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExplanationStateLabel,
  UnderstandingError,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { WrappingRow } from '../../components/WrappingRow';
import { explanationRouteRef } from '../../routes';
import { PageLayout } from '../../PageLayout';
import { AssessmentsSection } from './AssessmentsSection';
import { AssessSection } from './AssessSection';
import { ChangeSection } from './ChangeSection';
import styles from './Explanations.module.css';
import { HintsSection } from './HintsSection';
import { ReadingSection } from './ReadingSection';
import { SuggestedReviewersSection } from './SuggestedReviewersSection';
import { TextSection } from './TextSection';
import { useExplanation } from './useExplanation';
import { VersionsSection } from './VersionsSection';
import { titleOf } from './words';

/** One explanation: its text, what it is of, and what people found of it. */
export function ExplanationPage() {
  const { id } = useRouteRefParams(explanationRouteRef);
  const { error, loading, retry, value } = useExplanation(id);
  return (
    <PageLayout title="Explanation">
      {loading && !value && (
        <div role="status" aria-label="Loading">
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {value && !error && <Record record={value} reload={retry} />}
    </PageLayout>
  );
}

function Record(props: { record: ExplanationRecord; reload: () => void }) {
  const { record, reload } = props;
  return (
    <>
      <Flex direction="column" gap="2">
        <WrappingRow>
          <Text as="h2" variant="title-small" className={styles.prose}>
            {titleOf(record)}
          </Text>
          <ExplanationStateLabel state={record.state} />
        </WrappingRow>
        {explanationInWords(record).map(sentence => (
          <Text key={sentence}>{sentence}</Text>
        ))}
      </Flex>
      <TextSection record={record} />
      <ChangeSection record={record} />
      <HintsSection record={record} />
      <SuggestedReviewersSection record={record} />
      <AssessSection record={record} onAssessed={reload} />
      <AssessmentsSection record={record} />
      <VersionsSection record={record} />
      {record.text && <ReadingSection id={record.id} />}
    </>
  );
}

import { useApi } from '@backstage/core-plugin-api';
import { Text } from '@backstage/ui';
import { ExplanationRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { AssessForm } from './AssessForm';
import { useAssessing } from './useAssessing';

/** Says whether an explanation shows understanding, for whoever may. */
export function AssessSection(props: {
  record: ExplanationRecord;
  onAssessed: () => void;
}) {
  const { onAssessed, record } = props;
  const api = useApi(understandingApiRef);
  const { isKnown, whyNot } = useAssessing({
    hadPart: record.hadPart,
    isWritten: record.text !== undefined,
  });
  if (!isKnown) {
    return null;
  }
  return (
    <Section title="Assess it">
      {whyNot ? (
        <Text>{whyNot}</Text>
      ) : (
        <AssessForm
          // What was said of one head or text is not said of the next.
          key={`${record.change?.headSha} ${record.versions[0]?.at} ${record.assessments[0]?.id}`}
          assess={async found => {
            await api.assessExplanation(record.id, {
              ...found,
              headSha: record.change?.headSha,
            });
            onAssessed();
          }}
        />
      )}
    </Section>
  );
}

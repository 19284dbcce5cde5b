import { Text } from '@backstage/ui';
import {
  ExplanationRecord,
  assessmentLapse,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Section } from '../../components/Section';
import { Assessment } from './Assessment';

/** What reviewers found, also of earlier heads and texts. */
export function AssessmentsSection(props: { record: ExplanationRecord }) {
  const { record } = props;
  return (
    <Section title="Assessments">
      {record.assessments.length === 0 && <Text>Nobody assessed it yet.</Text>}
      {record.assessments.map(assessment => (
        <Assessment
          key={assessment.id}
          assessment={assessment}
          lapse={assessmentLapse(record, assessment)}
        />
      ))}
    </Section>
  );
}

import { Badge, Flex, Text } from '@backstage/ui';
import {
  ExplanationRecord,
  Rubric,
  assessmentLapse,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  Prose,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../entities/Section';
import styles from './Explanations.module.css';
import { Person } from './Person';
import { RESULTS, RUBRIC } from './words';

/** What reviewers found, also of earlier heads and texts. */
export function AssessmentsSection(props: { record: ExplanationRecord }) {
  const { record } = props;
  return (
    <Section title="Assessments">
      {record.assessments.length === 0 && <Text>Nobody assessed it yet.</Text>}
      {record.assessments.map(assessment => {
        const lapse = assessmentLapse(record, assessment);
        return (
          <div key={assessment.id} className={styles.prose}>
            <Flex align="center" gap="2">
              <Badge>{RESULTS[assessment.result].label}</Badge>
              <Text>
                <Instant at={assessment.at} time />
                {assessment.reviewer && (
                  <>
                    {' by '}
                    <Person person={assessment.reviewer} />
                  </>
                )}
              </Text>
              {lapse && <Text color="secondary">Lapsed: {lapse}</Text>}
            </Flex>
            {assessment.rubric && <Text>{inWords(assessment.rubric)}</Text>}
            {assessment.note && <Prose text={assessment.note} />}
          </div>
        );
      })}
    </Section>
  );
}

function inWords(rubric: Rubric): string {
  const found = (Object.keys(RUBRIC) as Array<keyof Rubric>)
    .filter(key => rubric[key])
    .map(key => RUBRIC[key]);
  return found.length > 0
    ? `${found.join('; ')}.`
    : 'None of the four points was found.';
}

import { Badge, Text } from '@backstage/ui';
import {
  AssessmentResult,
  Participant,
  Rubric,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  Prose,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { WrappingRow } from '../../components/WrappingRow';
import styles from './Explanations.module.css';
import { Person } from './Person';
import { RESULTS, RUBRIC } from './words';

/** What one reviewer found. */
export function Assessment(props: {
  assessment: {
    readonly at: string;
    readonly result: AssessmentResult;
    readonly rubric?: Rubric;
    readonly note?: string;
    readonly reviewer?: Participant;
  };
  /** Why it says nothing of what stands now. */
  lapse?: string;
}) {
  const { assessment, lapse } = props;
  return (
    <div className={styles.prose}>
      <WrappingRow>
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
        {lapse && <Text>Lapsed: {lapse}</Text>}
      </WrappingRow>
      {assessment.rubric && <Text as="p">{inWords(assessment.rubric)}</Text>}
      {assessment.note && <Prose text={assessment.note} />}
    </div>
  );
}

function inWords(rubric: Rubric): string {
  const found = (Object.keys(RUBRIC) as Array<keyof Rubric>)
    .filter(key => rubric[key])
    .map(key => RUBRIC[key]);
  const [first, ...others] = found;
  return first
    ? `${[first, ...others.map(lowerFirst)].join('; ')}.`
    : 'None of the four points was found.';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

import { Text } from '@backstage/ui';
import {
  ExplanationRecord,
  SuggestedReviewers,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Section } from '../../components/Section';
import styles from './Explanations.module.css';
import { Person } from './Person';

/** Who could review an open change, and why, so that what one knows spreads. */
export function SuggestedReviewersSection(props: {
  record: ExplanationRecord;
}) {
  const { suggestedReviewers } = props.record;
  if (!suggestedReviewers) {
    return null;
  }
  const { knows, learns } = suggestedReviewers;
  return (
    <Section title="Who could review it">
      <Text>
        By rule: who knows most of what it touches, and who would learn most
        where too few people understand it. Nobody is asked by this.
      </Text>
      <ul className={styles.list}>
        <Suggestion what="Knows it" suggestion={knows} />
        <Suggestion what="Would learn from it" suggestion={learns} />
      </ul>
    </Section>
  );
}

function Suggestion(props: {
  what: string;
  suggestion: SuggestedReviewers['knows'];
}) {
  const { person, reason } = props.suggestion;
  return (
    <li>
      {props.what}: {person ? <Person person={person} /> : 'nobody'}{' '}
      <Text as="div" variant="body-small">
        {reason}
      </Text>
    </li>
  );
}

import { Link, Text } from '@backstage/ui';
import { ExplanationRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import { Section } from '../../components/Section';
import styles from './Explanations.module.css';

/** What a reviewer should look at and could ask, each with its reason. */
export function HintsSection(props: { record: ExplanationRecord }) {
  const { prompts, questions } = props.record;
  return (
    <Section title="For the reviewer">
      <Text>By rule, to help people; they decide nothing.</Text>
      {prompts.length > 0 && (
        <div>
          <Text as="h3" weight="bold">
            Look at
          </Text>
          <ul className={styles.list}>
            {prompts.map(({ message, rule, url }) => (
              <li key={`${rule} ${message}`}>
                {url ? <Link href={url}>{message}</Link> : message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {questions.length > 0 && (
        <div>
          <Text as="h3" weight="bold">
            Ask
          </Text>
          <ul className={styles.list}>
            {questions.map(({ question, reason }) => (
              <li key={question}>
                {question}{' '}
                <Text as="div" variant="body-small">
                  {reason}
                </Text>
              </li>
            ))}
          </ul>
        </div>
      )}
      {prompts.length === 0 && questions.length === 0 && (
        <Text>No rule has anything to say about it.</Text>
      )}
    </Section>
  );
}

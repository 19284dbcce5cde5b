import { Difference } from '@understanding-dev/backstage-plugin-understanding-common';
import styles from './FailureModes.module.css';
import { FIELDS } from './words';

/** What two versions say otherwise, field by field. */
export function DifferenceList(props: {
  differences: readonly Difference[];
  before: string;
  after: string;
}) {
  const { after, before, differences } = props;
  return (
    <dl className={styles.facts}>
      {differences.map(difference => [
        <dt key={`${difference.field} name`}>
          {FIELDS[difference.field] ?? difference.field}
        </dt>,
        <dd key={difference.field}>
          {difference.before !== undefined && (
            <p>
              {before}: <del>{difference.before}</del>
            </p>
          )}
          {difference.after !== undefined && (
            <p>
              {after}: <ins>{difference.after}</ins>
            </p>
          )}
        </dd>,
      ])}
    </dl>
  );
}

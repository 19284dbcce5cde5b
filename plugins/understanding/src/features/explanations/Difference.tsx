import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import styles from './Explanations.module.css';

/** Words that may differ before it is quicker to read both texts. */
const MAX_EDITS = 1000;

/** What one text says otherwise than another, word by word, as it was typed. */
export function Difference(props: { before: string; after: string }) {
  const { after, before } = props;
  const parts = useMemo(
    () =>
      diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS }) ?? [
        { value: before, removed: true, added: false },
        { value: after, added: true, removed: false },
      ],
    [before, after],
  );
  return (
    <div className={styles.difference}>
      {parts.map(({ added, removed, value }, index) => {
        // What stands where is all that tells parts of one text apart.
        const key = `${index} ${added} ${removed}`;
        if (added) {
          return <ins key={key}>{value}</ins>;
        }
        return removed ? (
          <del key={key}>{value}</del>
        ) : (
          <span key={key}>{value}</span>
        );
      })}
    </div>
  );
}

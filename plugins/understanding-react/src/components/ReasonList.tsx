import { Link } from '@backstage/ui';
import { Reason } from '@understanding-dev/backstage-plugin-understanding-common';
import styles from './ReasonList.module.css';

/**
 * Reasons of a finding, with the places where they can be checked.
 * @public
 */
export function ReasonList(props: { reasons: readonly Reason[] }) {
  return (
    <ul className={styles.list}>
      {props.reasons.map(({ message, url, file, line }) => (
        <li key={`${message} ${line}`}>
          {url ? <Link href={url}>{message}</Link> : message}
          {file && line && (
            <>
              {' '}
              <code>
                {file}:{line}
              </code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

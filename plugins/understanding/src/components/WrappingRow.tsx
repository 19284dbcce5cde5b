import { ReactNode } from 'react';
import styles from './WrappingRow.module.css';

/** Things beside one another; below, where a screen is too narrow for the kit's Flex. */
export function WrappingRow(props: { children: ReactNode }) {
  return <div className={styles.row}>{props.children}</div>;
}

import { Cell } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './WrappingCell.module.css';

/** A cell of several things beside one another; below, where it is too narrow. */
export function WrappingCell(props: { children: ReactNode }) {
  return (
    <Cell>
      <div className={styles.cell}>{props.children}</div>
    </Cell>
  );
}

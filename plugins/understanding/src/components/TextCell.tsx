import { Cell, Text } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './TextCell.module.css';

/** A cell whose text is shown whole, however long it is. */
export function TextCell(props: { children: ReactNode }) {
  return (
    <Cell>
      <Text as="div" className={styles.text}>
        {props.children}
      </Text>
    </Cell>
  );
}

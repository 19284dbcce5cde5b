import { SelectItemText } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './entityOption.module.css';

/** An entity, person or team to choose; `id` is its reference. */
export interface EntityChoice {
  readonly id: string;
  readonly title: string;
  readonly icon?: ReactNode;
}

/** The option of a list, with the reference, since several may have one title. */
export function entityOption({ id, title, icon }: EntityChoice) {
  return (
    <SelectItemText
      id={id}
      title={title}
      description={id}
      leadingIcon={icon}
      className={styles.option}
    />
  );
}

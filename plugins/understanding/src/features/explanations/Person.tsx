import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Participant } from '@understanding-dev/backstage-plugin-understanding-common';
import styles from './Explanations.module.css';

/** Somebody of the catalog as a link; an account of a host by its name alone. */
export function Person(props: { person: Participant }) {
  const { displayName, personRef } = props.person;
  return personRef ? (
    <span className={styles.sentence}>
      <EntityRefLink entityRef={personRef} hideIcon>
        {displayName}
      </EntityRefLink>
    </span>
  ) : (
    <>{displayName}</>
  );
}

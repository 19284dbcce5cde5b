import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Participant } from '@understanding-dev/backstage-plugin-understanding-common';
import styles from './Explanations.module.css';

/** Somebody of the catalog as a link; an account of a host by its name alone. */
export function Person(props: {
  /** Without a name, the catalog says how they are called. */
  person: Participant | { personRef: string; displayName?: undefined };
}) {
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

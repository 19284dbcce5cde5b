import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, Text } from '@backstage/ui';
import styles from './EntitiesTable.module.css';

/** Links to an entity, if there is one and the catalog knows it. */
export function RefCell(props: {
  entityRef?: string;
  title?: string;
  none: string;
}) {
  const { entityRef, title, none } = props;
  return (
    <Cell>
      <div className={styles.cell}>
        {entityRef && title && (
          <EntityRefLink entityRef={entityRef} hideIcon>
            {title}
          </EntityRefLink>
        )}
        {entityRef && !title && <Text>{entityRef} (not in the catalog)</Text>}
        {!entityRef && <Text>{none}</Text>}
      </div>
    </Cell>
  );
}

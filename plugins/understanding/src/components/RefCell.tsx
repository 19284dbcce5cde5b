import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { WrappingCell } from './WrappingCell';

/** Links to an entity, if there is one and the catalog knows it. */
export function RefCell(props: {
  entityRef?: string;
  title?: string;
  none: string;
}) {
  const { entityRef, title, none } = props;
  return (
    <WrappingCell>
      {entityRef && title && (
        <EntityRefLink entityRef={entityRef} hideIcon>
          {title}
        </EntityRefLink>
      )}
      {entityRef && !title && <Text>{entityRef} (not in the catalog)</Text>}
      {!entityRef && <Text>{none}</Text>}
    </WrappingCell>
  );
}

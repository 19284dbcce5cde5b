import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { understandingTranslationRef } from '../translation';
import { WrappingCell } from './WrappingCell';

/** Links to an entity, if there is one and the catalog knows it. */
export function RefCell(props: {
  entityRef?: string;
  title?: string;
  /** Said where there is none. */
  none?: string;
}) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { entityRef, title, none } = props;
  return (
    <WrappingCell>
      {entityRef && title && (
        <EntityRefLink entityRef={entityRef} hideIcon>
          {title}
        </EntityRefLink>
      )}
      {entityRef && !title && (
        <Text>{t('entity.notInCatalog', { entityRef })}</Text>
      )}
      {!entityRef && <Text>{none}</Text>}
    </WrappingCell>
  );
}

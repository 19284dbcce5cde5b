import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import { understandingReactTranslationRef } from '../translation';

/**
 * Marks an entity that is an example and not real.
 * @public
 */
export function ExampleLabel() {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  return <Badge>{t('example')}</Badge>;
}

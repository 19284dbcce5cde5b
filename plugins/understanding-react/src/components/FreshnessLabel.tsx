import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import { Freshness } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingReactTranslationRef } from '../translation';

/**
 * How fresh evidence is, in a word.
 * @public
 */
export function FreshnessLabel(props: { freshness: Freshness }) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  return <Badge>{t(`freshness.${props.freshness}`)}</Badge>;
}
